"""Why a VEP may want somebody: conversation, checklist, people and pace; graduation and exceptions have their rooms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from vep_tui.core.answers import Progress
from vep_tui.core.checkin import (
    is_bot,
    last_activity,
    last_answer,
    open_question,
    owners_of,
    thread,
    unanswered,
)
from vep_tui.core.cycle import Cycle, frozen_cycle, open_cycle, plural
from vep_tui.core.focus import order
from vep_tui.core.labelled import board_says
from vep_tui.core.models import (
    ItemState,
    LinkedPr,
    Part,
    PrKind,
    PrState,
    PullRequest,
    Reason,
    Stage,
    Vep,
    Verdict,
)
from vep_tui.core.process import Process
from vep_tui.core.scope import short
from vep_tui.core.stance import Stance
from vep_tui.core.world import World


def conversation(vep: Vep, stance: Stance) -> Iterator[Reason]:
    """Somebody asked me, or the owner asked and nobody answered."""
    said = thread(vep.issue)
    owners = owners_of(vep)
    world = stance.world
    asked = open_question(said, world.me, world.process) if world.me else None
    if asked is not None:
        text = f"{asked.by} asked you: {asked.text}"
        yield stance.reason("question", text, asked.at, personal=True, factor=stance.fading(asked.at), pressed=True)
    waiting = unanswered(said, owners, world.process)
    if waiting is not None and stance.days(waiting.at) >= stance.limit("question_age"):
        mine = stance.ours and (world.me or "").casefold() not in owners
        if asked is None or waiting.at != asked.at:
            text = f"{waiting.by} asked and nobody answered: {waiting.text}"
            yield stance.reason("unanswered", text, waiting.at, mine=mine, factor=stance.fading(waiting.at))


def checklist(vep: Vep, stance: Stance) -> Iterator[Reason]:
    """Items whose evidence turned, items left to tick after Code Freeze, pull requests and docs that are missing."""
    turned = [i for i in vep.checklist.items if i.turned]
    if turned:
        names = ", ".join(_short(stance.world.process, i.key) for i in turned)
        since = max((i.at for i in turned if i.at), default=None)
        mine = stance.ours or any(stance.is_me(i.by) for i in turned)
        yield stance.reason("evidence-turned", f"ticked, but no longer so: {names}", since, mine=mine, pressed=True)
    cycle = stance.cycle
    if cycle is None or released_long_ago(cycle, stance.world) or is_out(vep, stance.world):
        return
    items = vep.checklist.items if cycle.frozen and vep.checklist.release == cycle.version else ()
    left = [i for i in items if i.state is ItemState.TODO]
    ready = [_short(stance.world.process, i.key) for i in left if i.evidence.verdict is Verdict.MET]
    if left:
        count = "untouched" if len(left) == len(items) else f"{len(left)} of {len(items)} open"
        lead = f"ready: {', '.join(ready)}; " if ready else ""
        factor = _in_time(stance, cycle) * (1.0 if ready else stance.share("unready"))
        text = f"{lead}checklist v{cycle.version} {count}"
        yield stance.reason("checklist-open", text, cycle.frozen_at, factor=factor, pressed=True)
    yield from _pulls_due(vep, stance, cycle)


def released_long_ago(cycle: Cycle, world: World) -> bool:
    """Another release has passed Code Freeze since: what is left of this one's checklist is history."""
    frozen = frozen_cycle(world)
    return frozen is not None and cycle.frozen and frozen.version != cycle.version


def _pulls_due(vep: Vep, stance: Stance, cycle: Cycle) -> Iterator[Reason]:
    """Open code pull requests and missing docs from shortly before Code Freeze on."""
    if cycle.to_code is None or cycle.to_code > cycle.loud_before:
        return
    settled = {i.key for i in vep.checklist.items if i.state is not ItemState.TODO}
    late = [p for p in _of_kind(vep, PrKind.CODE) if p.pull.state is PrState.OPEN and not p.candidate]
    if late and "prs-merged" not in settled:
        refs = ", ".join(short(p.pull.ref) for p in late[:3]) + (" …" if len(late) > 3 else "")
        when = cycle.words or "Code Freeze is over"
        yield stance.reason("prs-open", f"{plural(len(late), 'code PR')} open, {when}: {refs}", pressed=True)
    docs = [p for p in _of_kind(vep, PrKind.DOCS) if p.pull.state is not PrState.CLOSED]
    unknown = not docs and Part.DOCS_PULLS in stance.world.unfetched
    if "docs-merged" not in settled and not unknown and all(p.candidate for p in docs):
        found = f"docs PR found but not confirmed: {short(docs[0].pull.ref)}" if docs else "no docs PR is known"
        since = cycle.frozen_at if cycle.frozen else None
        yield stance.reason("docs-missing", found, since, factor=_in_time(stance, cycle), pressed=True)


def _in_time(stance: Stance, cycle: Cycle) -> float:
    """1 while what is missing can still be mended in the release, the share `after_ga` once it is out."""
    return stance.share("after_ga") if cycle.released else 1.0


def _of_kind(vep: Vep, kind: PrKind) -> list[LinkedPr]:
    """The VEP's pull requests of a kind that serve the stage in focus or no stage in particular."""
    return [p for p in vep.pulls if p.kind is kind and p.stage in (None, vep.stage)]


def _short(process: Process, key: str) -> str:
    item = process.item(key)
    return item.short if item else key


def people(vep: Vep, stance: Stance) -> Iterator[Reason]:
    """Nobody owns it, or nobody reviews it while its design is being decided."""
    issue = vep.issue
    if not vep.tracker.contacts and not issue.assignees:
        yield stance.reason("no-owner", "nobody is named as owner", issue.created_at)
    elif vep.owning_sig is None:
        yield stance.reason("no-owner", "no owning SIG is known", issue.created_at)
    cycle = stance.cycle
    if cycle is None or not cycle.in_design or is_out(vep, stance.world) or said_no(vep, stance.world):
        return
    if vep.document is not None and vep.document.finished:
        return
    if vep.board_reviewer == "":
        tail = "" if board_says(vep, "tracked", stance.world.process) else "; without one it cannot become tracked"
        text = f"the board names no {stance.world.process.proposal} reviewer{tail}"
        yield stance.reason("no-reviewer", text, issue.created_at, pressed=True)
    elif vep.board_reviewer is None and not known_reviewers(vep, stance.world):
        text = f"no {stance.world.process.proposal} reviewer is known"
        yield stance.reason("no-reviewer", text, issue.created_at, pressed=True)
    if cycle.words and not _has_proposal(vep, cycle.version):
        text = f"no {stance.world.process.proposal} pull request for v{cycle.version}; {cycle.words}"
        yield stance.reason("vep-pr-missing", text, issue.created_at, pressed=True)


def known_reviewers(vep: Vep, world: World) -> tuple[str, ...]:
    """Who reviews a VEP: named on the board or in the document, else SIG people who reviewed its VEP pull requests.

    One that was closed unmerged is left out: a machine that comes later may never see it.
    """
    document = vep.document
    named = (*document.reviewers, *document.approvers) if document else ()
    if vep.board_reviewer or named:
        return tuple(dict.fromkeys((*((vep.board_reviewer,) if vep.board_reviewer else ()), *named)))
    owners = owners_of(vep)
    own = (p.pull for p in vep.pulls if p.kind is PrKind.VEP and not p.candidate)
    proposals = [pull for pull in own if pull.state is not PrState.CLOSED]
    return tuple(
        dict.fromkeys(who for pull in proposals for who in reviewers_of(pull, world) if who.casefold() not in owners)
    )


def reviewers_of(pull: PullRequest, world: World) -> tuple[str, ...]:
    """Who may speak for a SIG and was asked to review a pull request or has done so; never its author."""
    said = (*pull.review_requests, *(r.author for r in pull.reviews), *(c.author for c in pull.comments))
    spoke = (w for w in said if world.people.may_speak(w) and not is_bot(w, world.process))
    return tuple(dict.fromkeys(w for w in spoke if w.casefold() != pull.author.casefold()))


def _has_proposal(vep: Vep, version: str) -> bool:
    """An open VEP pull request, or a document that already names the release."""
    if any(p.kind is PrKind.VEP and p.pull.state is PrState.OPEN and not p.candidate for p in vep.pulls):
        return True
    return documents(vep, version)


def pace(vep: Vep, stance: Stance) -> Iterator[Reason]:
    """No check-in for long, and the stale bot's clock."""
    closing = closing_in(vep.issue.updated_at, vep.issue.labels, "issue", stance.world)
    if closing is not None and closing <= stance.limit("stale_warning"):
        when = f"in {plural(closing, 'day')}" if closing else "any day now"
        yield stance.reason("closing-soon", f"the stale bot closes it {when}", vep.issue.updated_at)
    yield from _check_in(vep, stance)


def _check_in(vep: Vep, stance: Stance) -> Iterator[Reason]:
    world, cycle = stance.world, stance.cycle
    checked = vep.last_check_in
    last = max(last_activity(vep.issue, world), checked.at) if checked else last_activity(vep.issue, world)
    age = stance.days(last)
    plan = open_cycle(world)
    planning = plan is not None and plan.pressure > 0 and (cycle is None or cycle.released) and _needs_plan(vep, plan)
    if vep.set_aside or said_no(vep, world) or (not planning and (cycle is None or cycle.released)):
        return
    loud = planning or (cycle is not None and cycle.pressure > 0)
    mine = stance.ours or (loud and stance.oversees)
    if age < stance.limit("check_in" if loud else "check_in_soft"):
        return
    if planning and plan is not None:
        text = f"nobody said what is planned for v{plan.version}; {plan.words}"
        yield stance.reason("check-in", text, last, mine=mine, factor=1 + plan.pressure)
    elif cycle is not None:
        text = f"no word for {plural(age, 'day')}" + (f"; {cycle.words}" if cycle.words else "")
        factor = 1 + cycle.pressure if loud else stance.limit("soft") / 100
        yield stance.reason("check-in", text, last, mine=mine, factor=factor)


def _needs_plan(vep: Vep, plan: Cycle) -> bool:
    """It has not reached GA and aims at no later release than the one that plans are made for."""
    finished = vep.stage is Stage.GA and order(vep.release) < order(plan.version)
    return not finished and order(vep.release) <= order(plan.version)


def is_removed(vep: Vep, world: World) -> bool:
    """The board has taken it out of the release."""
    return board_says(vep, "removed", world.process)


def is_out(vep: Vep, world: World) -> bool:
    """The board has taken it out of the release, or its document says that nothing of it is to come."""
    return vep.set_aside or is_removed(vep, world)


def is_approved(vep: Vep, release: str, world: World) -> bool:
    """Its document on main targets the release, not as an idea or set aside; the board, where it was read, decides."""
    if vep.board_status is not None:
        return board_says(vep, "tracked", world.process)
    return documents(vep, release) and not vep.set_aside and not is_provisional(vep)


def is_provisional(vep: Vep) -> bool:
    """Its document is on main as an idea, and not agreed on yet."""
    return vep.document is not None and vep.document.status_word == "provisional"


def documents(vep: Vep, release: str) -> bool:
    """Its document on main targets the release with any stage."""
    return vep.document is not None and any(vep.document.targets.of(s) == release for s in Stage)


def said_no(vep: Vep, world: World) -> bool:
    """Who may say so said in this cycle that nothing happens, or that it moved beyond the release in focus."""
    found = last_answer(vep, world)
    if found is None:
        return False
    answer, comment = found
    frozen = frozen_cycle(world)
    begun = frozen.frozen_at if frozen else None
    if comment.created_at < (begun or world.now - timedelta(days=world.process.thresholds["answer_holds"])):
        return False
    if answer.stage is not None and vep.stage not in (None, answer.stage):
        return False
    if answer.progress is Progress.NO_PLANS or (answer.progress is Progress.RETARGET and answer.release is None):
        return answer.cycle is None or order(answer.cycle) >= order(vep.release)
    return answer.progress is Progress.RETARGET and order(answer.release) > order(vep.release)


def closing_in(updated: datetime, labels: tuple[str, ...], kind: str, world: World) -> int | None:
    """Days until the stale bot closes an issue or pull request if nobody touches it; None when it is exempt."""
    names, clock = world.process.labels, world.process.stale[kind]
    if names["frozen"] in labels:
        return None
    quiet = (world.now - updated).days
    if names["rotten"] in labels:
        return max(0, clock["close"] - quiet)
    if names["stale"] in labels:
        return max(0, clock["rotten"] - quiet) + clock["close"]
    return max(0, clock["stale"] - quiet) + clock["rotten"] + clock["close"]
