"""The user's own editor on a text: it takes the terminal for as long as it runs; nothing is read but that text."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from textual.app import App, SuspendNotSupported

from vep_tui.core.shell import editor_words


class OutsideError(Exception):
    """The editor could not be used; the text says why, and what to do."""


def editor_command(env: Mapping[str, str]) -> list[str]:
    """The words of the user's editor; raises `OutsideError` for open quotes."""
    try:
        return editor_words(env, windows=os.name == "nt")
    except ValueError as wrong:
        raise OutsideError(f"$EDITOR cannot be understood: {wrong}.") from wrong


def edit_outside(app: App[object], text: str, name: str = "comment.md") -> str:
    """The text as the user's editor leaves it; raises `OutsideError`, with nothing lost."""
    command = editor_command(os.environ)
    try:
        return _edited(app, command, text, name)
    except OSError as trouble:
        raise OutsideError(
            f"No file for {command[0]} could be made ({trouble.strerror or trouble}): write here."
        ) from trouble


def _edited(app: App[object], command: list[str], text: str, name: str) -> str:
    # The editor may still hold the file: on Windows it cannot be deleted then.
    with tempfile.TemporaryDirectory(prefix="vep-tui-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        # Windows finds no script such as code.cmd by its bare name.
        found = shutil.which(command[0]) or command[0]
        try:
            with app.suspend():
                status = subprocess.call([found, *command[1:], str(path)])  # noqa: S603 - the user named it
        except SuspendNotSupported as trouble:
            raise OutsideError("This terminal cannot be lent to another program: write here.") from trouble
        except OSError as trouble:
            raise OutsideError(
                f"{command[0]} could not be started ({trouble.strerror or trouble}): set $EDITOR."
            ) from trouble
        if status:
            raise OutsideError(f"{command[0]} ended with status {status}: the text is as it was.")
        try:
            return path.read_text(encoding="utf-8-sig").removesuffix("\n")  # editors on Windows write a mark
        except (OSError, UnicodeDecodeError) as trouble:
            raise OutsideError(f"What {command[0]} left cannot be read: {trouble}.") from trouble
