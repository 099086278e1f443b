"""What the keys do in the pane that has the focus, from the command table; it describes and does nothing."""

from __future__ import annotations

from textual.content import Content

from vep_tui.tui.bench import Bench
from vep_tui.tui.commands import Scope, key_lines, of
from vep_tui.tui.glyphs import ACCENT, CAREFUL, DIM
from vep_tui.tui.screens.over import Reading
from vep_tui.tui.sheet import Sheet

_LEGEND = (
    ("•", "something is new since you marked the row as seen"),
    ("*", "the row is marked: {select} marks, {escape} unmarks all"),
    ("↑", "a tick or comment of yours waits to be sent"),
    ("×", "a tick or comment of yours is held: {outbox} says why"),
    ("●○", "done and open items of the checklist"),
    ("+2", "two more reasons: {why} names them"),
    ("✓ ✗ ?", "what GitHub shows: met, not met, unknown"),
)


class Help(Reading[None]):
    """The keys of one pane, then those that work everywhere."""

    def __init__(self, bench: Bench, scope: Scope) -> None:
        super().__init__(bench, "Help", "esc:close  ctrl+p:commands by name")
        self._scope = scope

    def write(self, sheet: Sheet) -> None:
        """All keys and what the signs mean."""
        titles = [(self._scope, f"In the {self._scope.value}"), (Scope.ANYWHERE, "Anywhere"), (Scope.MOVE, "Moving")]
        titles.append((Scope.GO, "Going somewhere, by two keys"))
        for scope, title in titles:
            sheet.title(title)
            for _, keys, help_ in key_lines(of(scope), self.bench.keys):
                lead = Content.styled(f"{sheet.glyphs(' '.join(keys)):<13} ", f"bold {ACCENT}")
                sheet.write(Content(sheet.glyphs(help_)), first=lead)
        sheet.title("Signs")
        named = {name: self.bench.key(name) for name in ("select", "escape", "outbox", "why")}
        for sign, meaning in _LEGEND:
            words = meaning.format_map(named)
            sheet.write(Content(words), first=Content.styled(f"{sheet.glyphs(sign):<13} ", CAREFUL))
        sheet.title("Filter")
        for example, meaning in (
            ("sig:compute", "the owning SIG; -sig:storage leaves one out"),
            ("needs:lgtm", "what is missing: lgtm, approve, docs ..."),
            ("release:1.10", "the target release"),
            ("checklist:open", "open items; is:stale, is:held, updated:<7d"),
            ("vsock", "words of the title; 190 finds the number"),
        ):
            sheet.write(Content(meaning), first=Content.styled(f"{example:<15} ", ACCENT))
        sheet.put(Content(""))
        sheet.write(Content.styled("Names for [keys] in config.toml: vep-tui --keys", DIM))
