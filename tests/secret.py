"""The token that the whole suite works with, and the search for it in everything that was written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

TOKEN = "ghp_" + "Secret7" * 5 + "x"
"""Looks like a real one; the double takes any."""


def tells(path: Path) -> bool:
    """True for a file that holds the token, in any of the ways a program writes text."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return any(TOKEN.encode(kind) in content for kind in ("utf-8", "utf-16-le"))


def tellers(folder: Path) -> Iterator[Path]:
    """The files below a folder that hold the token."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and tells(path):
            yield path
