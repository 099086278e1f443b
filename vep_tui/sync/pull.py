"""Brings the mirror up to date with GitHub: all of it once a day, else what changed; it sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from vep_tui.core.clock import stamp
from vep_tui.core.models import Part, Release
from vep_tui.core.nodes import moment
from vep_tui.core.process import Process
from vep_tui.core.schedule import read_schedule
from vep_tui.remote.client import Remote
from vep_tui.remote.errors import RemoteError
from vep_tui.store.linked import known_pulls
from vep_tui.store.mirror import Mirror
from vep_tui.sync.board import pull_board
from vep_tui.sync.branches import pull_branches
from vep_tui.sync.bugs import pull_bugs_elsewhere
from vep_tui.sync.errand import Errand
from vep_tui.sync.evidence import pull_watched
from vep_tui.sync.files import OIDS, pull_documents, pull_small_files
from vep_tui.sync.issues import hear_merged, pull_again, pull_all_issues, pull_all_proposals
from vep_tui.sync.lookups import Wanted, look_up, moved_on
from vep_tui.sync.progress import Progress
from vep_tui.sync.reverts import pull_reverts
from vep_tui.sync.shapes import count
from vep_tui.sync.sweep import Sweep, changed_issues, changed_proposals, sweep
from vep_tui.sync.watches import Watches, moved, watches_of

FULL_EVERY = timedelta(hours=24)
"""By GitHub's clock; a full pull sees what no sweep can: renamed labels and users."""
OVERLAP = timedelta(minutes=2)
"""How far the watermark lies before the start of a pull."""
PEOPLE, DOCUMENTS, ISSUES, PROPOSALS, LINKED = Part.PEOPLE, Part.DOCUMENTS, Part.ISSUES, Part.PROPOSALS, Part.LINKED
BOARD = "board"
UNFINISHED = "unfinished"
"""Meta key: true while what came may name more that was not asked for yet; a pull that finds it fetches everything."""
Calendar = Callable[[], Sequence[Release]]


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull brought."""

    fetched: Mapping[str, int]
    """Keys: issues, pull_requests, documents, schedules, people."""
    errors: tuple[str, ...]
    """What could not be fetched, in sentences."""
    full: bool
    """True when everything was fetched, asked for or due."""
    touched: tuple[int, ...] | None = ()
    """Issues and VEP pull requests that changed; None when the change may concern every VEP."""
    moved: tuple[str, ...] = ()
    """Refs of pull requests that changed."""


def pull(
    mirror: Mirror,
    remote: Remote,
    process: Process,
    *,
    full: bool,
    now: datetime,
    progress: Callable[[Progress], None] | None = None,
    releases: Calendar | None = None,
    broken_off: Callable[[PullReport], None] = lambda _: None,
) -> PullReport:
    """Fetch what changed, or everything with `full`, on a first pull and once a day.

    `releases` tells the calendar as it is at that moment; without it the mirrored schedules are read.
    Raises a `RemoteError` when going on is pointless (offline, no credentials, limited); what came until then is
    kept and told to `broken_off`, and what is stale is in the mirror's meta "stale". Smaller failures are told in the
    report.
    """
    errand = Errand(mirror, remote, process, now, progress)
    calendar = releases or (lambda: _schedules(errand))
    first = mirror.meta("full_at") is None or _scope(process) != mirror.meta("scope")
    full = full or first or bool(mirror.meta(UNFINISHED))
    errand.everything = first
    bugs = mirror.bugs()
    whole = False
    try:
        if not full:
            full = _pull_changes(errand, calendar)
        if full:
            _pull_everything(errand, calendar)
        pull_board(errand, full=full)
        whole = True
        if mirror.meta(UNFINISHED) and not errand.failed & {LINKED, Part.BUGS}:
            mirror.set_meta(UNFINISHED, False)
    except RemoteError:
        # When nothing came at all we are offline, and no part is worse off than another.
        errand.failed = errand.failed | (set(Part) - errand.done) if errand.done else set()
        raise
    finally:
        errand.everything |= mirror.bugs() != bugs
        if not whole:
            broken_off(_report_of(errand, full))
        _note(errand)
    return _report_of(errand, full)


def _report_of(errand: Errand, full: bool) -> PullReport:
    touched = None if errand.everything and errand.done else tuple(sorted(errand.touched))
    return PullReport(dict(errand.fetched), errand.all_errors(), full, touched, tuple(sorted(errand.moved)))


def _pull_everything(errand: Errand, calendar: Calendar) -> None:
    wanted = Wanted(errand.process)
    with errand.part(PEOPLE):
        pull_small_files(errand)
    start = errand.server_now()
    with errand.part(DOCUMENTS):
        pull_documents(errand, wanted, full=True)
    with errand.part(ISSUES):
        pull_all_issues(errand, wanted, errand.closed_since(_gas(calendar())))
    with errand.part(PROPOSALS):
        pull_all_proposals(errand, wanted)
    watches = watches_of(errand, calendar())
    pull_watched(errand, wanted, watches, watches.lists, full=True)
    with errand.part(LINKED):
        _pull_named(errand, wanted, full=True)
        pull_reverts(errand, watches, full=True)
    pull_bugs_elsewhere(errand, full=True, complete=errand.fine(ISSUES) and errand.fine(LINKED))
    pull_branches(errand, watches, None)
    if not errand.incomplete:
        errand.mirror.set_meta("full_at", start.isoformat())
        errand.mirror.set_meta("scope", _scope(errand.process))
    if errand.fine(ISSUES):
        _finish(errand, start)


def _pull_changes(errand: Errand, calendar: Calendar) -> bool:
    """Fetch what a sweep shows to be new; True when a full pull is due instead."""
    mirror, wanted = errand.mirror, Wanted(errand.process)
    watches = watches_of(errand, calendar())
    found: Sweep | None = None
    with errand.part(ISSUES):
        found = sweep(errand, _since(errand), watches)
    if found is None:
        return False
    start = errand.server_now()
    last = moment(mirror.meta("full_at"))
    if last is None or start - last > FULL_EVERY:
        return True
    if found.viewer:
        mirror.set_meta("viewer", found.viewer)
    _pull_known(errand, wanted, watches, found)
    with errand.part(ISSUES):
        if issues := _issues_to_fetch(errand, found, calendar):
            mirror.set_meta(UNFINISHED, True)
        pull_again(errand, wanted, issues=issues, proposals={}, pulls={})
    _pull_files(errand, wanted, found)
    pull_watched(errand, wanted, watches, moved(errand, watches, found.probes), full=False)
    with errand.part(LINKED):
        _pull_named(errand, wanted, full=False)
        pull_reverts(errand, watches, full=False)
    pull_bugs_elsewhere(errand, full=False, complete=False)
    pull_branches(errand, watches, found.heads)
    if errand.fine(ISSUES):
        _finish(errand, start)
    return False


def _pull_known(errand: Errand, wanted: Wanted, watches: Watches, found: Sweep) -> None:
    """Pull requests that are not as we know them; those whose every change the sweep shows are not asked for."""
    known = known_pulls(errand.mirror)
    swept = {f"{errand.enhancements}#{n.get('number')}".casefold() for n in found.proposals}
    lists = [watch for watch in watches.lists if watch.key in found.probes]
    unseen = [k for k in known if not (k.ref.casefold() in swept if k.proposal else any(w.holds(k) for w in lists))]
    changed = {}
    if found.recent and not {LINKED, PROPOSALS} & set(errand.mirror.meta("stale", [])):
        recent, since = found.recent, moment(errand.mirror.meta("watermark"))
        told = [k for k in unseen if recent.tells_of(k, since)]
        changed = {k.ref: k.node_id for k in told if recent.shows_change(k)}
        unseen = [k for k in unseen if not recent.tells_of(k, since)]
    with errand.part(LINKED):
        changed |= moved_on(errand, unseen)
    with errand.part(PROPOSALS):
        proposals = changed_proposals(known, found.proposals, errand.enhancements)
        proposals |= {k.ref: changed.pop(k.ref) for k in known if k.proposal and k.ref in changed}
        if proposals or changed:
            errand.mirror.set_meta(UNFINISHED, True)  # what a killed pull had read to ask for is forgotten with it
        pull_again(errand, wanted, issues={}, proposals=proposals, pulls=changed)


def _issues_to_fetch(errand: Errand, found: Sweep, calendar: Calendar) -> dict[int, str]:
    """New and changed ones, those open no more, and closed ones that somebody touched."""
    known = errand.mirror.known_issues()
    open_now = {count(n, "number") for n in found.issues}
    fetch = changed_issues(known, found.issues)
    fetch |= {n: k.node_id for n, k in known.items() if k.state == "OPEN" and n not in open_now}
    since = errand.closed_since(_gas(calendar())) if found.closed else None
    for node in found.closed:
        number, before = count(node, "number"), known.get(count(node, "number"))
        closed_at = moment(node.get("closedAt"))
        recent = since is None or closed_at is None or closed_at >= since
        if number and recent and (before is None or before.updated_at != node.get("updatedAt")):
            fetch[number] = str(node.get("id") or "")
    return fetch


def _pull_named(errand: Errand, wanted: Wanted, *, full: bool) -> None:
    """What texts name; and where conversations came that we did not have, what is named there."""
    look_up(errand, wanted, full=full)
    if hear_merged(errand, wanted, full=full):
        look_up(errand, wanted, full=False)


def _pull_files(errand: Errand, wanted: Wanted, found: Sweep) -> None:
    """Folders and files whose oid is another than at the last pull."""
    known = errand.mirror.meta(OIDS, {})
    changed = {place for place, oid in found.oids.items() if known.get(place) != oid}
    if "repository/documents" in changed:
        with errand.part(DOCUMENTS):
            errand.mirror.set_meta(UNFINISHED, True)
            pull_documents(errand, wanted, full=False)
    else:
        errand.done.add(DOCUMENTS)
    if changed - {"repository/documents"}:
        with errand.part(PEOPLE):
            pull_small_files(errand)
    else:
        errand.done.add(PEOPLE)


def _finish(errand: Errand, start: datetime) -> None:
    errand.mirror.set_meta("watermark", (start - OVERLAP).isoformat())
    errand.mirror.set_meta("synced_at", errand.now.isoformat())


def _note(errand: Errand) -> None:
    """Remember what is stale, and how GitHub counts us."""
    mirror, remote = errand.mirror, errand.remote
    before = [word for word in mirror.meta("stale", []) if not errand.fine(word)]
    mirror.set_meta("stale", [*before, *sorted(errand.failed - set(before))])
    mirror.set_meta("page_size", errand.page_size.now)
    if errand.done:
        reset = remote.reset_at.isoformat() if remote.reset_at else None
        mirror.set_meta("rate", {"remaining": remote.remaining, "reset_at": reset})
        mirror.set_meta("scopes", remote.scopes)
        mirror.set_meta("skew", remote.skew)


def _since(errand: Errand) -> str:
    """The watermark, or the newest change we know of where that is earlier: it is of GitHub's making for certain."""
    known = errand.mirror.known_issues().values()
    newest = max(filter(None, (moment(k.updated_at) for k in known)), default=None)
    watermark = moment(errand.mirror.meta("watermark"))
    earliest = min(filter(None, (watermark, newest)), default=datetime(1970, 1, 1, tzinfo=UTC))
    return stamp(earliest)


def _gas(releases: Sequence[Release]) -> list[datetime]:
    """When the releases came out."""
    return [datetime.combine(release.ga, time(), UTC) for release in releases if release.ga is not None]


def _schedules(errand: Errand) -> tuple[Release, ...]:
    """The calendar as the mirrored files have it."""
    root = errand.process.paths["schedules"]
    files = errand.mirror.files(errand.process.repositories["release"], f"{root}/")
    found = (read_schedule(path, words, errand.process) for path, (_, words) in files.items())
    return tuple(release for release in found if release is not None)


def _scope(process: Process) -> dict[str, Any]:
    """Where everything is fetched from; another place makes the next pull a full one."""
    bug = process.labels.get("bug", "")
    return {"repositories": dict(process.repositories), "paths": dict(process.paths), "bug": bug}
