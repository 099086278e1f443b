"""What opens over the panes: a page to read, a choice to make or a question to confirm; each fits 60x20."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen

from vep_tui.core.text import clean, one_line
from vep_tui.store.errors import StoreError
from vep_tui.tui import links
from vep_tui.tui.bars import Bar, key_hint
from vep_tui.tui.bench import Bench
from vep_tui.tui.commands import command
from vep_tui.tui.glyphs import ACCENT
from vep_tui.tui.lines import Lines
from vep_tui.tui.sheet import Sheet

T = TypeVar("T")


class Over(ModalScreen[T]):
    """A titled box with a line of keys at its foot; escape closes it with nothing chosen."""

    CSS_PATH = "over.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Close"),
        Binding(command("go-to").key, "go_to", "Go to", id="go-to"),
    ]

    def __init__(self, bench: Bench, title: str, hint: str = "", remark: str = "") -> None:
        super().__init__()
        self._remark = remark
        self.bench = bench
        self._title = title
        self._hint = hint

    def compose(self) -> ComposeResult:
        """Body and keys; the title stands in the frame."""
        with Vertical(id="box"):
            yield from self.body()
            yield Bar(id="over-hint")

    def body(self) -> ComposeResult:
        """What is between title and keys."""
        yield Lines(id="over-lines")

    def on_mount(self) -> None:
        """Paint the frame."""
        self.paint_title()
        self.set_hint(self._hint)

    def paint_title(self) -> None:
        """Say what this is, in a frame of the signs in use."""
        glyphs = self.bench.glyphs
        self.set_class(glyphs.ascii, "-ascii")
        box = self.query_one("#box")
        box.border_title = Content(glyphs(one_line(self._title)))
        box.border_subtitle = Content(glyphs(clean(self._remark)))

    def set_hint(self, hint: str) -> None:
        """Show which keys work here: "space tick  esc close"."""
        self.query_one("#over-hint", Bar).set(lambda width: key_hint(hint, width))

    def keep(self) -> bool:
        """Keep what was typed; False, and said why, when it cannot be kept. Most take no text."""
        return True

    def keep_draft(self, key: str, text: str) -> bool:
        """Keep a text on the desk; a disk that is full is no reason to lose it from the screen as well."""
        try:
            self.bench.desk.save_draft(key, text)
        except StoreError as trouble:
            self.notify(f"Not kept as a draft: {trouble}", severity="warning", markup=False)
            return False
        return True

    def action_close(self) -> None:
        """Close with nothing chosen."""
        self.dismiss(None)

    def action_go_to(self) -> None:
        """Show what may follow the key: the ends of what is read here."""
        from vep_tui.tui.screens.go_to import WITHIN, GoTo

        self.app.push_screen(GoTo(self, WITHIN))


class Reading(Over[T]):
    """A page to read; subclasses write it."""

    @property
    def lines(self) -> Lines:
        """The pane with the text."""
        return self.query_one("#over-lines", Lines)

    def write(self, sheet: Sheet) -> None:
        """Put the page's text on the sheet."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Paint frame and page."""
        super().on_mount()
        self.lines.focus()
        self.call_after_refresh(self.repaint)

    def repaint(self, *, top: int | None = 0) -> None:
        """Write the page for the width of the moment."""
        drawn = self.query("#over-lines").results(Lines)
        lines = next(drawn, None)  # None when the program is being left: the widgets go before their screen
        if lines is None or not self.is_attached or lines.room < 8:
            return
        site = self.bench.site
        hyperlink = partial(links.hyperlink, base=site, site=site)
        sheet = Sheet(lines.ink(), lines.room, self.bench.glyphs, hyperlink=hyperlink)
        self.write(sheet)
        page = sheet.page()
        lines.styles.height = min(max(len(page.lines), 1), max(3, self.size.height * 9 // 10 - 4))
        lines.show(page, top=top)

    def on_lines_visit(self, message: Lines.Visit) -> None:
        """A link was clicked or followed."""
        message.stop()
        self.visit(message.href)

    def visit(self, href: str) -> None:
        """Open an address as the main screen does: with its host shown first where it leads elsewhere."""
        from vep_tui.tui.screens.linking import Linking

        for screen in self.app.screen_stack:
            if isinstance(screen, Linking):
                screen.visit(href, self.bench.site)

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self.call_after_refresh(self.repaint, top=None)


class Choice(Reading[str]):
    """One of a few things, each under its own key; dismissed with the name of what was chosen."""

    def __init__(self, bench: Bench, title: str, options: Sequence[tuple[str, str, str]], text: str = "") -> None:
        ways_out = (label for key, _, label in options if key == "esc")
        super().__init__(bench, title, f"esc:{next(ways_out, 'close')}")
        self._options = tuple(option for option in options if option[0] != "esc")
        """(key, name, label); what escape means stands at the foot, where it is looked for."""
        self._text = text

    def write(self, sheet: Sheet) -> None:
        """The text and the options."""
        if self._text:
            for line in clean(self._text).split("\n"):
                sheet.write(Content(line))
            sheet.put(Content(""))
        for key, _, label in self._options:
            sheet.write(Content(clean(label)), first=Content.styled(f" {key:<3} ", f"bold {ACCENT}"))

    def on_key(self, event: Key) -> None:
        """Choose what lies under a key, if anything does."""
        for option, name, _ in self._options:
            if option in (event.key, event.character):
                event.stop()
                self.dismiss(name)
                return
