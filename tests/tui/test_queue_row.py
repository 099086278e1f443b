"""A row of the queue fills its cells exactly, whatever script its words are in, so that columns line up."""

from __future__ import annotations

import pytest
from small_desk import NOW, reason, rows
from textual.content import Content

from vep_tui.tui.glyphs import Glyphs
from vep_tui.tui.look import Look
from vep_tui.tui.queue_row import columns, head, paint

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
