"""Every setting of config.toml, said once: name, type, default and meaning; feeds reading, writing and the docs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    """One setting."""

    name: str
    """Dotted name: table and key."""
    default: Any
    """Also fixes the type: the value in config.toml must have the same one."""
    meaning: str
    """One sentence for the commented config.toml and the reference."""
    choices: tuple[str, ...] = ()
    """The allowed words, where only some are."""


OPTIONS: tuple[Option, ...] = (
    Option("profile", "kubevirt", "Whose process is followed: the name of a built-in profile, or the path of a file."),
    Option("github.api_url", "https://api.github.com", "GitHub's API; for GitHub Enterprise https://HOST/api/v3."),
    Option("me.login", "", "Your login; empty: asked from GitHub by the token."),
    Option("me.sigs", [], "Your SIGs, as in ['compute']; empty: read from OWNERS_ALIASES, sigs.yaml and OWNERS."),
    Option("me.reviewers", [], "Further people whose checklist comments count, beside those who speak for a SIG."),
    Option("sync.interval_minutes", 10, "Minutes between syncs while the screen is open; 0: only when asked."),
    Option("sync.deadline_seconds", 30, "Seconds after which a request is given up."),
    Option("ui.theme", "vep-dark", "Colour theme; ctrl+p, then 'theme', lists them all."),
    Option("ui.ascii", False, "Use ASCII instead of the single-width symbols."),
    Option(
        "ui.density",
        "comfortable",
        "Rows of the queue: with the reason below, or one line each.",
        ("comfortable", "compact"),
    ),
    Option("ui.mouse", True, "React to the mouse."),
    Option("ui.notify_command", "", "A command run when something new needs you; it gets one sentence as argument."),
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


def option_named(name: str) -> Option | None:
    """The setting of that dotted name."""
    return next((option for option in OPTIONS if option.name == name), None)


DATE_FIELDS = ("enhancement_freeze", "code_freeze", "ga")
