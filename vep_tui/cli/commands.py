"""The commands: each reads the desk or runs a sync, prints a table or one JSON document, and returns a status."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict, replace
from typing import Any

from vep_tui.cli import tables
from vep_tui.cli.as_json import moment, outbox_json, phase_json, printed, row_json, vep_json
from vep_tui.cli.exits import CREDENTIALS, FAILED, OK, UNREACHABLE, USAGE, CommandError
from vep_tui.cli.hyperlinks import hyperlinks
from vep_tui.cli.out import room, tell
from vep_tui.cli.parts import Parts
from vep_tui.core.fields import FIELDS
from vep_tui.core.filter import FilterError
from vep_tui.core.models import Delivery, ItemState, Tick
from vep_tui.core.versions import read_version
from vep_tui.core.views import BUILT_IN
from vep_tui.settings import TokenError
from vep_tui.settings.nearest import no_such
from vep_tui.store.desk import Desk, DeskError
from vep_tui.sync.outcome import Trouble
from vep_tui.sync.progress import Progress
from vep_tui.sync.report import SyncReport

__all__ = ["listing", "outbox", "show", "sync", "tick"]

_STATUS = {Trouble.OFFLINE: UNREACHABLE, Trouble.CREDENTIALS: CREDENTIALS}
_MANY = 1_000_000


def sync(parts: Parts, args: Namespace) -> int:
    """Settle, push and pull once."""
    report = _run(parts, full=args.full, push_only=False)
    if args.json:
        _print_json({**_report_json(report)})
    elif report.trouble is None or report.sent or report.held or any(report.fetched.values()):
        asked = "1 request" if report.requests == 1 else f"{report.requests} requests"
        points = "1 point" if report.points == 1 else f"{report.points} points"
        not_all = "" if report.trouble is None else " Not everything was done."
        # What went wrong is told on stderr, once.
        _print(f"{replace(report, errors=())}{not_all} {asked}, {points}, {report.seconds:.1f} s")
    _tell_held(report.held)
    return _finish(parts, report)


def _tell_held(count: int) -> None:
    if count:
        what = "1 entry of the outbox is held" if count == 1 else f"{count} entries of the outbox are held"
        tell(f"{what}; `vep-tui outbox` says why.")


def _for_a_shell(error: FilterError, typed: str) -> str:
    """What the filter line of the screen shows by itself: the fields, and how quotes reach a filter."""
    if '"' not in str(error) or '"' in typed:
        return ""
    return f""" as in --filter '"..."'; fields are {", ".join(field.name for field in FIELDS)}"""


def listing(parts: Parts, args: Namespace) -> int:
    """The queue from the local store."""
    desk = open_desk(parts)
    views = {view.name: view.query for view in (*BUILT_IN, *parts.views())}
    name = args.view or ("all" if args.filter else "needs-me")
    if name not in views:
        raise CommandError(no_such("view", name, tuple(views)), USAGE)
    query = f"({views[name]}) {args.filter}" if args.filter else views[name]
    try:
        page = desk.page(query, limit=args.limit or _MANY)
    except FilterError as error:
        raise CommandError(f"{error}{_for_a_shell(error, args.filter or '')}", USAGE) from error
    header, now = desk.header(), parts.now()
    if not args.json:
        _print(tables.header_line(header, now))
        listed = tables.queue_table(page.rows, hyperlinks(parts), room()) if page.rows else ""
        _print(listed or _empty(header.synced_at is None, name, views[name], args.filter))
        return OK
    _print_json(
        {
            "view": name,
            "filter": args.filter,
            "generated_at": moment(now),
            "synced_at": moment(header.synced_at),
            "stale": list(header.stale),
            "phase": phase_json(header, now),
            "total": page.total,
            "items": [row_json(row) for row in page.rows],
        }
    )
    return OK


def show(parts: Parts, args: Namespace) -> int:
    """One VEP from the local store."""
    desk = open_desk(parts)
    vep = desk.vep(args.number)
    if vep is None:
        raise CommandError(_unknown(desk, args.number), USAGE)
    if args.json:
        _print_json(vep_json(vep))
    else:
        _print(tables.fold(tables.vep_text(vep, parts.process.proposal, hyperlinks(parts)), room()))
    return OK


def tick(parts: Parts, args: Namespace) -> int:
    """Put a tick into the outbox, and send it with --push."""
    desk = open_desk(parts)
    vep = desk.vep(args.number)
    if vep is None:
        raise CommandError(_unknown(desk, args.number), USAGE)
    if args.release is not None:
        args.release = named_release(args.release)
    items = tuple(item.key for item in parts.process.checklist)
    if args.item not in items:
        raise CommandError(no_such("checklist item", args.item, items), USAGE)
    if args.preview:
        from vep_tui.cli.preview import preview

        body = preview(vep, desk.world, args)
        _print_json({"number": args.number, "body": body}) if args.json else _print(body)
        return OK
    try:
        made = desk.tick(args.number, args.item, ItemState(args.state), args.note, args.release)
    except DeskError as error:
        raise CommandError(str(error), USAGE) from error
    report = _run(parts, full=False, push_only=True) if args.push else None
    entries = desk.outbox_entries(args.number, sent=True)
    entry = next((e for e in entries if e.id == made.id), None)
    # Another vep-tui may have been given a later word on the same item in the meantime.
    newer = (e for e in entries if e.id > made.id and (e.item, e.release) == (made.item, made.release))
    later = next(newer, None) if entry is None else None
    found = entry or later
    if found is None:
        raise CommandError("Another vep-tui dropped this tick before it was sent; nothing of it is left to send.")
    delivery = found.delivery
    if args.json:
        _print_json({**outbox_json(found), "id": made.id, "state": made.state, "note": made.note})
    else:
        stands = " A later word of yours has taken its place." if later else _still_said(desk, made)
        _print(
            f"{parts.process.proposal} {made.number}, v{made.release}: {made.item} is {made.state}; {delivery}.{stands}"
        )
    if report is None:
        return OK
    if entry is not None and delivery is Delivery.HELD:
        tell(f"It is held. {entry.reason} Then retry or drop it: vep-tui outbox retry {entry.id}.")
    elif not report.errors:  # what was asked for is done; what else makes the status 1 is told
        _tell_held(report.held)
    return _finish(parts, report) or (FAILED if delivery is not Delivery.SENT else OK)


def _still_said(desk: Desk, made: Tick) -> str:
    """Who else's word keeps an item closed that was taken back; empty when nobody's does."""
    vep = desk.vep(made.number) if made.state is ItemState.TODO else None
    if vep is None or vep.checklist.release != made.release:
        return ""
    me = (desk.world.me or "").casefold()
    voices = next((item.voices for item in vep.checklist.items if item.key == made.item), ())
    others = [f"{who} says {state}" for who, state, counts in voices if counts and who.casefold() != me]
    return f" Others' words stand: {', '.join(others)}." if others else ""


def outbox(parts: Parts, args: Namespace) -> int:
    """What waits and what is held; retry or drop one."""
    if args.action and args.id is None:
        raise CommandError(f"Say which entry to {args.action}: vep-tui outbox {args.action} ID.", USAGE)
    desk = open_desk(parts)
    if args.action:
        known = {entry.id for entry in desk.outbox_entries()}
        if args.id not in known:
            raise CommandError(f"The outbox has no entry {args.id}; `vep-tui outbox` lists them.", USAGE)
        (desk.retry if args.action == "retry" else desk.drop)(args.id)
    entries = desk.outbox_entries()
    if args.json:
        _print_json({"items": [outbox_json(entry) for entry in entries]})
    else:
        listed = tables.outbox_table(entries, parts.process.proposal, hyperlinks(parts), room()) if entries else ""
        _print(listed or "Nothing waits and nothing is held.")
    return OK


def named_release(said: str) -> str:
    """A release as somebody writes it ("v1.10"), as "1.10"."""
    version = read_version(said)
    if version is None:
        raise CommandError(f"{said!r} is no release: give one like 1.10.", USAGE)
    return version


def open_desk(parts: Parts) -> Desk:
    """The desk; a demo has nothing on it before its first sync."""
    if parts.demo is not None:
        _run(parts, full=True, push_only=False, quiet=True)
    desk = parts.desk()
    for notice in desk.notices:
        tell(notice)
    return desk


def _run(parts: Parts, *, full: bool, push_only: bool, quiet: bool = False) -> SyncReport:
    try:
        run = parts.sync_run()
    except TokenError as trouble:
        return _unasked(parts, trouble)
    try:
        return run.run(full=full, push_only=push_only, progress=None if quiet else _progress)
    finally:
        run.close()


def _unasked(parts: Parts, trouble: TokenError) -> SyncReport:
    """What a sync leaves as it was where the token cannot be had."""
    counts = parts.stores()[1].counts()
    return SyncReport(
        ok=False,
        full=False,
        sent=0,
        held=counts[Delivery.HELD],
        waiting=counts[Delivery.WAITING],
        in_doubt=counts[Delivery.SENDING],
        fetched={},
        requests=0,
        points=0,
        seconds=0.0,
        errors=(f"{trouble}.",),
        trouble=Trouble.CREDENTIALS,
    )


def _progress(step: Progress) -> None:
    tell(str(step), lead="  ")


def _finish(parts: Parts, report: SyncReport) -> int:
    asked = report.trouble is Trouble.CREDENTIALS and report.requests
    source = f" The token came from {token.source}." if asked and (token := parts.token()) is not None else ""
    for error in report.errors:
        tell(f"{error}{source}")
    if report.trouble is not None:
        return _STATUS.get(report.trouble, FAILED)
    return OK if report.ok else FAILED


def _report_json(report: SyncReport) -> dict[str, Any]:
    said = asdict(report)
    return {**said, "seconds": round(report.seconds, 3), "retry_at": moment(report.retry_at)}


def _unknown(desk: Desk, number: int) -> str:
    what = desk.world.process.proposal
    if (vep := desk.vep_of_pull(number)) is not None:
        return f"#{number} is a pull request of {what} {vep}: ask for {vep}."
    if desk.pull(number) is not None:
        return f"#{number} is a pull request, and no tracking issue of a {what}."
    never = desk.header().synced_at is None
    return f"There is no {what} {number} here; " + (
        "run `vep-tui sync` first." if never else "sync, or check the number."
    )


def _empty(never: bool, view: str, query: str, narrowed: str | None) -> str:
    if never:
        return "Nothing here yet: run `vep-tui sync` first."
    if narrowed:
        return f"The filter finds nothing in the view {view!r}, which is {query}; --view names another."
    return "Nothing needs you." if view == "needs-me" else f"The view {view!r} is empty."


def _print(text: str) -> None:
    print(text)  # noqa: T201


def _print_json(document: dict[str, Any]) -> None:
    print(printed(document))  # noqa: T201
