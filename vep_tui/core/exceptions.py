"""Why a VEP may want a decision: it missed Enhancement Freeze, or an exception is asked for; it grants none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from vep_tui.core.checkin import heard, is_bot, own_words, shortened
from vep_tui.core.cycle import plural
from vep_tui.core.focus import day_of, previous_cut
from vep_tui.core.labelled import board_says
from vep_tui.core.marker import holds_checklist
from vep_tui.core.models import Issue, Part, PrKind, PrState, Reason, Vep
from vep_tui.core.schedule_table import coming_day
from vep_tui.core.scope import short
from vep_tui.core.stance import Stance
from vep_tui.core.vep_reasons import documents, is_approved, is_out, is_provisional, said_no
from vep_tui.core.world import World

_EXCEPTION = re.compile(
    r"\bexception\s+(?:request\s+)?(?:(?:is|was|has\s+been|got)\s+)?(?:approved|accepted|denied|rejected|refused)\b"
    r"|\bexception\b[^.\r\n]{0,80}\b(?:ask\w*|request\w*|post\w*|sent|grant\w*|file[ds]?|until|needed|required)\b"
    r"|\b(?:ask\w*|request\w*|post\w*|send|sent|grant\w*|fil(?:e|ed|ing)|need\w*)\b[^.\r\n]{0,80}\bexception\b"
    r"|\b(?:approv|accept|reject)\w*\s+(?:the|this|that|an|your)\s+(?:\w+\s+)?exception\b"
    r"|\b(?:ask\w*|request\w*|need\w*|grant\w*)\b[^.\r\n]{0,40}\bfreeze\s+extension\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:denied|rejected|refused|declined|not\s+(?:be(?:en)?\s+)?(?:granted|approved|accepted))\b(?!\s+yet)", re.I
)
_MENTIONED = re.compile(r"exception|freeze\s+extension", re.IGNORECASE)
_NOT_NEEDED = re.compile(
    r"\bno\s+(?:need\s+(?:for|of)\s+(?:an?\s+)?)?exception\b"
    r"|(?:\b(?:not|without|never)|n['’]t)\s+(?:\w+\s+){0,5}(?:an?|any|the)\s+exception\b"
    r"|\bexception\s+(?:\w+\s+){0,3}(?:not|\w+n['’]t)\s+(?:be\s+)?(?:needed|required|necessary)\b",
    re.IGNORECASE,
)
_OF_ANOTHER_KIND = re.compile(
    r"\b(?:throw\w*|rais\w+|catch\w*|caught|unhandled|uncaught)\s+(?:(?:an?|the|this|that)\s+)?(?:\w+\s+)?exception\b"
    r"|\bwith\s+the\s+exception\s+of\b|\bexception\s+handl\w+",
    re.IGNORECASE,
)
"""What programs have, and what a list leaves out."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_UNTIL = re.compile(
    r"\b(?:until|till)\s+(?:the\s+)?(?:\w{3,6}day,?\s+)?(?:the\s+)?(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b)(?:,?\s+\d{{4}})?)",
    re.IGNORECASE,
)


def missed_freeze(vep: Vep, stance: Stance) -> Iterator[Reason]:
    """Enhancement Freeze has passed without its proposal, and nobody has spoken of an exception."""
    world, cycle = stance.world, stance.cycle
    day = cycle.release.enhancement_freeze if cycle else None
    if cycle is None or day is None or cycle.in_design or cycle.released:
        return
    if is_approved(vep, cycle.version, world) or is_out(vep, world) or said_no(vep, world):
        return
    lacking = _lacking(vep, cycle.version, world)
    if not lacking or _may_have_an_exception(vep, cycle.version, world):
        return
    text = f"missed Enhancement Freeze of v{cycle.version}: {lacking}; no exception is known"
    mine, since = stance.ours or stance.oversees, datetime.combine(day, time.min, UTC)
    # Behind Code Freeze it cannot be mended in this release: all that is left is to name another.
    factor = stance.share("after_ga") if cycle.frozen else 1.0
    yield stance.reason("freeze-missed", text, since, mine=mine, factor=factor, pressed=not cycle.frozen)


def _lacking(vep: Vep, version: str, world: World) -> str:
    """What shows that its proposal is not merged for a release; empty when it is, or when that cannot be told."""
    unread = {Part.DOCUMENTS, Part.PROPOSALS, Part.LINKED} & world.unfetched
    if is_provisional(vep):
        return f"the {world.process.proposal} on main is provisional"
    settled = vep.document is not None and (vep.document.finished or not vep.document.targets)
    if unread or settled or documents(vep, version):
        return ""
    proposals = [p.pull for p in vep.pulls if p.kind is PrKind.VEP and not p.candidate]
    begun = previous_cut(version, world.releases) if vep.document else None
    for pull in proposals:
        early = begun is not None and pull.merged_at is not None and day_of(pull.merged_at) <= begun
        if pull.state is PrState.UNKNOWN or (pull.state is PrState.MERGED and not early):
            return ""
    opened = [short(p.ref) for p in proposals if p.state is PrState.OPEN]
    if opened:
        return f"{opened[0]} is open"
    what = world.process.proposal
    return f"the {what} on main names another release" if vep.document else f"no {what} is merged"


def _may_have_an_exception(vep: Vep, version: str, world: World) -> bool:
    """The board, the tracker or who may tell says in this cycle that there is one, and the last word is no refusal."""
    if board_says(vep, "exception", world.process):
        return True
    begun = previous_cut(version, world.releases)
    said = [c.body for c in heard(vep, world) if begun is None or day_of(c.created_at) > begun]
    last = next((one for body in (*said, vep.issue.body) if (one := _exception_in(body)) is not None), None)
    return last is not None and not last.refused


def exceptions(vep: Vep, stance: Stance) -> Iterator[Reason]:
    """An exception is asked for, or runs out."""
    world, cycle = stance.world, stance.cycle
    if cycle is not None and cycle.released:
        return
    mine = stance.ours or world.people.is_approver(world.me or "")
    spoken = _newest(vep.issue, stance)
    if spoken is not None:
        text, at = spoken
        yield stance.reason("exception", text, at, mine=mine)
    elif board_says(vep, "exception", world.process):
        yield stance.reason("exception", f"the board says {vep.board_status}", None, mine=mine)


def _newest(issue: Issue, stance: Stance) -> tuple[str, datetime] | None:
    """What was said last of an exception, and when."""
    for comment in reversed(issue.comments):
        if is_bot(comment.author, stance.world.process) or stance.days(comment.created_at) > stance.limit(
            "exception_age"
        ):
            continue
        found = _exception_in(comment.body)
        if found is None:
            continue
        day = None if found.refused else _last_day(own_words(comment.body), comment.created_at)
        if day is None:
            return f"{comment.author} on an exception: {shortened(found.words, 80)}", comment.created_at
        left = (day - stance.world.now.date()).days
        ends = f"runs out in {plural(left, 'day')}" if left > 0 else f"ran out {plural(-left, 'day')} ago"
        ends = ends if left else "runs out today"
        return f"the exception {ends} ({day.isoformat()})", comment.created_at
    return None


def _last_day(text: str, said_at: datetime) -> date | None:
    """The day behind "until"; one without its year is the next such day after it was said."""
    found = _UNTIL.search(text)
    return coming_day(found["day"], day_of(said_at)) if found else None


class _Spoken(NamedTuple):
    """What somebody says of an exception."""

    words: str
    refused: bool


def _exception_in(body: str) -> _Spoken | None:
    """What a text says, in its author's own words, of an exception that is asked for, granted or refused."""
    if not _MENTIONED.search(body) or holds_checklist(body):
        return None  # nearly all of them; and a checklist's own sentences speak of exceptions
    for sentence in _SENTENCE_END.split(_OF_ANOTHER_KIND.sub(" ", own_words(body))):
        found = None if _NOT_NEEDED.search(sentence) else _EXCEPTION.search(sentence)
        if found is not None:
            return _Spoken(found.group(), _DENIED.search(sentence) is not None)
    return None
