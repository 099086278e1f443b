"""Prow commands in the text of comments and reviews: what somebody told the bot; it runs and writes none.

Follows Prow: a command starts a line, in any case, and Prow looks neither for code fences nor for HTML comments, so
those count too; a quoted line (`> /lgtm`) does not start with a slash and is no command. More lenient than Prow in two
forms that people use and mean: blanks before the slash, and words behind `/lgtm`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"^[ \t\ufeff]*/([a-z][a-z-]*)(?=[ \t\r\n]|$)([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_TAKEN_BACK = {"unhold": "hold", "remove-hold": "hold", "remove-lgtm": "lgtm", "remove-approve": "approve"}
_MENTION = re.compile(r"@?([A-Za-z\d][A-Za-z\d-]*(?:/[\w.-]+)?)")


@dataclass(frozen=True, slots=True)
class ProwCommand:
    """One command line."""

    name: str
    """Without slash, in lower case; the opposite forms carry the plain name: `/unhold` is a cancelled `hold`."""
    argument: str = ""
    """The rest of the line as it stands."""
    cancels: bool = False
    """Takes an earlier lgtm, approve or hold back."""

    @property
    def people(self) -> tuple[str, ...]:
        """Logins and teams the argument names, as in `/cc @alice bob`."""
        return tuple(_MENTION.findall(self.argument))


def prow_commands(body: str) -> tuple[ProwCommand, ...]:
    """Every command line of a text, in order, known to Prow or not."""
    return tuple(_command(m.group(1).lower(), m.group(2).strip()) for m in _LINE.finditer(body))


def _command(name: str, argument: str) -> ProwCommand:
    plain = _TAKEN_BACK.get(name)
    if plain is not None:
        return ProwCommand(plain, argument, True)
    # Prow's approve plugin takes a "cancel" anywhere behind the command; lgtm and hold want it first.
    words = argument.casefold().split()
    cancels = name in ("lgtm", "hold", "approve") and "cancel" in (words if name == "approve" else words[:1])
    return ProwCommand(name, argument, cancels)


def without_commands(body: str) -> str:
    """The text without its command lines."""
    return _LINE.sub("", body).strip()
