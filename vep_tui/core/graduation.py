"""Why a VEP may be due for its next stage, for closing or for a decision; it knows no conversation but answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from vep_tui.core.answers import Answer, Progress
from vep_tui.core.checkin import last_answer
from vep_tui.core.cycle import cycle_of, minor, open_cycle, plural, released_version
from vep_tui.core.focus import day_of, order, previous_cut
from vep_tui.core.models import Comment, Reason, Stage, TrackerStage, Vep
from vep_tui.core.stance import Stance
from vep_tui.core.vep_reasons import is_removed, said_no
from vep_tui.core.world import World


def reached(vep: Vep, world: World) -> Stage | None:
    """The furthest stage whose target release is out."""
    newest = order(released_version(world))
    out = [s for s in Stage if (t := vep.targets.of(s)) and order(t) <= newest]
    return out[-1] if out else None


def graduation(vep: Vep, stance: Stance) -> Iterator[Reason]:
    """Ready to close, ready to graduate, or longer in a stage than its time box."""
    document = vep.document
    if document is not None and (document.given_up or (document.finished and vep.targets.ga is None)):
        text = f"the document says {document.status}: close it"
        yield stance.reason("ready-to-close", text, factor=stance.limit("unready") / 100)
        return
    stage = reached(vep, stance.world)
    if stage is None or (stage is not Stage.GA and vep.tracker.stage is TrackerStage.DEPRECATED):
        return
    version = vep.targets.of(stage) or ""
    since = _released_at(version, stance.world)
    if stage is Stage.GA:
        done = vep.checklist.release == version and vep.checklist.done == len(vep.checklist.items) > 0
        tail = " and its checklist is done" if done else ""
        factor = 1.0 if done else stance.limit("unready") / 100
        yield stance.reason("ready-to-close", f"GA is out in v{version}{tail}: close it", since, factor=factor)
        return
    if document is not None and document.finished:
        return
    upcoming = Stage.BETA if stage is Stage.ALPHA else Stage.GA
    newest = released_version(stance.world)
    if any(order(vep.targets.of(later)) > order(newest) for later in Stage):
        return
    lasted = minor(newest) + 1 - minor(version)
    box = stance.world.process.time_box.get(stage.value)
    if box is not None and lasted > box:
        text = f"{stage.value} since v{version}: {plural(lasted, 'release')}, the time box is {box}"
        yield stance.reason("time-box", text, since, pressed=True)
    elif open_cycle(stance.world) is not None and not vep.set_aside and not said_no(vep, stance.world):
        text = f"{stage.value} is out in v{version}, no target for {upcoming.value}"
        yield stance.reason("ready-to-graduate", text, since, pressed=True)


def _released_at(version: str, world: World) -> datetime | None:
    cycle = cycle_of(version, world)
    day = cycle.release.ga if cycle else None
    return datetime.combine(day, time.min, UTC) if day else None


def targets(vep: Vep, stance: Stance) -> Iterator[Reason]:
    """Tracker, document, board and what the owner said last do not name the same release."""
    if stance.cycle is not None and stance.cycle.released:
        return
    said = []
    for stage in Stage:
        written = vep.document.targets.of(stage) if vep.document else None
        tracked = vep.tracker.targets.of(stage)
        if written and tracked and written != tracked:
            said.append(f"{stage.value}: the tracker says v{tracked}, the document v{written}")
    if vep.document and vep.document.status_word == "deferred" and vep.release:
        said.append(f"targeted at v{vep.release}, but the document says {vep.document.status}")
    if vep.release and is_removed(vep, stance.world):
        said.append(f"targeted at v{vep.release}, but the board says {vep.board_status}")
    found = last_answer(vep, stance.world)
    if found and vep.release and said_no(vep, stance.world):
        answer, comment = found
        if answer.progress is Progress.RETARGET and answer.release:
            said.append(f"targeted at v{vep.release}, but {comment.author} retargets it to v{answer.release}")
        elif _is_about(answer, comment, vep.release, stance):
            words = "retargets it" if answer.progress is Progress.RETARGET else "has no plans for it"
            said.append(f"targeted at v{vep.release}, but {comment.author} {words}")
    if said:
        yield stance.reason("targets-disagree", "; ".join(said), vep.issue.updated_at)


def _is_about(answer: Answer, comment: Comment, version: str, stance: Stance) -> bool:
    """Whether "this cycle" is that of a release: it names it, or was said while work on it went on."""
    if answer.cycle is not None or stance.cycle is None:
        return answer.cycle == version
    begun, ends = previous_cut(version, stance.world.releases), stance.cycle.release.code_freeze
    day = day_of(comment.created_at)
    return (begun is None or day > begun) and (ends is None or day < ends)
