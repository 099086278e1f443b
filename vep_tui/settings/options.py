"""Every setting of config.toml, said once: name, type, default and meaning; feeds reading, writing and the docs."""

from __future__ import annotations

from typing import Any, NamedTuple


class Option(NamedTuple):
    """One setting."""

    name: str
    """Dotted name: table and key."""
    default: Any
    """Also fixes the type: the value in config.toml must have the same one."""
    meaning: str
    """One sentence for the commented config.toml and the reference."""
    choices: tuple[str, ...] = ()
    """The allowed words, where only some are; of a list, those that may be in it, each once."""
    between: tuple[int, int] = (0, 10**9)
    """The least and the greatest number, where the setting is one."""
    at_once: bool = False
    """Whether the screen follows a change while it is open; else from the next start on."""

    @property
    def allowed(self) -> str:
        """The allowed words as a sentence to put behind the meaning; empty where any will do."""
        many = "One" if isinstance(self.default, str) else "Any"
        return f" {many} of: {', '.join(self.choices)}." if self.choices else ""


_COLUMNS = ("why", "sig", "stage", "release", "checklist", "age")

OPTIONS: tuple[Option, ...] = (
    Option("profile", "kubevirt", "Whose process is followed: the name of a built-in profile, or the path of a file."),
    Option("ui.theme", "vep-dark", "Colour theme; enter in the settings screen shows each.", at_once=True),
    Option(
        "ui.density",
        "comfortable",
        "Rows of the queue: with the reason below, or one line each.",
        ("comfortable", "compact"),
        at_once=True,
    ),
    Option(
        "ui.columns",
        list(_COLUMNS),
        "Columns of the queue behind number and title, in their order; why shows in rows of one line, before others.",
        _COLUMNS,
        at_once=True,
    ),
    Option(
        "ui.ascii",
        False,
        "Draw in ASCII only: no symbols, and of other scripts the nearest letter, else a question mark. "
        "Without this line so where TERM or the locale tells of a terminal that shows no more.",
        at_once=True,
    ),
    Option("ui.mouse", True, "React to the mouse."),
    Option("ui.notify_command", "", "A command run when something new needs you; it gets one sentence as argument."),
    Option("me.login", "", "Your login; empty: asked from GitHub by the token.", at_once=True),
    Option(
        "me.sigs",
        [],
        "Your SIGs, as in ['compute']; empty: read from OWNERS_ALIASES, sigs.yaml and OWNERS.",
        at_once=True,
    ),
    Option(
        "me.reviewers",
        [],
        "Further people whose checklist comments count, beside those who speak for a SIG.",
        at_once=True,
    ),
    Option(
        "sync.interval_minutes",
        10,
        "Minutes between syncs while the screen is open; 0: only when asked.",
        between=(0, 7 * 24 * 60),
    ),
    Option("sync.deadline_seconds", 30, "Seconds after which a request is given up.", between=(1, 3600)),
    Option(
        "github.api_url",
        "https://api.github.com",
        "GitHub's API; for GitHub Enterprise https://HOST/api/v3. Without this line GH_HOST names the host.",
    ),
)

TABLES: dict[str, str] = {
    "views": "Queue views in the filter language, in the order of their number keys: [[views]] name = ..., query = ...",
    "keys": 'Keys by command name, as in tick = "space,x"; `vep-tui --keys` lists the names.',
    "dates": 'Slipped dates by release, as in "1.10" = { code_freeze = 2026-10-28 }.',
    "process": "Overrides of the process data, table by table, as in [process.board] number = 22.",
}
"""Free-form tables: their meaning. Their contents are checked where they are used."""

EXAMPLES: dict[str, str] = {
    "views": '[[views]]\nname = "network"\nquery = "sig:network is:open"',
    "keys": '[keys]\ntick = "space,x"',
    "dates": '[dates]\n"1.10" = { code_freeze = 2026-10-28 }',
    "process": "[process.board]\nnumber = 22",
}
"""How each free-form table is written, line by line."""

ENTRIES: dict[str, tuple[str, str]] = {
    "views": ("views.network", "sig:network is:open"),
    "keys": ("keys.tick", "space,x"),
    "dates": ("dates.1.10.code_freeze", "2026-10-28"),
    "process": ("process.board.number", "22"),
}
"""How an entry of each is named and written on the command line."""


def option_named(name: str) -> Option | None:
    """The setting of that dotted name."""
    return next((option for option in OPTIONS if option.name == name), None)


DATE_FIELDS = ("enhancement_freeze", "code_freeze", "ga")
