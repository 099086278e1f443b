"""Where what a sync does is written down: a file of the user, because stderr is the screen; no tokens, no texts."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from vep_tui.settings import private_folder

_LOG_BYTES = 1_000_000


def log_to(path: Path) -> None:
    """Send our log to this file; without one when it cannot be written."""
    try:
        private_folder(path.parent)
        handler = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("vep_tui")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
