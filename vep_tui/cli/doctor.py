"""`vep-tui doctor`: what is set up, what is not, what to do about it, and with --fix does what loses nothing."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from vep_tui.cli.as_json import printed
from vep_tui.cli.commands import open_desk
from vep_tui.cli.doctor_github import credentials
from vep_tui.cli.doctor_machine import files, settings, terminal
from vep_tui.cli.doctor_stores import stores
from vep_tui.cli.exits import OK, CommandError
from vep_tui.cli.finding import Finding, State
from vep_tui.cli.parts import Parts
from vep_tui.cli.slips import problems
from vep_tui.core.text import one_line
from vep_tui.settings import SettingsError
from vep_tui.settings.errors import by_line


def doctor(parts: Parts, args: Namespace) -> int:
    """Look at everything and say it; the status is that of the first problem that stays."""
    if parts.demo is not None:
        open_desk(parts)  # a demo is empty before its first sync, and that is nothing to complain about
    checks: tuple[Callable[[Parts], Iterator[Finding]], ...] = (settings, terminal, files, stores, credentials)
    found: list[Finding] = []
    for finding in (finding for check in checks for finding in check(parts)):
        # Mended before the check goes on: what it finds next may hang on it.
        found.append(finding.mended() if args.fix else finding)
        if not args.json:
            _print(found[-1])
    if args.json:
        _tell(found, args)
    return next((finding.status for finding in found if finding.status), OK)


def unsettled(args: Namespace, error: CommandError) -> int:
    """What can be said when not even the settings can be used; the status of that."""
    cause = error.__cause__
    slips: Sequence[str] = cause.slips if isinstance(cause, SettingsError) else (str(error),)
    if isinstance(cause, SettingsError) and cause.rest is not None:
        slips = by_line((*slips, *problems(Path(cause.rest.file), cause.rest)[0]))
    found = [Finding("config", State.BAD, slip, "correct it: the rest hangs on it", error.status) for slip in slips]
    _tell(found, args)
    return error.status


def _tell(found: list[Finding], args: Namespace) -> None:
    if args.json:
        print(printed({"findings": [finding.as_json() for finding in found]}))  # noqa: T201
    else:
        for finding in found:
            _print(finding)


def _print(finding: Finding) -> None:
    print(f"{finding.state:<8} {finding.about:<9} {one_line(finding.text)}")  # noqa: T201
    if finding.advice:
        print(f"{'':<18} -> {one_line(finding.advice)}")  # noqa: T201
