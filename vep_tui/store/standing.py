"""The world as the mirror has it: people and calendar out of their files, read once per version of those files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from vep_tui import __version__
from vep_tui.core.models import Milestone, People, Release
from vep_tui.core.world import World
from vep_tui.store.errors import StoreUnavailable

if TYPE_CHECKING:
    from vep_tui.core.process import Process
    from vep_tui.store.mirror import Mirror

_META = "standing"
_WITH_ALIASES = ("code", "community", "release", "enhancements")
"""Roles of the repositories with aliases; the first gives a handle its spelling."""


def read_world(
    mirror: Mirror,
    process: Process,
    *,
    now: datetime,
    me: str | None = None,
    my_sigs: Sequence[str] = (),
    told_sigs: Sequence[str] = (),
    reviewers: Iterable[str] = (),
    dates: Mapping[str, Mapping[str, date]] | None = None,
) -> World:
    """The world of this moment.

    `me` and `my_sigs` of the settings come first, then whom GitHub said the token belongs to and their SIGs; what
    they answered when asked (`told_sigs`) helps where no file names them.
    `reviewers` may speak beside those of the files; `dates` are slipped dates by release.
    """
    people, releases = _standing(mirror, process, tuple(reviewers), dates or {})
    viewer = me or mirror.meta("viewer") or None
    sigs = tuple(my_sigs) or (people.sigs_of(viewer) if viewer else ()) or tuple(told_sigs)
    # Once everything was fetched, what is stale is old, but not unknown.
    lacking = mirror.meta("stale", []) if mirror.meta("full_at") is None else ()
    return World(process, people, releases, now, viewer, sigs, frozenset(lacking))


def _standing(
    mirror: Mirror, process: Process, reviewers: tuple[str, ...], dates: Mapping[str, Mapping[str, date]]
) -> tuple[People, tuple[Release, ...]]:
    """People and releases; kept as values, because reading YAML would cost the first frame its time."""
    oids = [sorted(mirror.oids(repo).items()) for repo in _repositories(process)]
    own = (process.paths["owners"], process.paths["aliases"])
    oids.extend(sorted(mirror.oids(process.enhancements, path).items()) for path in own)
    parts = (__version__, oids, process.repositories, process.paths, process.schedule, reviewers, sorted(dates.items()))
    key = repr(parts)
    kept = mirror.meta(_META)
    if isinstance(kept, dict) and kept.get("key") == key:
        return _people(kept["people"]), tuple(_release(r) for r in kept["releases"])
    people, releases = _read(mirror, process, reviewers, dates)
    if not mirror.database.read_only:
        plain = {"key": key, "people": people._asdict(), "releases": [_kept(r) for r in releases]}
        try:
            with mirror.database.impatient():
                mirror.set_meta(_META, plain)
        except StoreUnavailable:
            return people, releases  # kept the next time
    return people, releases


def _read(
    mirror: Mirror, process: Process, reviewers: tuple[str, ...], dates: Mapping[str, Mapping[str, date]]
) -> tuple[People, tuple[Release, ...]]:
    from vep_tui.core.owners import merge_people, read_aliases, read_owners, read_sigs
    from vep_tui.core.schedule import read_schedule, with_overrides

    names, paths = process.repositories, process.paths
    owners = read_owners(mirror.file(process.enhancements, paths["owners"]) or "")
    aliases = {
        names[role]: read_aliases(mirror.file(names[role], paths["aliases"]) or "")
        for role in _WITH_ALIASES
        if role in names
    }
    sigs = read_sigs(mirror.file(names.get("community", ""), paths["sigs"]) or "")
    files = mirror.files(names.get("release", ""), f"{paths['schedules']}/")
    found = (read_schedule(path, text, process) for path, (_, text) in files.items())
    releases = with_overrides((r for r in found if r is not None), dates)
    return merge_people(owners, aliases, sigs, reviewers), releases


def _repositories(process: Process) -> tuple[str, ...]:
    """The repositories of which all files that are kept say who is who or when what is."""
    roles = (role for role in _WITH_ALIASES if role != "enhancements")
    return tuple(process.repositories[role] for role in roles if role in process.repositories)


def _kept(release: Release) -> Any:
    return _plain(release._asdict() | {"milestones": [milestone._asdict() for milestone in release.milestones]})


def _plain(value: Any) -> Any:
    """Dates as text, for JSON."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


def _people(kept: Mapping[str, Any]) -> People:
    pairs = {name: tuple((sig, tuple(who)) for sig, who in kept[name]) for name in ("sigs", "chairs")}
    lists = {name: tuple(kept[name]) for name in ("approvers", "reviewers", "others")}
    return People(sigs=pairs["sigs"], chairs=pairs["chairs"], **lists)


def _release(kept: Mapping[str, Any]) -> Release:
    days = {
        name: date.fromisoformat(kept[name]) if kept[name] else None
        for name in ("enhancement_freeze", "code_freeze", "ga")
    }
    return Release(
        version=kept["version"],
        branch=kept["branch"],
        candidates=tuple((n, date.fromisoformat(day)) for n, day in kept["candidates"]),
        milestones=tuple(Milestone(date.fromisoformat(m["day"]), m["name"], m["what"]) for m in kept["milestones"]),
        moved=tuple((n, date.fromisoformat(day) if day else None) for n, day in kept.get("moved", ())),
        **days,
    )
