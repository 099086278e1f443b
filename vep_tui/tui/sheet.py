"""A page of styled lines under construction, exact to the cell: what every tab of the detail is written on.

It knows widths, indents and links; it does not know what is written, and may be used in any thread.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.content import Content
from textual.style import Style

from vep_tui.core.text import clean
from vep_tui.tui.glyphs import DIM, EMPTY, TIE, TITLE, Glyphs

if TYPE_CHECKING:
    from vep_tui.tui.ink import Ink


def said(text: str, style: str = "") -> Content:
    """Text from GitHub as something that may be shown: cleaned, and never markup."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


_CJK = "\u2e80-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003fffd"
"""Kana, ideographs and their punctuation; Korean is not among them, as it has spaces between its words."""
_OPENING = "「『（［｛〈《【〔"
_STAYING = "、。，．：；？！・」』）］｝〉》】〕々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ\u3099\u309a\ufe00-\ufe0f"
"""What no line begins with."""
_BREAK = re.compile(rf"(?<=\S)(?<![{_OPENING}])(?:(?<=[{_CJK}])(?=\S)|(?=[{_CJK}]))(?![{_STAYING}])")
_SEAM = "\x1f"
"""A space without a width; text has none, as `clean` takes it away."""


def wrap(text: Content, width: int) -> list[Content]:
    """The lines of a text, broken between words and between the signs of Chinese and Japanese, which has no words."""
    plain = text.plain
    seams = [] if plain.isascii() else [found.start() for found in _BREAK.finditer(plain)]
    if not seams:
        return text.wrap(width)
    lines = Content(_SEAM).join(text.divide(seams)).wrap(width)
    return [EMPTY.join(line.split(_SEAM)) for line in lines]


def longest_word(text: str) -> int:
    """Cells of the longest piece that `wrap` breaks only where it does not fit into a line."""
    return max((Content(word).cell_length for part in text.split() for word in _BREAK.split(part)), default=1)


class Cancelled(Exception):  # noqa: N818 - it is an outcome, not a fault
    """Nobody waits for this page any more."""


@dataclass(frozen=True, slots=True)
class Place:
    """A link on a page: where it lies and where it leads."""

    line: int
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page: lines of exactly `width` cells, as segments (a `Strip` takes ten times the memory)."""

    lines: tuple[tuple[Segment, ...], ...]
    plain: tuple[str, ...]
    places: tuple[Place, ...]
    headings: tuple[tuple[int, str, int], ...]
    """(level, text, line)."""
    width: int
    begin: int
    """The line to begin reading at."""


class Sheet:
    """Collects lines; wraps, indents and fills them."""

    def __init__(
        self,
        ink: Ink,
        width: int,
        glyphs: Glyphs,
        *,
        cancelled: Callable[[], bool] = lambda: False,
        hyperlink: Callable[[str], str] = lambda _: "",
    ) -> None:
        """`hyperlink` gives the address that the terminal itself may open for a link, or ""."""
        self.ink = ink
        self.width = max(width, 12)
        self.glyphs = glyphs
        self._cancelled = cancelled
        self._hyperlink = hyperlink
        self._lines: list[tuple[Segment, ...]] = []
        self._plain: list[str] = []
        self._places: list[Place] = []
        self._headings: list[tuple[int, str, int]] = []

    @property
    def line(self) -> int:
        """The number of the line that comes next."""
        return len(self._lines)

    def check(self) -> None:
        """Stop here when nobody waits any more: raises `Cancelled`."""
        if self._cancelled():
            raise Cancelled

    def link(self, href: str) -> Style:
        """A style that makes its text lead to `href`."""
        number = len(self._places)
        self._places.append(Place(len(self._lines), href))
        style = self.ink("underline $text-accent") + Style.from_meta({"@click": f"visit({number})", "place": number})
        address = self._hyperlink(href)
        return style + Style(link=address) if address else style

    def linked(self, text: str, href: str) -> Content:
        """Text from GitHub that leads to `href`; plain text when there is no address."""
        return Content.styled(clean(text), self.link(href)) if href else said(text)

    def put(self, text: Content, fill: str = "") -> None:
        """Add one line that fits already; what does not is cut."""
        base = self.ink.base + self.ink(fill) if fill else self.ink.base
        if "\t" in text.plain:
            text = text.expand_tabs()
        if text.cell_length > self.width:
            text = text.truncate(self.width)
        segments = [Segment(part, style.rich_style) for part, style in text.render(base, end="", parse_style=self.ink)]
        if (gap := self.width - text.cell_length) > 0:
            segments.append(Segment(" " * gap, base.rich_style))
        self._lines.append(tuple(segments))
        self._plain.append(text.plain)

    def write(self, text: Content, *, first: Content = EMPTY, rest: Content | None = None, fill: str = "") -> None:
        """Add a paragraph, wrapped; `first` leads its first line and `rest` (blank by default) the others."""
        rest = Content(" " * first.cell_length) if rest is None else rest
        room = max(8, self.width - max(first.cell_length, rest.cell_length))
        for at, part in enumerate(wrap(text, room)):
            self.put((rest if at else first) + self.untied(part.rstrip()), fill)

    def untied(self, line: Content) -> Content:
        """A line without a dot that no part stands before, and with plain spaces."""
        if TIE not in line.plain:
            return line
        if line.plain.startswith(dot := self.glyphs.dot.lstrip()):
            line = line[len(dot) :]
        return Content(line.plain.replace(TIE, " "), list(line.spans))

    def blank(self) -> None:
        """Add an empty line unless there is one, or nothing, above."""
        if self._plain and self._plain[-1].strip():
            self.put(EMPTY)

    def title(self, text: str, remark: str = "") -> None:
        """Begin a section: a heading of ours, with a remark in grey."""
        self.blank()
        self._headings.append((1, text, len(self._lines)))
        self.write(Content.assemble((text, TITLE), (f"  {remark}" if remark else "", DIM)))

    def heading(self, level: int, text: str) -> None:
        """Note that a heading stands on the next line."""
        self._headings.append((level, text, len(self._lines)))

    def fact(self, label: str, value: Content, *, wide: int = 10) -> None:
        """Add a labelled line: the label in grey, the value hanging beside it."""
        self.write(value, first=Content.styled(label.ljust(wide) + " ", DIM))

    def page(self, *, begin: int = 0) -> Page:
        """What has been written so far, to be read from this line."""
        lines, plain = tuple(self._lines), tuple(self._plain)
        return Page(lines, plain, tuple(self._places), tuple(self._headings), self.width, begin)
