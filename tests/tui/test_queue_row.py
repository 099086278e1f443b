"""A row of the queue fills its cells exactly, whatever script its words are in, so that columns line up."""

from __future__ import annotations

import pytest
from at_work import Start
from small_desk import NOW, SmallDesk, process, reason, rows
from textual.content import Content

from vep_tui.tui.glyphs import Glyphs
from vep_tui.tui.look import Look
from vep_tui.tui.queue_row import PEOPLE_WAIT, columns, head, paint

TITLES = (
    "ディスクの複製ディスクの複製ディスクの複製ディスクの複製",
    "한국어 제목",
    "e\u0301te\u0301 combining",
    "خدمة الأقراص",
    "שם ארוך",
    "ไทยพร้อมสระ",
    "rocket 🚀 and a mark ✔️",
    "family 👨‍👩‍👧 of four",
    "zero\u200bwidth \u202etricks",
    "tab\tand\nline",
)


@pytest.mark.parametrize("width", [30, 60, 100])
@pytest.mark.parametrize("two_lines", [True, False])
@pytest.mark.parametrize("title", TITLES)
def test_columns_begin_in_the_same_cell(title: str, two_lines: bool, width: int) -> None:
    def line(words: str) -> Content:
        row = rows()[0]._replace(title=words, reasons=(reason("question", words, 3),))
        return paint(row, width, NOW, Look(Glyphs()), two_lines=two_lines)[0]

    look = Look(Glyphs())
    behind = sum(cells for name, cells in columns(width, look.columns, two_lines=two_lines).others if name != "why")
    assert behind and line(title).plain[-behind:] == line("plain").plain[-behind:]
    assert line(title).cell_length == head(width, look, two_lines=two_lines).cell_length


def test_a_tail_is_cut_where_a_wide_letter_ends() -> None:
    line = paint(rows()[0]._replace(title="漢" * 60), 40, NOW, Look(Glyphs()), two_lines=True)[0]
    assert "…" in line.plain
    assert line.cell_length == Content(line.plain).cell_length == 40


def odd_rows() -> SmallDesk:
    title = "tab\there\nand there"
    odd = tuple(row._replace(title=title, reasons=(reason("question", title, 3),)) for row in rows()[:4])
    return SmallDesk(all_rows=odd)


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20)])
@pytest.mark.parametrize("key", ["w", "C", "t", "enter"])
async def test_no_tab_reaches_the_terminal_which_would_go_on_elsewhere(
    start: Start, size: tuple[int, int], key: str
) -> None:
    async with start(size, desk=odd_rows()) as bench:
        await bench.press(key)
        await bench.shows("tab here and there" if key == "C" else "tab ")
        assert "\t" not in bench.text
        assert len(bench.text.split("\n")) == size[1]


@pytest.mark.parametrize("width", range(30, 70))
@pytest.mark.parametrize("title", ["漢字" * 40, "two words " * 20])
def test_what_is_cut_goes_on_without_a_gap(title: str, width: int) -> None:
    row = rows()[0]._replace(title=title, reasons=(reason("question", title, 3),))
    for line in paint(row, width, NOW, Look(Glyphs()), two_lines=True):
        assert " …" not in line.plain


@pytest.mark.parametrize(("done", "total", "words"), [(3, 5, "●●●○○"), (7, 8, "7/8"), (10, 12, "10/12"), (0, 0, "–")])
def test_a_checklist_of_many_items_is_counted_rather_than_cut(done: int, total: int, words: str) -> None:
    row = rows()[0]._replace(checklist_done=done, checklist_total=total)
    line = paint(row, 100, NOW, Look(Glyphs()), two_lines=True)[0]
    assert line.plain.split()[-2] == words


def test_what_is_red_are_reasons_there_are() -> None:
    assert set(process().weights) >= PEOPLE_WAIT
