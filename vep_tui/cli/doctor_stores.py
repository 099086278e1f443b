"""What the doctor looks at in the two stores: soundness, what a crash left behind, schedule, and who I am."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vep_tui.cli.exits import FAILED, CommandError
from vep_tui.cli.finding import Finding, State
from vep_tui.cli.parts import Parts
from vep_tui.core.cycle import plural
from vep_tui.store.errors import NewerStore, StoreError

if TYPE_CHECKING:
    from vep_tui.core.world import World
    from vep_tui.store.desk import Desk
    from vep_tui.store.mirror import Mirror
    from vep_tui.store.outbox import Outbox

_UPDATE = "as it was installed: `pipx upgrade vep-tui`, `uv tool upgrade vep-tui` or pip install --upgrade"


def stores(parts: Parts) -> Iterator[Finding]:
    """Both stores; what is in them is looked at once they are sound."""
    try:
        damaged = yield from _damage(parts)
        if damaged:
            return
        desk = parts.desk()
        for notice in desk.notices:
            yield Finding("stores", State.NOTE, notice)
        mirror, outbox = parts.stores()
        for name, store in (("cache", mirror), ("outbox", outbox)):
            yield Finding("stores", State.GOOD, f"{name}: schema {store.database.schema_version()}, ok")
        yield from _left_behind(mirror, outbox, desk.world)
    except NewerStore as error:
        yield Finding("stores", State.BAD, str(error), _UPDATE, FAILED)
    except (StoreError, CommandError) as error:
        yield Finding("stores", State.BAD, str(error), "", FAILED)
    else:
        yield from _contents(desk)


def _damage(parts: Parts) -> Generator[Finding, None, bool]:
    """What keeps a file from being a store; yields it, and returns whether any is left when all was looked at."""
    from vep_tui.store import mending
    from vep_tui.store.schema import MIRROR, OUTBOX

    def cache(path: Path) -> str:
        aside = mending.begin_cache_anew(path)
        return f"begun anew, for the next `vep-tui sync` to fill; the damaged cache is kept as {aside.name}"

    def outbox(path: Path) -> str:
        aside, entries = mending.rebuild_outbox(path)
        read = "1 entry could be read and was" if entries == 1 else f"{entries} entries could be read and were"
        return f"{read} taken over; the damaged outbox is kept as {aside.name}"

    left = False
    for name, path, steps, mend in (
        ("cache", parts.paths.mirror, MIRROR, cache),
        ("outbox", parts.paths.outbox, OUTBOX, outbox),
    ):
        if not (wrong := mending.damage(path, steps)):
            continue
        does = "begins it anew; what waits is not in it" if name == "cache" else "takes over all that can be read"
        yield Finding(
            name,
            State.BAD,
            f"{path} is damaged: {wrong}",
            f"close every other vep-tui, then `vep-tui doctor --fix` {does}",
            FAILED,
            partial(mend, path),
        )
        left = left or bool(mending.damage(path, steps))
    return left


def _left_behind(mirror: Mirror, outbox: Outbox, world: World) -> Iterator[Finding]:
    """What a sync or a push that was broken off left lying there."""
    from vep_tui.store import mending
    from vep_tui.store.projection import BEHIND

    if lost := mending.cut_off(outbox):
        yield Finding(
            "outbox",
            State.BAD,
            f"{lost} of it should be on the way, but no request is known: no sync would find out",
            "`vep-tui doctor --fix` holds it, for you to look and decide",
            FAILED,
            lambda: f"{mending.hold_what_was_cut_off(outbox)} of it is held now; `vep-tui outbox` says why",
        )
    if (other := outbox.lease.other_pid()) is not None:
        yield Finding("sync", State.GOOD, f"another vep-tui (process {other}) is sending now")
    elif outbox.lease.left_behind():

        def release() -> str:
            outbox.lease.clear()
            return "what a sending that was broken off left behind is taken away"

        advice = "it holds nobody up; `vep-tui doctor --fix` takes it away"
        yield Finding("sync", State.NOTE, "a sending was broken off and left its lease behind", advice, mend=release)
    if mirror.meta(BEHIND):
        yield Finding(
            "sync",
            State.NOTE,
            "a sync is at work, or was broken off before the queue followed it",
            "`vep-tui sync`, or without GitHub: `vep-tui doctor --fix`",
            mend=lambda: (
                f"computed anew: {plural(mending.compute_left_behind(mirror, outbox, world), 'row')} of the queue"
            ),
        )


def _contents(desk: Desk) -> Iterator[Finding]:
    header, releases = desk.header(), desk.world.releases
    if header.synced_at is None:
        yield Finding("sync", State.NOTE, "never synced", "run `vep-tui sync`")
    else:
        yield Finding(
            "sync",
            State.GOOD,
            f"last at {header.synced_at.astimezone():%Y-%m-%d %H:%M %Z}, {plural(header.total, 'row')}",
        )
    if header.board_missing:
        yield Finding("board", State.NOTE, header.board_missing)
    elif not desk.world.process.board.get("number"):
        yield Finding("board", State.GOOD, "none configured ([process.board] number): releases come from the documents")
    for part in header.stale:
        yield Finding("sync", State.NOTE, f"not fetched the last time: {part}", "run `vep-tui sync`")
    if header.held:
        advice = "`vep-tui outbox` says why; then `vep-tui outbox retry ID`, or `drop ID`"
        yield Finding("outbox", State.NOTE, f"{header.held} held", advice)
    if header.in_doubt:
        text = f"{header.in_doubt} in doubt: the answer got lost, or whoever sent it was stopped"
        yield Finding("outbox", State.NOTE, text, "`vep-tui sync` looks for it on GitHub and never sends it twice")
    if releases:
        newest = max(releases, key=lambda r: tuple(map(int, r.version.split("."))))
        yield Finding("schedule", State.GOOD, f"{len(releases)} found, the newest for v{newest.version}")
    else:
        yield Finding(
            "schedule", State.NOTE, "no schedule file yet", "sync, or give dates in config.toml under [dates]"
        )
    me = f"{header.me}, in {', '.join(header.my_sigs) or 'no SIG'}" if header.me else "not known before the first sync"
    advice = "" if header.my_sigs or not header.me else "name your SIGs, as in: `vep-tui config set me.sigs compute`"
    yield Finding("you", State.NOTE if advice else State.GOOD, me, advice)
