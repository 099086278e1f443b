"""A pane of finished lines that scrolls, can be selected from and tells which link was chosen; it writes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote

from rich.style import Style as RichStyle
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from vep_tui.tui.bindings import bindings
from vep_tui.tui.commands import Scope
from vep_tui.tui.ink import Ink

if TYPE_CHECKING:
    from vep_tui.tui.sheet import Page


_NO_ANCHOR = re.compile(r"[^\w\- ]")


def anchor(heading: str) -> str:
    """The name under which GitHub links to a heading."""
    return _NO_ANCHOR.sub("", heading.strip().casefold()).replace(" ", "-")


class Lines(ScrollView, can_focus=True):
    """Shows a `Page`; moving scrolls, links can be clicked or chosen with the keys."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.MOVE)
    auto_links = False  # links have our colours already

    @dataclass
    class Visit(Message):
        """A link was chosen."""

        href: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.page: Page | None = None
        self.chosen: int | None = None
        """Index of the link that the keys have selected."""

    @property
    def room(self) -> int:
        """Cells in a line."""
        return self.scrollable_content_region.width

    def ink(self) -> Ink:
        """The colours of this pane in the theme of the moment."""
        return Ink(self.app.theme_variables, self.visual_style)

    def show(self, page: Page | None, *, top: int | None = 0) -> None:
        """Replace what is shown and scroll to line `top`; None leaves scroll and selected link where they are."""
        self.chosen = self._same_link(page) if top is None else None
        self.page = page
        self.virtual_size = Size(page.width, len(page.lines)) if page else Size(0, 0)
        if top is not None:
            self.scroll_to(0, top, animate=False, immediate=True, force=True)
        self.refresh()

    def _same_link(self, page: Page | None) -> int | None:
        """Where the selected link is on the page that comes next; it may stand there several times."""
        if self.chosen is None or self.page is None or page is None:
            return None
        hrefs = [place.href for place in self.page.places[: self.chosen + 1]]
        same = [n for n, place in enumerate(page.places) if place.href == hrefs[-1]]
        return same[min(hrefs.count(hrefs[-1]), len(same)) - 1] if same else None

    def render_line(self, y: int) -> Strip:
        """One line of the page, padded or cropped to the pane."""
        width, at = self.room, y + round(self.scroll_offset.y)
        style = self.rich_style
        if self.page is None or at >= len(self.page.lines):
            return Strip.blank(width, style)
        line = Strip(self.page.lines[at], self.page.width)
        strip = self.decorate(line, at).crop_extend(0, width, style)
        if (selection := self.text_selection) is not None:
            strip = self._paint(strip, selection, at)
        return strip.apply_offsets(0, at)

    def decorate(self, strip: Strip, at: int) -> Strip:
        """Mark the chosen link."""
        if self.chosen is None or self.page is None or self.page.places[self.chosen].line > at:
            return strip
        reverse = RichStyle(reverse=True)
        segments = [
            s._replace(style=s.style + reverse) if s.style and s.style.meta.get("place") == self.chosen else s
            for s in strip
        ]
        return Strip(segments, strip.cell_length)

    def _paint(self, strip: Strip, selection: Selection, at: int) -> Strip:
        span = selection.get_span(at)
        if span is None:
            return strip
        start, end = span
        end = strip.cell_length if end == -1 else min(end, strip.cell_length)
        if start >= end:
            return strip
        before, marked, after = strip.crop(0, start), strip.crop(start, end), strip.crop(end)
        return Strip.join((before, marked.apply_style(RichStyle(reverse=True)), after))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text as it is shown."""
        return (selection.extract("\n".join(self.page.plain)), "\n") if self.page else None

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Show the selection as it grows."""
        self.refresh()

    def choose(self, step: int) -> None:
        """Select the next (1) or previous (-1) link; the first one that is in sight when none is selected."""
        if self.page is None or not self.page.places:
            return
        places = self.page.places
        if self.chosen is None:
            top = round(self.scroll_offset.y)
            seen = [n for n, place in enumerate(places) if place.line >= top]
            self.chosen = (seen or [0])[0] if step > 0 else (seen[0] - 1) % len(places) if seen else len(places) - 1
        else:
            self.chosen = (self.chosen + step) % len(places)
        self._reveal(places[self.chosen].line)
        self.refresh()

    def _reveal(self, line: int) -> None:
        top, height = round(self.scroll_offset.y), self.scrollable_content_region.height
        if not top <= line < top + height:
            self.scroll_to(y=max(0, line - height // 3), animate=False)

    def action_visit(self, number: int) -> None:
        """Follow a link by its number on the page; one to a heading of this page scrolls there."""
        if self.page is None or not 0 <= number < len(self.page.places):
            return
        href = self.page.places[number].href
        if href.startswith("#"):
            wanted = unquote(href[1:]).casefold()
            line = next((line for _, text, line in self.page.headings if anchor(text) == wanted), None)
            if line is not None:
                self.scroll_to(y=line, animate=False, force=True)
            return
        self.post_message(self.Visit(href))

    def action_down(self) -> None:
        """One line down."""
        self.scroll_relative(y=1, animate=False)

    def action_up(self) -> None:
        """One line up."""
        self.scroll_relative(y=-1, animate=False)

    def action_page_down(self) -> None:
        """One page down."""
        self.scroll_relative(y=max(1, self.size.height - 2), animate=False)

    def action_page_up(self) -> None:
        """One page up."""
        self.scroll_relative(y=-max(1, self.size.height - 2), animate=False)

    def action_first(self) -> None:
        """To the first line."""
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        """To the last line."""
        self.scroll_to(y=self.max_scroll_y, animate=False)
