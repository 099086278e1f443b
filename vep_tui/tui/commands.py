"""What the keys do, said once: the table behind bindings, footer, palette, help, README and `--keys`.

It imports nothing of Textual, so that `vep-tui --keys` answers at once; it performs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from vep_tui.tui.layout import TABS


class Scope(StrEnum):
    """Where a command is at home."""

    ANYWHERE = "anywhere"
    MOVE = "moving"
    QUEUE = "queue"
    DETAIL = "detail"
    CHECKLIST = "checklist"
    OUTBOX = "outbox"
    GO = "go to"
    """Second keys: heard after the key of `go-to`, and then alone."""
    SETTINGS = "settings"


class Command(NamedTuple):
    """One thing a key does; `name` is also the id that `[keys]` in config.toml rebinds."""

    name: str
    key: str
    """Textual's key names, separated by commas."""
    label: str
    help: str
    """One sentence."""
    scope: Scope = Scope.ANYWHERE
    footer: bool = False
    """Shown in the bottom line while its pane has the focus."""
    call: str = ""
    """The action with its arguments, where the name alone does not say it."""

    @property
    def action(self) -> str:
        """The part of the action method's name behind `action_`, with arguments if it takes any."""
        return self.call or self.name.replace("-", "_")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, one by one."""
        return tuple(k.strip() for k in self.key.split(","))


def _to_tab(tab: str, key: str) -> Command:
    label = TABS[tab][0]
    return Command(
        f"go-{tab}", key, label, f"Show the tab “{label}” of the detail.", Scope.GO, call=f"show_tab('{tab}')"
    )


_NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
NUMBERED = len(_NTH)
"""Views that have a key."""

COMMANDS: tuple[Command, ...] = (
    Command("down", "down,j", "Down", "One line or row down.", Scope.MOVE),
    Command("up", "up,k", "Up", "One line or row up.", Scope.MOVE),
    Command("page-down", "pagedown,ctrl+d", "Page down", "One page down.", Scope.MOVE),
    Command("page-up", "pageup,ctrl+u", "Page up", "One page up.", Scope.MOVE),
    Command("first", "home", "First", "To the first line or row.", Scope.MOVE),
    Command("last", "end,G", "Last", "To the last line or row.", Scope.MOVE),
    Command("open", "enter,right,l", "Open", "Go into the selected row: on to its detail.", Scope.QUEUE, True),
    Command("select", "x", "Mark", "Mark the row, or unmark it: marked rows are acted on together.", Scope.QUEUE),
    Command("select-all", "X", "Mark all", "Mark all rows that are loaded, or none.", Scope.QUEUE),
    Command("back", "left,h", "Back", "Back to the queue.", Scope.DETAIL),
    Command("next-link", "n", "Next link", "Select the next link of the page.", Scope.DETAIL, True),
    Command("previous-link", "N", "Link before", "Select the link before.", Scope.DETAIL),
    Command("follow", "enter", "Follow", "Open the selected link in the browser.", Scope.DETAIL),
    Command("fold", "f", "Fold bots", "Show or fold what bots wrote in the conversation.", Scope.DETAIL, True),
    Command(
        "tick",
        "space",
        "Tick",
        "Put your tick on the item, or take yours back; it is kept at once and sent later.",
        Scope.CHECKLIST,
        True,
    ),
    Command("not-applicable", "minus", "N/A", "Mark the item as one that does not apply.", Scope.CHECKLIST, True),
    Command("note", "n", "Note", "Write a note to the item.", Scope.CHECKLIST, True),
    Command("retry-tick", "a", "Again", "Send a held tick again.", Scope.CHECKLIST),
    Command("drop-tick", "d", "Drop", "Forget a tick that waits or is held.", Scope.CHECKLIST),
    Command(
        "facts",
        "enter",
        "Facts",
        "Show the facts behind the evidence of the item, and when it was ticked.",
        Scope.CHECKLIST,
        True,
    ),
    Command("filter", "slash", "Filter", "Narrow the queue down by typing.", footer=True),
    Command("help", "question_mark,f1", "Help", "Show what the keys do here.", footer=True),
    Command("checklist", "t", "Checklist", "Go to the checklist.", footer=True),
    Command("comment", "c", "Comment", "Write a comment on the row, or on all marked rows.", footer=True),
    Command("check-in", "i", "Check-in", "Write a check-in: on track, at risk, retarget or no plans.", footer=True),
    Command("prow", "p", "Prow", "Give Prow a command that would do something, on all marked rows too.", footer=True),
    Command("block", "b", "Tracker gaps", "Write the lines the tracker lacks, to copy or to ask for.", footer=True),
    Command("exception", "E", "Exception", "Write an exception request for the VEP, to copy or to mail."),
    Command("announce", "A", "Announce", "Write the announcement of what is approved for Enhancement Freeze."),
    Command("report", "W", "Report", "Write the weekly status of the release, to copy or to mail."),
    Command("browse", "o", "Browser", "Open what is selected in the browser.", footer=True),
    Command("copy-number", "y", "Copy number", "Copy the number and title of the VEP."),
    Command("copy-link", "Y", "Copy link", "Copy the address of the VEP, or of the selected link."),
    Command("copy-checkout", "B", "Copy checkout", "Copy the `gh` command that checks out the selected pull request."),
    Command("mark-seen", "m", "Seen", "Mark the row as seen: what is there now is no news any more."),
    Command("snooze", "Z", "Snooze", "Put the row away until a day or until something changes."),
    Command("undo", "u", "Undo", "Take back the last tick while it still waits, or bring back the rows put away."),
    Command("calendar", "C", "Calendar", "Show the releases with their days, and my VEPs on them."),
    Command("why", "w", "Why?", "Say why the row is where it is in the queue, and when it changed."),
    Command("sort", "s", "Sort", "Sort the queue by the next column."),
    *(
        Command(f"view-{n}", str(n), f"View {n}", f"Show the {nth} view of the queue.", call=f"view({n - 1})")
        for n, nth in enumerate(_NTH, 1)
    ),
    Command("next-row", "right_parenthesis,shift+down", "Next row", "Show the next row of the queue, from any pane."),
    Command("previous-row", "left_parenthesis,shift+up", "Row before", "Show the row before, from any pane."),
    Command("next-tab", "right_square_bracket", "Next tab", "Show the next tab of the detail."),
    Command("previous-tab", "left_square_bracket", "Tab before", "Show the tab before."),
    Command("next-pane", "tab", "Next pane", "Move the focus to the next pane."),
    Command("previous-pane", "shift+tab", "Pane before", "Move the focus to the pane before."),
    Command("zoom", "z", "Zoom", "Show the focused pane alone, or all panes again."),
    Command("queue-smaller", "less_than_sign", "Smaller", "Give the queue less room."),
    Command("queue-larger", "greater_than_sign", "Larger", "Give the queue more room."),
    Command("checklist-smaller", "left_curly_bracket", "List smaller", "Give the checklist less room."),
    Command("checklist-larger", "right_curly_bracket", "List larger", "Give the checklist more room."),
    Command("usual-panes", "equals_sign", "Usual panes", "Show all panes with the room they usually have."),
    Command("go-to", "g", "Go to", "Show what may follow: the second key says where to go."),
    Command("go-first", "g", "First", "To the first line or row.", Scope.GO, call="focused.first"),
    Command("go-last", "e", "Last", "To the last line or row.", Scope.GO, call="focused.last"),
    Command("go-queue", "q", "Queue", "To the queue.", Scope.GO, call="go('queue')"),
    Command("go-detail", "d", "Detail", "To the detail.", Scope.GO, call="go('detail')"),
    Command("go-checklist", "c", "Checklist", "To the checklist.", Scope.GO, call="go('checklist')"),
    _to_tab("overview", "v"),
    _to_tab("document", "t"),
    _to_tab("pulls", "p"),
    _to_tab("conversation", "m"),
    Command("go-outbox", "o", "Outbox", "To the outbox.", Scope.GO, call="outbox"),
    Command("go-calendar", "r", "Releases", "To the calendar of the releases.", Scope.GO, call="calendar"),
    Command("jump", "J", "Jump", "Show letters on panes, tabs and views; a letter goes there."),
    Command("outbox", "O", "Outbox", "Show what waits, what is held and why."),
    Command("retry", "r", "Retry", "Send the selected entry again.", Scope.OUTBOX, True),
    Command("drop", "x", "Drop", "Forget the selected entry: it will not be sent.", Scope.OUTBOX, True),
    Command("settings", "comma", "Settings", "Show the settings, and change them."),
    Command("change", "enter,space", "Change", "Change the selected setting.", Scope.SETTINGS, True),
    Command("reset", "d", "Default", "Let the selected setting be the default again.", Scope.SETTINGS, True),
    Command("sync", "r", "Sync", "Sync with GitHub now."),
    Command("full-sync", "R", "Full sync", "Fetch everything anew."),
    Command("palette", "ctrl+p", "Commands", "Find a command by its name."),
    Command("escape", "escape", "Back", "Close, clear the filter, or go back to the queue."),
    Command("suspend", "ctrl+z", "Suspend", "Back to the shell for a while: its fg brings the screen again."),
    Command("quit", "q,ctrl+q", "Quit", "Leave; whatever waits is kept and sent the next time."),
)

SPOKEN = {
    "question_mark": "?",
    "slash": "/",
    "minus": "-",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "right_parenthesis": ")",
    "left_parenthesis": "(",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "plus": "+",
    "equals_sign": "=",
    "comma": ",",
    "full_stop": ".",
    "exclamation_mark": "!",
    "colon": ":",
    "semicolon": ";",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
}
"""What people call keys that Textual calls otherwise."""


_BY_NAME = {c.name: c for c in COMMANDS}


def command(name: str) -> Command:
    """The command of this name; raises KeyError."""
    return _BY_NAME[name]


def of(*scopes: Scope) -> tuple[Command, ...]:
    """The commands at home in these places, in the order of the table."""
    return tuple(c for c in COMMANDS if c.scope in scopes)


def spoken(key: str) -> str:
    """A key as people write it: `slash` is "/"."""
    *modifiers, last = key.split("+")
    return "+".join((*modifiers, SPOKEN.get(last, last)))


def keys_of(entry: Command, rebound: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The keys of a command after rebinding, as people write them; a second key stands behind its first: "g q"."""
    first = f"{key_of('go-to', rebound)} " if entry.scope is Scope.GO else ""
    keys = (rebound or {}).get(entry.name, entry.key)
    return tuple(first + spoken(k.strip()) for k in keys.split(","))


def key_of(name: str, rebound: Mapping[str, str] | None = None) -> str:
    """The first key of a command by its name, for words that name it."""
    return keys_of(command(name), rebound)[0]


def key_rows(rebound: Mapping[str, str] | None = None) -> Iterable[tuple[str, str, str, str]]:
    """(where, keys, label, help) of every command."""
    for entry in COMMANDS:
        yield entry.scope.value, "  ".join(keys_of(entry, rebound)), entry.label, entry.help


def key_table_text(rebound: Mapping[str, str] | None = None) -> str:
    """The table as plain text, for `vep-tui --keys`."""
    rows = list(key_rows(rebound))
    wide = [max(len(row[n]) for row in rows) for n in range(3)]
    return "\n".join("  ".join((*(row[n].ljust(wide[n]) for n in range(3)), row[3])) for row in rows)


def key_lines(
    entries: Iterable[Command], rebound: Mapping[str, str] | None = None
) -> Iterator[tuple[Scope, tuple[str, ...], str]]:
    """Where, keys and help of commands; the number keys share a line as long as they are those of the table."""
    own_numbers = any(name.startswith("view-") for name in rebound or ())
    for entry in entries:
        if own_numbers or not entry.name.startswith("view-"):
            yield entry.scope, keys_of(entry, rebound), entry.help
        elif entry.name == "view-1":
            yield entry.scope, ("1 ... 9",), "Show the first to the ninth view of the queue."


def key_table_markdown() -> str:
    """The table as Markdown, for README."""
    lines = ["| where | key | does |", "|---|---|---|"]
    for scope, keys, what in key_lines(COMMANDS):
        lines.append(f"| {scope.value} | {' '.join(f'`{key}`' for key in keys)} | {what} |")
    return "\n".join(lines) + "\n"
