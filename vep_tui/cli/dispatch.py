"""Runs one command and turns every trouble into one sentence and an exit status; no traceback reaches a user."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from vep_tui.cli.exits import FAILED, INTERRUPTED, OK, CommandError
from vep_tui.cli.out import tell, write_ascii_only
from vep_tui.cli.parts import Parts, open_parts
from vep_tui.store.errors import StoreError

if TYPE_CHECKING:
    from argparse import Namespace


def dispatch(args: Namespace) -> int:
    """The exit status of the command in `args`; without one, of the screen."""
    try:
        if args.keys or args.web or args.command in ("config", "completion"):
            return _alone(args)
        command = _command(args.command)
        with ExitStack() as stack:
            try:
                parts = stack.enter_context(open_parts(args, os.environ))
            except CommandError as error:
                if args.command != "doctor":
                    raise
                from vep_tui.cli.doctor import unsettled

                return unsettled(args, error)
            _warn(parts, args)
            if args.command is not None and parts.ascii_only:
                write_ascii_only()
            return command(parts, args)
    except CommandError as error:
        tell(str(error))
        return error.status
    except StoreError as error:
        tell(str(error))
        return FAILED
    except KeyboardInterrupt:
        tell("Interrupted; what was ticked is kept.")
        return INTERRUPTED
    except BrokenPipeError:
        return FAILED  # the reader of a pipe left: there is nobody to tell
    except OSError as error:
        what = f"{error.filename} cannot be used" if error.filename else "Something could not be read or written"
        tell(f"{what} ({error.strerror or error}).")
        return FAILED
    except Exception as fault:
        # What a fault says may quote anything, a token too; where it was does not.
        from traceback import extract_tb

        place = extract_tb(fault.__traceback__)[-1]
        where = f"{type(fault).__name__} at {Path(place.filename).name}:{place.lineno}"
        tell(f"A fault in vep-tui stopped this ({where}). What was ticked is kept; please report it.")
        return FAILED


def _warn(parts: Parts, args: Namespace) -> None:
    if args.config and not args.config.exists() and args.command != "doctor":  # which says it by itself
        tell(f"warning: {args.config} is not there: defaults apply")
    for warning in parts.config.warnings:
        tell(f"warning: {warning}")


def _command(name: str | None) -> Callable[[Parts, Namespace], int]:
    """What performs a command; the screen waits for none of the others to be loaded."""
    if name is None:
        from vep_tui.cli.screen import screen

        return screen
    from vep_tui.cli import commands
    from vep_tui.cli.doctor import doctor
    from vep_tui.cli.report import report

    return {
        "sync": commands.sync,
        "list": commands.listing,
        "show": commands.show,
        "tick": commands.tick,
        "outbox": commands.outbox,
        "report": report,
        "doctor": doctor,
    }[name]


def _alone(args: Namespace) -> int:
    """The commands that need no stores, and settings no better than they are."""
    if args.keys:
        from vep_tui.tui.commands import key_table_text

        print(key_table_text())  # noqa: T201
        return OK
    if args.web:
        from vep_tui.cli.web import web

        return web(args)
    if args.command == "completion":
        from vep_tui.cli.completion import completion

        return completion(args)
    from vep_tui.cli.config import config

    return config(args, os.environ)
