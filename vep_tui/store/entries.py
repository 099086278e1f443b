"""A VEP or VEP pull request as it is written into the queue's tables; it reads no foreign text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vep_tui.core.models import LinkedPr, PrKind, PullRequest, Reason, Stage, Vep
from vep_tui.core.nodes import EPOCH
from vep_tui.core.queue import (
    changed_at,
    is_post_freeze,
    needs_me,
    pull_reasons,
    score,
    stance_of_pull,
    waiting_since,
)
from vep_tui.core.shelf import folder_mark
from vep_tui.core.vep_reasons import known_reviewers, reviewers_of
from vep_tui.core.versions import version_key
from vep_tui.store.database import Database, sound_text, to_json, to_stamp
from vep_tui.store.sets import Changes, Mark, marks_of_text, value_marks
from vep_tui.store.threads import key_of

if TYPE_CHECKING:
    from vep_tui.core.world import World

_NEVER = "9999"
"""Sorts behind every moment."""
_COLUMNS = (
    *("number", "kind", "vep", "title", "sig", "stage", "stage_order", "release", "release_order", "state", "score"),
    *("since", "changed_at", "checklist_done", "checklist_total", "items", "reasons", "updated_at", "haystack"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written for one row."""

    columns: Mapping[str, Any]
    tags: frozenset[tuple[str, str]]
    links: tuple[tuple[str, int], ...] = ()
    """(ref in lower case, 1 if it is the VEP's own and 2 if the tracker lists it, else 0).

    The mark of the document's folder is among them: whatever comes to touch it concerns the VEP."""


def vep_entry(vep: Vep, around: Iterable[str], world: World) -> Entry:
    """The row of a VEP; `around` are the pull requests that may matter to it."""
    issue = vep.issue
    sigs = (vep.owning_sig, *vep.other_sigs) if vep.owning_sig else (*vep.label_sigs, *vep.other_sigs)
    own = {key_of(p.pull.ref): _ownership(p, world) for p in vep.pulls}
    named = (*vep.gates, *vep.tracker.contacts, *issue.assignees)
    columns = {
        "kind": "vep",
        "vep": vep.number,
        "title": sound_text(vep.tracker.title or issue.title),
        "sig": vep.owning_sig,
        "state": issue.state,
        "changed_at": to_stamp(changed_at(issue, world, (p.pull for p in vep.pulls)) or issue.updated_at),
        "items": to_json({i.key: i.state.value for i in vep.checklist.items}),
        "checklist_done": vep.checklist.done,
        "checklist_total": len(vep.checklist.items),
        "updated_at": to_stamp(issue.updated_at),
        "haystack": _haystack(vep.number, issue.title, vep.tracker.title, *sigs, *named, issue.author, *issue.labels),
        **_placed(vep.number, vep.stage, vep.release),
        **_scored(vep.reasons, vep.score),
    }
    flags = {"post-freeze"} if is_post_freeze(vep, world) and issue.state == "open" else set()
    tags = _tags(
        sig=sigs,
        label=issue.labels,
        author=(issue.author,),
        reviewer=known_reviewers(vep, world),
        **_flags(vep.reasons, issue.labels, flags, world),
    )
    links = {**dict.fromkeys((*around, *folder_mark(vep.document_path, world.process)), 0), **own}
    return Entry(columns, tags, tuple(sorted(links.items())))


def pull_entry(pull: PullRequest, vep: Vep | None, world: World) -> Entry:
    """The row of an open VEP pull request; `vep` is the one it belongs to, if known."""
    found = pull_reasons(pull, vep, world)
    stance = stance_of_pull(pull, vep, world)
    sigs = (stance.owner, *stance.sigs) if stance.owner else stance.sigs
    reviewers = reviewers_of(pull, world)
    asked = tuple(dict.fromkeys((*pull.review_requests, *reviewers)))
    columns = {
        "kind": "pr",
        "vep": vep.number if vep else None,
        "title": sound_text(pull.title),
        "sig": stance.owner,
        "state": "open" if pull.state == "open" else "closed",
        "changed_at": to_stamp(changed_at(pull, world) or EPOCH),
        "items": "{}",
        "checklist_done": 0,
        "checklist_total": 0,
        "updated_at": to_stamp(pull.updated_at or EPOCH),
        "haystack": _haystack(pull.number, pull.title, *sigs, *asked, pull.author, *pull.labels),
        **_placed(pull.number, vep.stage if vep else None, vep.release if vep else None),
        **_scored(found, score(found, world)),
    }
    tags = _tags(
        sig=sigs,
        label=pull.labels,
        author=(pull.author,),
        reviewer=asked,
        **_flags(found, pull.labels, set(), world),
    )
    return Entry(columns, tags)


def write_entries(database: Database, entries: Iterable[tuple[int, Entry | None]]) -> None:
    """Put rows in the place of what was there, by number; None takes a row out of the queue."""
    changes = Changes()
    for number, entry in entries:
        _note_change(database, number, entry, changes)
        for table in ("queue", "queue_tag", "queue_link"):
            database.run(f"DELETE FROM {table} WHERE number = ?", (number,))  # noqa: S608 - our own names
        if entry is not None:
            _insert(database, number, entry)
    changes.write(database)


def _note_change(database: Database, number: int, entry: Entry | None, changes: Changes) -> None:
    """Which sets a row leaves and enters; those of an unchanged text stay as they are."""
    had: set[Mark] = set()
    has: set[Mark] = set()
    row = database.row("SELECT * FROM queue WHERE number = ?", (number,))
    before = row["haystack"] if row is not None else ""
    after = entry.columns["haystack"] if entry is not None else ""
    if row is not None:
        tags = database.rows("SELECT field, value FROM queue_tag WHERE number = ?", (number,))
        had = value_marks(dict(row), ((tag[0], tag[1]) for tag in tags))
    if entry is not None:
        has = value_marks(entry.columns, entry.tags)
    if before != after:
        had |= marks_of_text(before)
        has |= marks_of_text(after)
    changes.move(number, had, has)


def _insert(database: Database, number: int, entry: Entry) -> None:
    marks = ",".join("?" * len(_COLUMNS))
    database.run(
        f"INSERT INTO queue ({','.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608 - our own names
        [entry.columns[c] for c in _COLUMNS],
    )
    tags = [(name, value, number) for name, value in sorted(entry.tags)]
    database.run_many("INSERT INTO queue_tag (field, value, number) VALUES (?, ?, ?)", tags)
    links = [(number, ref, own) for ref, own in entry.links]
    database.run_many("INSERT INTO queue_link (number, ref, own) VALUES (?, ?, ?)", links)


def _ownership(link: LinkedPr, world: World) -> int:
    """How much a proposal is the VEP's own; nothing else is asked for its VEP."""
    proposal = link.pull.repository.casefold() == world.process.enhancements.casefold()
    if link.candidate or link.kind is not PrKind.VEP or not proposal:
        return 0
    return 2 if link.listed else 1


def _placed(number: int, stage: Stage | None, release: str | None) -> dict[str, Any]:
    order = version_key(release) if release else (9999, 0)
    return {
        "number": number,
        "stage": stage.value if stage else None,
        "stage_order": list(Stage).index(stage) if stage else len(Stage),
        "release": release,
        "release_order": order[0] * 10_000 + order[1],
    }


def _scored(found: tuple[Reason, ...], loudness: float) -> dict[str, Any]:
    since = waiting_since(found)
    rows = [(r.reason, r.text, to_stamp(r.since) if r.since else None, r.weight, r.mine) for r in found]
    return {"score": float(loudness), "since": to_stamp(since) if since else _NEVER, "reasons": to_json(rows)}


def _flags(
    found: tuple[Reason, ...], labels: tuple[str, ...], flags: set[str], world: World
) -> dict[str, tuple[str, ...]]:
    names = world.process.labels
    if needs_me(found):
        flags.add("attention")
    if {names["stale"], names["rotten"]} & set(labels):
        flags.add("stale")
    return {"is": tuple(flags), "reason": tuple(r.reason for r in found)}


def _tags(**fields: Iterable[str | None]) -> frozenset[tuple[str, str]]:
    return frozenset((name, v) for name, values in fields.items() for v in _folded(values))


def _folded(values: Iterable[str | None]) -> Iterator[str]:
    return (sound_text(v).casefold() for v in values if v)


def _haystack(number: int, *words: str | None) -> str:
    return "\n".join(dict.fromkeys((f"#{number}", *_folded(words))))
