"""The sheet: parts in a row break between each other, and no line begins or ends with what stands between them."""

from __future__ import annotations

import pytest
from textual.content import Content
from textual.style import Style

from vep_tui.tui.glyphs import Glyphs, tied
from vep_tui.tui.ink import Ink
from vep_tui.tui.sheet import Sheet


def written(text: str, width: int, *, ascii_only: bool = False) -> list[str]:
    glyphs = Glyphs(ascii_only)
    sheet = Sheet(Ink({}, Style()), width, glyphs)
    sheet.write(Content(text.replace(" + ", glyphs.dot)))
    return [line.rstrip() for line in sheet.page().plain]


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (60, ["sig-compute · ga at v1.9 · gate VMPersistentTPM · owner mara"]),
        (50, ["sig-compute · ga at v1.9 · gate VMPersistentTPM", "owner mara"]),
        (24, ["sig-compute · ga at v1.9", "gate VMPersistentTPM", "owner mara"]),
        (12, ["sig-compute", "ga at v1.9", "gate", "VMPersistent", "TPM · owner", "mara"]),
    ],
)
def test_no_line_ends_or_begins_with_a_dot(width: int, lines: list[str]) -> None:
    text = "sig-compute + ga at v1.9 + gate VMPersistentTPM + owner mara"
    assert written(text, width) == lines
    assert written(text, width, ascii_only=True) == [line.replace("·", "-") for line in lines]


def test_what_is_tied_stays_on_one_line() -> None:
    assert written("ready: Bugs tracked + " + tied("6 days ago"), 26) == ["ready: Bugs tracked", "6 days ago"]


@pytest.mark.parametrize("text", ["one ·", "· one"])
def test_a_dot_of_somebody_is_left_as_it_is(text: str) -> None:
    assert written(text, 12) == [text]


def test_nothing_is_cut_where_later_lines_are_indented_further() -> None:
    sheet = Sheet(Ink({}, Style()), 20, Glyphs())
    words = " ".join(f"word{number}" for number in range(30))
    sheet.write(Content(words), first=Content("- "), rest=Content("      "))
    assert " ".join(line.strip("- ") for line in sheet.page().plain) == words
