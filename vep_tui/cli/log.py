"""Where what a sync does is written down: a file of the user, because stderr is the screen; no tokens, no texts."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from vep_tui.settings import private_folder

_LOG_BYTES = 1_000_000
"""A log that is longer is put aside, as `.log.1`, by who opens it next: each process that syncs does."""


class _Private(logging.FileHandler):
    """A log that only its owner can read, and that never speaks up on the screen."""

    def _open(self) -> TextIOWrapper:
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, "a", encoding="utf-8", opener=private)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """The disk is full: no matter."""


def log_to(path: Path) -> None:
    """Send our log to this file; without one when it cannot be written."""
    try:
        private_folder(path.parent)
        _put_aside(path)
        handler = _Private(path, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("vep_tui")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def _put_aside(path: Path) -> None:
    """Begin a new file, unless another vep-tui has this one open: Windows renames none that is; it goes on."""
    with suppress(OSError):
        if path.stat().st_size > _LOG_BYTES:
            path.replace(path.with_name(f"{path.name}.1"))
