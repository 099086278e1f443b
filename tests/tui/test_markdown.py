"""Markdown on the sheet: exact width, nothing lost, nothing harmful, bounded time."""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from small_desk import DOCUMENT
from textual.style import Style

from vep_tui.tui.glyphs import Glyphs
from vep_tui.tui.ink import Ink
from vep_tui.tui.lines import anchor
from vep_tui.tui.markdown import LIMIT, share, write_markdown
from vep_tui.tui.sheet import Cancelled, Page, Sheet

HARMFUL = set("\x1b\x07\x9b\u202e\u200b\x00")


def painted(source: str, width: int = 60, *, ascii_only: bool = False) -> Page:
    sheet = Sheet(Ink({}, Style()), width, Glyphs(ascii_only))
    write_markdown(sheet, source)
    return sheet.page()


def cells(line: Iterable[Segment]) -> int:
    return Segment.get_line_length(list(line))


def text(source: str, width: int = 60) -> str:
    return "\n".join(painted(source, width).plain)


@pytest.mark.parametrize("width", [20, 37, 60, 88, 200])
def test_every_line_is_exactly_as_wide_as_the_pane(width: int) -> None:
    assert {cells(line) for line in painted(DOCUMENT, width).lines} == {width}


def test_the_words_of_a_document_are_all_there() -> None:
    shown = text(DOCUMENT)
    for words in (
        "VEP #190",
        "sidecar",
        "☑ Feature gate",
        "☐ End to end",
        "Only trusted",
        "1. First",
        "return p.next(d)",
    ):
        assert words in shown
    assert "guidance that nobody should see" not in shown


def test_entities_hide_no_control_characters() -> None:
    assert not HARMFUL & set(text("a &#x202e;b &#x200b;c \x1b[31m `\x9b` ![\x07](x)\n\n```\n\x1b]0;t\x07\n```\n"))


TABLE = """| Key | Needed | Default | Meaning |
|---|---|---|---|
| `a.very.long.key` | no | 0.5 | how long to wait before the next window is opened, in seconds, at most |
| `b` | yes | 1 | what |
"""


def test_words_of_a_table_stay_whole_while_there_is_room_and_rows_are_told_apart() -> None:
    lines = text(TABLE, 60).split("\n")
    assert any("a.very.long.key" in line for line in lines)
    assert sum("┼" in line for line in lines) == 2
    assert sum("┼" in line for line in text(TABLE, 140).split("\n")) == 1


def test_a_table_whose_words_would_be_broken_is_written_row_by_row() -> None:
    wide = "| Key | Checklist | |\n|---|---|---|\n| one | " + "0123456789 " * 3 + "| x |\n| two | | enhancement |\n"
    assert "│" in text(wide, 40)
    shown = [line.rstrip() for line in text(wide, 24).split("\n")]
    assert shown == [
        *("Key: one", "  Checklist: 0123456789", "  0123456789 0123456789", "  x"),
        *("", "Key: two", "  enhancement"),
    ]
    assert text("| unbreakable | unbreakable |\n|---|---|\n", 16).split() == ["unbreakable", "unbreakable"]


@pytest.mark.parametrize(
    ("natural", "least", "room", "widths"),
    [
        ([5, 5], [3, 3], 20, [5, 5]),
        ([5, 80], [5, 8], 40, [5, 35]),
        ([30, 30, 300], [10, 4, 12], 66, [12, 7, 47]),
        ([20, 0], [4, 0], 9, [8, 1]),
    ],
)
def test_columns_share_the_room(natural: list[int], least: list[int], room: int, widths: list[int]) -> None:
    assert share(natural, least, room) == widths


def test_a_new_line_is_one_in_comments_only() -> None:
    sheet = Sheet(Ink({}, Style()), 40, Glyphs())
    write_markdown(sheet, "one\ntwo", breaks=True)
    assert sheet.page().plain == ("one", "two")
    assert text("one\ntwo") == "one two"


def test_headings_have_the_anchors_of_github() -> None:
    assert anchor("API & feature `gate` (v1.9)") == "api--feature-gate-v19"
    page = painted("# A heading that is so long that it takes more than one line of the page\n", 30)
    assert page.headings[0][1].endswith("line of the page")


def test_links_know_where_they_lead() -> None:
    page = painted("see [docs](https://a.example/x) and https://b.example/y\n\n![p](img.png)")
    assert [p.href for p in page.places] == ["https://a.example/x", "https://b.example/y", "img.png"]


def test_headings_are_where_they_are_said_to_be() -> None:
    page = painted("# One\n\ntext\n\n## Two\n")
    for _, title, line in page.headings:
        assert title in page.plain[line]


def test_a_table_fits_and_keeps_its_cells() -> None:
    shown = text("| a | b |\n|---|---|\n| one | " + "word " * 30 + "|\n", 40)
    assert "one" in shown
    assert shown.count("word") == 30


def test_front_matter_is_no_heading() -> None:
    page = painted("---\ntitle: x\n---\n# Real\n")
    assert [h[1] for h in page.headings] == ["Real"]


def test_nobody_waits_for_a_cancelled_page() -> None:
    sheet = Sheet(Ink({}, Style()), 60, Glyphs(), cancelled=lambda: True)
    with pytest.raises(Cancelled):
        write_markdown(sheet, "a\n\nb\n")


def test_a_long_document_takes_little_memory() -> None:
    source = "some words of a paragraph\n\n" * 2_000
    painted(source[:200])
    tracemalloc.start()
    try:
        page = painted(source)
        gc.collect()  # the tree of the source is done with
        taken = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert len(page.lines) > 3_900
    assert taken / len(page.lines) < 500  # bytes; finished strips of Textual take three times as many


def test_what_is_too_long_is_shown_as_written() -> None:
    assert "too long" in text("*a* \n" * (LIMIT // 4), 200)[:200]


def test_ascii_mode_has_no_glyphs() -> None:
    page = painted("# A\n\n- [x] b\n- c\n\n> q\n\n---\n\n|a|b|\n|-|-|\n|1|2|\n", ascii_only=True)
    assert "\n".join(page.plain).isascii()


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.sampled_from("ab *_`#>-[]()!|\n\t~1.<&;x\x1b\u202e漢"), max_size=300), st.integers(12, 90))
def test_any_text_is_laid_out_exactly(source: str, width: int) -> None:
    page = painted(source, width)
    assert all(cells(line) == width for line in page.lines)
    assert not HARMFUL & set("".join(page.plain))


def test_hostile_nesting_ends_soon() -> None:
    began = time.monotonic()
    for source in ("> " * 2000 + "a", "- " * 2000 + "a", "[" * 4000, "*" * 4000 + "a", "|" * 4000):
        painted(source)
    assert time.monotonic() - began < 20


SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@pytest.mark.skipif(not SHARED.exists(), reason="the data folder is not here")
def test_real_documents_are_laid_out_exactly() -> None:
    paths = sorted(SHARED.rglob("vep.md"))[:12]
    for path in paths:
        page = painted(path.read_text(encoding="utf-8", errors="replace"), 80)
        assert all(cells(line) == 80 for line in page.lines), path


@pytest.mark.parametrize("width", [20, 24, 40])
def test_a_box_stays_beside_a_word_that_is_longer_than_the_line(width: int) -> None:
    lines = painted(f"- [ ] https://example.com/{'long/' * 12}\n- [x] done\n- [ ]\n", width).plain
    assert lines[0].startswith("☐ https://")
    assert "☑ done" in {line.rstrip() for line in lines}
    assert lines[-1].rstrip() == "• [ ]"
