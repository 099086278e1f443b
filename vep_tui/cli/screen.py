"""Opens the screen: the desk at once, the engine beside it after the first frame; it shows nothing itself."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from vep_tui.cli.beside import Beside
from vep_tui.cli.exits import OK, USAGE, CommandError
from vep_tui.cli.out import on_terminal, tell
from vep_tui.cli.parts import Parts, open_parts
from vep_tui.core.views import BUILT_IN

if TYPE_CHECKING:
    from argparse import Namespace

    from vep_tui.tui.preferences import Preferences


def screen(parts: Parts, args: Namespace) -> int:
    """Run the application until the user leaves; the demo when the first screen was left for it."""
    _check_keys(parts)
    # Textual draws on stderr (Windows: stdout) and asks nobody: without a terminal it would run for ever.
    drawn_on = sys.stdout if sys.platform == "win32" else sys.stderr
    if not (on_terminal(sys.stdin) and on_terminal(drawn_on)) and "TEXTUAL_DRIVER" not in os.environ:
        raise CommandError("The screen needs a terminal; `vep-tui list` and `vep-tui show N` do not.", USAGE)
    # What is made before the first frame stays: looking through it for rubbish would only delay the frame.
    gc.disable()
    try:
        from vep_tui.tui.app import DEMO

        answer, status = _run(parts, args)
        if answer != DEMO:
            return status
        args = type(args)(**{**vars(args), "demo": True, "profile": None})
        with open_parts(args, os.environ) as demo:
            return _run(demo, args)[1]
    finally:
        gc.enable()


def _check_keys(parts: Parts) -> None:
    """Textual would take any key: a wrong one would be shown in vain, a clash would lose a command."""
    if not parts.config.keys:
        return
    from vep_tui.tui.key_slips import key_problems

    problems = key_problems(parts.config.keys)
    if problems:
        more = f" (and {len(problems) - 1} more; vep-tui doctor lists them)" if len(problems) > 1 else ""
        place = parts.config.place(problems[0].partition(":")[0])
        raise CommandError(f"{place}: {problems[0]}{more}.", USAGE)


def _slips(parts: Parts) -> tuple[str, ...]:
    """What is odd about the settings, in one remark: nobody sees what was said on stderr before the screen."""
    warnings = parts.config.warnings
    if not warnings:
        return ()
    more = f" and {len(warnings) - 1} more" if len(warnings) > 1 else ""
    return (f"{warnings[0]}{more}: `vep-tui config check` lists what is odd.",)


def _run(parts: Parts, args: Namespace) -> tuple[object, int]:
    from vep_tui.tui.app import VepApp
    from vep_tui.tui.glyphs import Glyphs
    from vep_tui.tui.look import Look

    desk = parts.desk(current=False)
    signed_in = parts.token() is not None if desk.header().synced_at is None else True
    beside = Beside(parts, signed_in=signed_in)

    def renew() -> None:
        desk.renew(parts.world)

    def preferences() -> Preferences:
        from vep_tui.cli.preferences import ConfigFile  # not before the first frame

        return ConfigFile(parts, args)

    app = VepApp(
        desk,
        beside.wake,
        full_sync=beside.full_sync,
        sync=beside.sync,
        started=lambda: beside.begin(app),
        renew=renew,
        preferences=preferences,
        now=parts.now,
        theme=parts.config["ui.theme"],
        keys=parts.config.keys,
        views=parts.views() or BUILT_IN,
        look=Look(Glyphs(parts.ascii_only), tuple(parts.config["ui.columns"]), parts.config["ui.density"]),
        site=parts.site,
        signed_in=signed_in,
        remarks=(*desk.notices, *_slips(parts)),
    )
    try:
        answer = app.run(mouse=parts.config["ui.mouse"])
    finally:
        beside.stop()
    if parts.demo is None and not app.return_code and (waiting := desk.header().waiting):
        what = "1 entry waits" if waiting == 1 else f"{waiting} entries wait"
        tell(f"{what} to be sent: the next start does that, or `vep-tui sync` now.")
    return answer, app.return_code or OK
