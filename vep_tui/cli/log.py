"""Where what a sync does is written down: a file of the user, because stderr is the screen; no tokens, no texts."""

from __future__ import annotations

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from vep_tui.settings import private_folder

_LOG_BYTES = 1_000_000


class _Private(RotatingFileHandler):
    """A log that only its owner can read, and that never speaks up on the screen."""

    def _open(self) -> TextIOWrapper:
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, "a", encoding="utf-8", opener=private)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A disk is full, or on Windows another vep-tui has the file open while it is to be renamed: no matter."""


def log_to(path: Path) -> None:
    """Send our log to this file; without one when it cannot be written."""
    try:
        private_folder(path.parent)
        handler = _Private(path, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("vep_tui")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
