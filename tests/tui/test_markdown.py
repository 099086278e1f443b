"""Markdown on the sheet: exact width, nothing lost, nothing harmful, bounded time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_desk import DOCUMENT
from textual.style import Style

from vep_tui.tui.glyphs import Glyphs
from vep_tui.tui.ink import Ink
from vep_tui.tui.markdown import LIMIT, write_markdown
from vep_tui.tui.sheet import Cancelled, Page, Sheet

HARMFUL = set("\x1b\x07\x9b\u202e\u200b\x00")


def painted(source: str, width: int = 60, *, ascii_only: bool = False) -> Page:
    sheet = Sheet(Ink({}, Style()), width, Glyphs(ascii_only))
    write_markdown(sheet, source)
    return sheet.page()


def text(source: str, width: int = 60) -> str:
    return "\n".join(painted(source, width).plain)


@pytest.mark.parametrize("width", [20, 37, 60, 88, 200])
def test_every_line_is_exactly_as_wide_as_the_pane(width: int) -> None:
    assert {strip.cell_length for strip in painted(DOCUMENT, width).lines} == {width}


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


def test_what_is_too_long_is_shown_as_written() -> None:
    assert "too long" in text("*a* \n" * (LIMIT // 4), 200)[:200]


def test_ascii_mode_has_no_glyphs() -> None:
    page = painted("# A\n\n- [x] b\n- c\n\n> q\n\n---\n\n|a|b|\n|-|-|\n|1|2|\n", ascii_only=True)
    assert "\n".join(page.plain).isascii()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.sampled_from("ab *_`#>-[]()!|\n\t~1.<&;x\x1b\u202e漢"), max_size=300), st.integers(12, 90))
def test_any_text_is_laid_out_exactly(source: str, width: int) -> None:
    page = painted(source, width)
    assert all(strip.cell_length == width for strip in page.lines)
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
        assert all(strip.cell_length == 80 for strip in page.lines), path
