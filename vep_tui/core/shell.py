"""Command lines that a user has named, split into words as their system writes them; nothing is run here."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

_BATCH = (".bat", ".cmd")
_EDITORS = ("GH_EDITOR", "GIT_EDITOR", "VISUAL", "EDITOR")


def words_of(command: str, *, windows: bool) -> list[str]:
    r"""The words of a command line; raises ValueError for a quote that stays open.

    On Windows a backslash is part of a path, and only " holds words together: "C:\Program Files\x.exe" --wait.
    """
    reader = shlex.shlex(command, posix=True)
    reader.whitespace_split, reader.commenters = True, ""
    if windows:
        reader.escape, reader.quotes = "", '"'
    return list(reader)


def editor_words(env: Mapping[str, str], *, windows: bool) -> list[str]:
    """The words of the editor that `gh` would take, else of the one every system has. Raises ValueError."""
    named = (env.get(name, "").strip() for name in _EDITORS)
    return words_of(next(filter(None, named), "notepad" if windows else "vi"), windows=windows)


def notify_words(command: str, *, windows: bool) -> list[str]:
    """The words of a command that is handed a sentence with titles from GitHub in it; raises ValueError."""
    words = words_of(command, windows=windows)
    if windows and words and words[0].lower().endswith(_BATCH):
        raise ValueError("a batch file would take parts of a title for commands: name a program")
    return words
