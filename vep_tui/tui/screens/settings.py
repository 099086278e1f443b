"""The settings, each with its value, who says so and what it means; a change is written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from vep_tui.core.text import clean
from vep_tui.tui.bars import Bar, title_line
from vep_tui.tui.bench import Bench
from vep_tui.tui.commands import Scope, of
from vep_tui.tui.glyphs import ACCENT, CAREFUL, DIM, Glyphs
from vep_tui.tui.preferences import THEME, Preference, PreferenceError, PreferencesChanged, said
from vep_tui.tui.screens.over import Over
from vep_tui.tui.settings_list import SettingsList

if TYPE_CHECKING:
    from vep_tui.tui.preferences import Preferences

_AROUND = 11
"""Lines of the box beside the list: frame, titles, what is said about a setting, keys."""


class Settings(Over[None]):
    """A list of all settings; below it what the selected one means, and what came of a change."""

    def __init__(self, bench: Bench, preferences: Preferences) -> None:
        hint = "  ".join(f"{bench.key(c.name)}:{c.label.lower()}" for c in of(Scope.SETTINGS))
        super().__init__(bench, "Settings", f"{hint}  esc:close", remark=preferences.where)
        self._preferences = preferences
        self._rows: tuple[Preference, ...] = ()
        self._outcome = Content("")
        """What came of the last change, or why there was none."""

    def body(self) -> ComposeResult:
        """The list, and what there is to say about the selected setting."""
        yield SettingsList(self.bench.glyphs, id="settings")
        yield Bar(id="about-title")
        yield Static(id="about", markup=False)

    @property
    def list(self) -> SettingsList:
        """The list."""
        return self.query_one("#settings", SettingsList)

    def on_mount(self) -> None:
        """Read the settings and begin in the list."""
        super().on_mount()
        self.reread()
        self.list.focus()

    def reread(self) -> None:
        """Show the settings as they are now; those known before when they cannot be read."""
        try:
            self._rows = self._preferences.rows()
        except PreferenceError as trouble:
            self._complain(str(trouble))
        self._lay_out()
        self.list.set_rows(self._rows, self.bench.glyphs)
        self.tell()

    def on_resize(self) -> None:
        """Share the height out anew."""
        self._lay_out()

    def _lay_out(self) -> None:
        """As many settings as fit above what is said about one; the rest scrolls."""
        room = self.size.height * 9 // 10 - _AROUND
        self.list.styles.height = max(1, min(len(self._rows), room))

    @on(SettingsList.Moved)
    def _moved(self) -> None:
        self._outcome = Content("")
        self.tell()

    def tell(self) -> None:
        """Say what the selected setting means, and what came of a change."""
        glyphs, row = self.bench.glyphs, self.list.row
        self.paint_title()
        name, source = (row.name, f"from {row.source}" if row.source != "default" else "") if row else ("", "")
        self.query_one("#about-title", Bar).set(
            lambda width: title_line(name, source, focused=False, width=width, glyphs=glyphs)
        )
        lines = [Content(clean(row.meaning)), self._outcome or self._when(row)] if row else [self._outcome]
        self.query_one("#about", Static).update(Content("\n").join(lines))

    def _when(self, row: Preference) -> Content:
        """The default, what stands in for an empty value, and when a change counts."""
        header = self.bench.desk.header()
        found = {"me.login": header.me or "", "me.sigs": ", ".join(header.my_sigs)}.get(row.name, "")
        words = [
            f"Default: {said(row.default) or 'empty'}.",
            f"Found: {clean(found)}." if found and not row.value else "",
        ]
        if row.overruled:
            words.append(f"A change counts once {row.source} is gone.")
        else:
            words.append("A change shows at once." if row.at_once else "A change counts from the next start on.")
        return Content.styled(" ".join(word for word in words if word), DIM)

    # ---------------------------------------------------------------- changing

    @on(SettingsList.Opened)
    def action_change(self) -> None:
        """Turn yes into no, go on to the next choice, or ask for a value."""
        row = self.list.row
        if row is None:
            return
        if row.name == THEME:
            self._choose_theme(row)
        elif isinstance(row.value, bool):
            self._keep(row.name, said(not row.value))
        elif row.choices and isinstance(row.value, str):
            at = row.choices.index(row.value) if row.value in row.choices else -1
            self._keep(row.name, row.choices[(at + 1) % len(row.choices)])
        else:
            self._ask(row)

    def _ask(self, row: Preference) -> None:
        from vep_tui.tui.screens.acts_ask import Ask

        several = " Write several with commas between." if isinstance(row.value, tuple) else ""
        ask = Ask(
            self.bench,
            row.name,
            row.meaning + several,
            text=said(row.value),
            hint="enter:keep  esc:leave as it is",
            wrong=lambda line: self._change(row.name, line),
        )
        self.app.push_screen(ask)

    def _choose_theme(self, row: Preference) -> None:
        from vep_tui.tui.screens.theme_choice import ThemeChoice

        def chosen(theme: str | None) -> None:
            if theme is not None:
                self._keep(row.name, theme)

        self.app.push_screen(ThemeChoice(self.bench), chosen)

    def action_reset(self) -> None:
        """Let the default be in force again."""
        row = self.list.row
        if row is None:
            return
        try:
            self._preferences.reset(row.name)
        except PreferenceError as trouble:
            self._complain(str(trouble))
            self.tell()
        else:
            self._changed(row.name)

    def _keep(self, name: str, text: str) -> None:
        if slip := self._change(name, text):
            self._complain(slip)
            self.tell()

    def _change(self, name: str, text: str) -> str:
        """Keep a value; returns what is wrong with it, or nothing."""
        try:
            self._preferences.change(name, text)
        except PreferenceError as trouble:
            return str(trouble)
        self._changed(name)
        return ""

    def _changed(self, name: str) -> None:
        self._outcome = Content("")
        self.reread()
        values = {row.name: row.value for row in self._rows}
        self.bench = self.bench._replace(look=self.bench.look._replace(glyphs=Glyphs(values["ui.ascii"] is True)))
        self.paint_title()
        row = next(row for row in self._rows if row.name == name)
        words = f"{name} is {said(row.value) or 'empty'}{'' if row.at_once else ' from the next start on'}."
        if row.overruled:
            words = f"Written; {row.source} says otherwise, and comes first."
        self._outcome = Content.styled(clean(words), ACCENT)
        self.post_message(PreferencesChanged(name, values))
        self.list.set_rows(self._rows, self.bench.glyphs)
        self.tell()

    def _complain(self, trouble: str) -> None:
        self._outcome = Content.styled(f"! {clean(trouble)}", CAREFUL)
