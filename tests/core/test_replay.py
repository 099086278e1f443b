"""Real threads put back to days around a freeze: the rows that chairs then acted on should stand near the top.

The excerpts know no pushes, no review requests and not every comment, so this holds a lower bound and says how much
better than chance the order is; it is no yardstick to fit weights to.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from real_threads import DATA, HOME

from vep_tui.core.document import read_document
from vep_tui.core.models import Comment, Document, Issue, People, PrState, PullRequest, Release, Review
from vep_tui.core.owners import merge_people, read_aliases, read_owners, read_sigs
from vep_tui.core.process import read_process
from vep_tui.core.queue import needs_me, order_key, pull_reasons
from vep_tui.core.schedule import read_schedule, with_overrides
from vep_tui.core.vep import Sources, assemble
from vep_tui.core.world import World

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the data folder is not beside the project")

PROCESS = read_process(tomllib.loads((files("vep_tui") / "process.toml").read_text(encoding="utf-8")))
SLIPPED = {"1.10": {"enhancement_freeze": date(2026, 9, 2), "code_freeze": date(2026, 10, 21)}}
"""Named in threads; its schedule file came later."""
CHAIRS = ("vladikr", "iholder101", "xpivarc", "lyarwood", "EdDev", "orelmisan", "fossedihelm", "0xFelix", "akalenyu")
DAYS = ("2026-04-06", "2026-04-13", "2026-04-20", "2026-04-27", "2026-06-22", "2026-08-03", "2026-08-17", "2026-08-31")
"""Mondays before the freezes of April and September, and around the Code Freeze of June."""
FIRST = 10

Row = tuple[tuple[float, float, int], int]


@cache
def threads() -> tuple[dict[str, Any], ...]:
    paths = sorted((DATA / "threads").glob("enhancements-*.json"))
    return tuple(json.loads(path.read_text(encoding="utf-8")) for path in paths)


@cache
def people() -> People:
    community, home, release = DATA / "community", DATA / "enhancements", DATA / "sig-release"
    aliases = read_aliases((community / "OWNERS_ALIASES").read_text(encoding="utf-8"))
    team = read_aliases((release / "OWNERS_ALIASES").read_text(encoding="utf-8"))
    return merge_people(
        read_owners((home / "OWNERS").read_text(encoding="utf-8")),
        {"code": aliases, "release": team},
        read_sigs((community / "sigs.yaml").read_text(encoding="utf-8")),
    )


@cache
def releases() -> tuple[Release, ...]:
    paths = sorted((DATA / "sig-release" / "releases").glob("*/schedule.yaml"))
    found = (read_schedule(p.parent.name, p.read_text(encoding="utf-8"), PROCESS) for p in paths)
    return with_overrides((r for r in found if r is not None), SLIPPED)


@cache
def documents() -> dict[int, Document]:
    """By the number of the folder; as on main at the end, which is later than most of the days."""
    found = {}
    for path in (DATA / "enhancements" / "veps").rglob("vep.md"):
        number, _, rest = path.parent.name.partition("-")
        if rest and number.isdigit():
            found[int(number)] = read_document(path.read_text(encoding="utf-8"), PROCESS)
    return found


def day(text: str) -> datetime:
    return datetime.fromisoformat(text[:10]).replace(tzinfo=UTC, hour=12)


def said_by(thread: dict[str, Any], now: datetime) -> list[dict[str, Any]]:
    return [c for c in thread["comments"] if c["date"] and day(c["date"]) < now]


def begun(thread: dict[str, Any]) -> datetime | None:
    """When it was opened; a week before its first word where the excerpt does not say."""
    if thread["created"]:
        return day(thread["created"])
    dated = [day(c["date"]) for c in thread["comments"] if c["date"]]
    return min(dated) - timedelta(days=7) if dated else None


def is_open(thread: dict[str, Any], now: datetime) -> bool:
    """Opened, and not closed as far as its last word tells."""
    since = begun(thread)
    later = any(c["date"] and day(c["date"]) >= now for c in thread["comments"])
    return since is not None and since < now and (thread["state"] == "open" or later)


def comment(said: dict[str, Any], n: int) -> Comment:
    at = day(said["date"]) + timedelta(minutes=n)
    return Comment(f"c{n}", "", said["author"], said["body"], at, at)


def queue_of(me: str, now: datetime) -> list[int]:
    """What needs `me` on that day, loudest first."""
    world = World(PROCESS, people(), releases(), now, me, people().sigs_of(me))
    rows: list[Row] = []
    for thread in threads():
        if not is_open(thread, now):
            continue
        found = issue_reasons(thread, now, world) if thread["kind"] == "issue" else pull_found(thread, now, world)
        if needs_me(found):
            rows.append((order_key(thread["number"], found, world), thread["number"]))
    return [number for _, number in sorted(rows)]


def issue_reasons(thread: dict[str, Any], now: datetime, world: World) -> Any:
    said = [comment(c, n) for n, c in enumerate(said_by(thread, now))]
    opened = begun(thread) or now
    issue = Issue(
        thread["number"],
        thread["title"],
        thread["body"],
        "open",
        f"https://github.com/{HOME}/issues/{thread['number']}",
        thread["author"],
        opened,
        max([opened, *(c.created_at for c in said)]),
        labels=tuple(label for label in thread["labels"] if not label.startswith("lifecycle/")),
        comments=tuple(said),
    )
    return assemble(issue, Sources(document=documents().get(thread["number"])), world).reasons


def pull_found(thread: dict[str, Any], now: datetime, world: World) -> Any:
    said = said_by(thread, now)
    opened = begun(thread) or now
    spoken = [comment(c, n) for n, c in enumerate(said)]
    reviewed = {n for n, c in enumerate(said) if c.get("type", "").startswith("review")}
    pull = PullRequest(
        f"{HOME}#{thread['number']}",
        title=thread["title"],
        state=PrState.OPEN,
        author=thread["author"],
        body=thread["body"],
        created_at=opened,
        updated_at=max([opened, *(c.created_at for c in spoken)]),
        comments=tuple(c for n, c in enumerate(spoken) if n not in reviewed),
        reviews=tuple(
            Review(c.author, "COMMENTED", c.body, c.created_at) for n, c in enumerate(spoken) if n in reviewed
        ),
        labels=tuple(label for label in thread["labels"] if label.startswith("sig/")),
    )
    return pull_reasons(pull, None, world)


def acted_on(me: str, now: datetime) -> set[int]:
    """Open rows of others that `me` said something on in the seven days from then."""
    until = now + timedelta(days=7)
    return {
        thread["number"]
        for thread in threads()
        if is_open(thread, now)
        and thread["author"].casefold() != me.casefold()
        and any(
            c["author"].casefold() == me.casefold() and c["date"] and now <= day(c["date"]) < until
            for c in thread["comments"]
        )
    }


def replay() -> Iterable[tuple[str, str, list[int], set[int]]]:
    """(chair, day, queue, rows acted on) for every chair who acted in the week of a day."""
    for text in DAYS:
        now = datetime.fromisoformat(text).replace(tzinfo=UTC, hour=7)
        for me in CHAIRS:
            acted = acted_on(me, now)
            if acted:
                yield me, text, queue_of(me, now), acted


def test_what_chairs_acted_on_stood_among_the_first_rows() -> None:
    possible = hits = listed = 0
    chance = 0.0
    told = []
    for me, text, queue, acted in replay():
        found = len(acted & set(queue[:FIRST]))
        possible += min(FIRST, len(acted))
        hits += found
        listed += len(acted & set(queue))
        chance += len(acted & set(queue)) * min(1.0, FIRST / max(1, len(queue)))
        places = {n: queue.index(n) + 1 if n in queue else None for n in sorted(acted)}
        told.append(f"{text} {me:<12} {found} of {len(acted)} in the first {FIRST} of {len(queue)}: {places}")
    summary = "\n".join([*told, f"{hits} of {possible} in the first {FIRST}, {listed} listed, chance {chance:.1f}"])
    assert possible >= 20, summary
    assert listed >= possible * 0.85, summary
    assert hits >= possible * 0.45, summary
    assert hits >= chance * 1.4, summary
