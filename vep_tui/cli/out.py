"""What the streams can carry: neither a character they lack nor an end that is gone ends a command."""

from __future__ import annotations

import codecs
import shutil
import sys
from contextlib import suppress
from typing import TextIO

_WIDER = {"…": "...", "→": "->"}
"""Where there is room: what a table does not cut."""
_PLAIN = "vep-tui-plain"


def make_streams_safe() -> None:
    """Let no character that the terminal's or pipe's encoding lacks end a command."""
    codecs.register_error(_PLAIN, _plain)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_PLAIN)


def write_ascii_only() -> None:
    """Write nothing but ASCII on a terminal, as the user wants it; what goes into a pipe or a file stays whole."""
    for stream in (sys.stdout, sys.stderr):
        if on_terminal(stream) and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="ascii", errors=_PLAIN)


def on_terminal(stream: TextIO | None) -> bool:
    """Whether a person reads there; a stream that was closed before the start (`>&-`) is none at all."""
    return stream is not None and stream.isatty()


def carries_unicode() -> bool:
    """Whether stdout can show every character, so that nothing must be written otherwise."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").casefold().startswith("utf")


def room() -> int | None:
    """Columns of the terminal that stdout is; None where it is none: a script wants a row in a line."""
    return shutil.get_terminal_size().columns if on_terminal(sys.stdout) else None


def tell(sentence: str, lead: str = "vep-tui: ") -> None:
    """One message for the person, on stderr; where nobody can be told, the work and its status are worth no less."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(f"{lead}{sentence}", file=sys.stderr)  # noqa: T201


def _plain(error: UnicodeError) -> tuple[str | bytes, int]:
    """A like sign for what cannot be encoded, else a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from vep_tui.core.plain import twin  # seldom

    return "".join(_WIDER.get(c) or twin(c) for c in error.object[error.start : error.end]), error.end
