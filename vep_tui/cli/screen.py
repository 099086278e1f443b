"""Opens the screen: the desk at once, the engine beside it after the first frame; it shows nothing itself."""

from __future__ import annotations

import logging
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from vep_tui.cli.exits import OK, USAGE, CommandError
from vep_tui.cli.parts import Parts, open_parts
from vep_tui.core.views import BUILT_IN
from vep_tui.settings import private_folder, web_host
from vep_tui.sync.engine import Engine

if TYPE_CHECKING:
    from vep_tui.sync.run import SyncRun
    from vep_tui.tui.app import VepApp

_LOG_BYTES = 1_000_000


def screen(parts: Parts, args: Namespace) -> int:
    """Run the application until the user leaves; the demo when the first screen was left for it."""
    # Textual draws on stderr and asks nobody: without a terminal it would run for ever.
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise CommandError("The screen needs a terminal; `vep-tui list` and `vep-tui show N` do not.", USAGE)
    _log_to(parts.paths.log)
    from vep_tui.tui.app import DEMO

    answer, status = _run(parts)
    if answer != DEMO:
        return status
    with open_parts(Namespace(**{**vars(args), "demo": True}), os.environ) as demo:
        return _run(demo)[1]


def _run(parts: Parts) -> tuple[object, int]:
    from vep_tui.tui.app import VepApp
    from vep_tui.tui.messages import shown

    desk = parts.desk(current=False)
    posts: list[VepApp] = []
    engine = Engine(
        lambda sleep: _open_run(parts, sleep),
        lambda message: posts[0].post_message(shown(message)),
        interval=_interval(parts),
    )
    signed_in = parts.token() is not None if desk.header().synced_at is None else True

    def renew() -> None:
        desk.renew(parts.world)

    app = VepApp(
        desk,
        engine.wake,
        full_sync=lambda: engine.sync(full=True),
        sync=engine.sync,
        started=engine.start if signed_in else None,
        renew=renew,
        now=parts.now,
        theme=parts.config["ui.theme"],
        keys=parts.config.keys,
        views=parts.views() or BUILT_IN,
        ascii_only=parts.config["ui.ascii"],
        compact=parts.config["ui.density"] == "compact",
        site=f"https://{web_host(parts.api_url)}" if parts.demo is None else "https://github.com",
        signed_in=signed_in,
    )
    posts.append(app)
    try:
        answer = app.run(mouse=parts.config["ui.mouse"])
    finally:
        engine.stop()
    return answer, app.return_code or OK


def _interval(parts: Parts) -> float:
    minutes = int(parts.config["sync.interval_minutes"])
    return minutes * 60.0 if minutes else float("inf")


def _open_run(parts: Parts, sleep: Callable[[float], None]) -> SyncRun:
    return parts.sync_run(sleep)


def _log_to(path: Path) -> None:
    """What syncs do goes to a file; stderr is the screen."""
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
