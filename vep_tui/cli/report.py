"""`vep-tui report`: the status of a release, or what is approved for it, as Markdown; it reads the store only."""

from __future__ import annotations

from argparse import Namespace

from vep_tui.cli.as_json import Json, printed, vep_json
from vep_tui.cli.commands import named_release, open_desk
from vep_tui.cli.exits import OK, USAGE, CommandError
from vep_tui.cli.parts import Parts
from vep_tui.core.report import announcement, of_release, weekly_report
from vep_tui.core.vep_reasons import is_approved
from vep_tui.settings.nearest import no_such
from vep_tui.store.desk import Desk


def report(parts: Parts, args: Namespace) -> int:
    """Print one document; the same store and the same VEP_TUI_NOW give the same bytes."""
    desk = open_desk(parts)
    if desk.header().synced_at is None:
        raise CommandError("Nothing is here yet to report on: run `vep-tui sync` first.")
    release = _release(desk, args.release)
    sig = _sig(desk, args.sig) if args.sig else None
    if args.json:
        print(printed(_as_json(desk, release, sig, approved_only=args.announce)))  # noqa: T201
        return OK
    write = announcement if args.announce else weekly_report
    print(write(desk.veps(), release, sig, desk.world), end="")  # noqa: T201
    return OK


def _as_json(desk: Desk, release: str, sig: str | None, *, approved_only: bool) -> Json:
    """What the text is made from: the VEPs of the release as `show --json` has them, and whether each is approved."""
    veps = [(vep, is_approved(vep, release, desk.world)) for vep in of_release(desk.veps(), release, sig)]
    return {
        "release": release,
        "sig": sig,
        "date": desk.world.now.date().isoformat(),
        "veps": [
            {**vep_json(vep), "approved": approved}
            for vep, approved in veps
            if not approved_only or (approved and vep.issue.state == "open")
        ],
    }


def _release(desk: Desk, wanted: str | None) -> str:
    """The release as "1.10"; the one at hand when none is named."""
    if wanted is not None:
        return named_release(wanted)
    found = desk.header().release
    if found is None:
        raise CommandError("There is no schedule file yet: say which release, as in --release 1.10.", USAGE)
    return found


def _sig(desk: Desk, wanted: str) -> str:
    """The SIG by its short name."""
    name = wanted.strip().casefold().removeprefix("sig-").removeprefix("sig/")
    known = desk.world.process.known_sigs
    if name not in known:
        raise CommandError(no_such("SIG", name, known), USAGE)
    return name
