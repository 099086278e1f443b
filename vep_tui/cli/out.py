"""What stdout can carry: no character it lacks ends a command; it prints nothing itself."""

from __future__ import annotations

import codecs
import shutil
import sys

_ASCII = {"·": "-", "–": "-", "—": "-", "…": "...", "→": "->", "✓": "+", "✗": "x", "“": '"', "”": '"', "’": "'"}
_PLAIN = "vep-tui-plain"


def make_streams_safe() -> None:
    """Let no character that the terminal's or pipe's encoding lacks end a command."""
    codecs.register_error(_PLAIN, _plain)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_PLAIN)


def carries_unicode() -> bool:
    """Whether stdout can show every character, so that nothing must be written otherwise."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").casefold().startswith("utf")


def room() -> int | None:
    """Columns of the terminal that stdout is; None where it is none: a script wants a row in a line."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _plain(error: UnicodeError) -> tuple[str | bytes, int]:
    """A like sign for what cannot be encoded, else a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_ASCII.get(c, "?") for c in error.object[error.start : error.end]), error.end
