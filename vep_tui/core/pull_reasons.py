"""Why an open VEP pull request may want somebody: whose turn it is and since when; it knows no trackers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from vep_tui.core.checkin import is_bot, open_question, thread, unanswered
from vep_tui.core.commands import prow_commands
from vep_tui.core.cycle import plural
from vep_tui.core.models import PullRequest, Reason, SignOffState
from vep_tui.core.signoff import (
    UNSEEN,
    Ack,
    approvals,
    holds,
    lgtms,
    requested_changes,
    sign_offs,
    sigs_of,
    stands,
    voices,
)
from vep_tui.core.stance import Stance
from vep_tui.core.vep_reasons import closing_in

_BLOCKED = {
    "needs-rebase": "it needs a rebase",
    "do-not-merge/invalid-commit-message": "a commit message is not valid",
    "dco-signoff: no": "a commit lacks its sign-off",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a pull request stands, worked out once."""

    pull: PullRequest
    stance: Stance
    lgtms: tuple[Ack, ...]
    approved: bool
    lgtmed: bool
    changes: tuple[Ack, ...]
    """Requested changes that no push has followed."""
    own: bool
    """I am its author."""
    blocked: tuple[str, ...]
    """What its author has to do first."""
    since: datetime | None
    """When its author last pushed or opened it."""
    fading: float
    """What is left of its weight when nobody has moved it for months."""


def standing(pull: PullRequest, stance: Stance) -> Standing:
    """Look at a pull request once for all its reasons."""
    labels = stance.world.process.labels
    given = lgtms(pull)
    changes = tuple(c for c in requested_changes(pull) if c.fresh and not is_bot(c.by, stance.world.process))
    blocked = [words for label, words in _BLOCKED.items() if label in pull.labels]
    blocked += [f"{c.by} asked for changes" for c in changes]
    if pull.is_draft or labels["wip"] in pull.labels:
        blocked.append("it is a draft")
    return Standing(
        pull,
        stance,
        given,
        stands(pull, labels["approved"], max((a.at for a in approvals(pull, stance.world)), default=None)),
        stands(pull, labels["lgtm"], _counted_at(pull, given, stance)),
        changes,
        stance.is_me(pull.author),
        tuple(blocked),
        pull.last_push_at or pull.created_at,
        stance.fading(_last_moved(pull, stance)),
    )


def _counted_at(pull: PullRequest, given: tuple[Ack, ...], stance: Stance) -> datetime | None:
    """When an LGTM was given last for which Prow would set its label: fresh, of somebody known, not cancelled since."""
    cancelled = [v.at for v in voices(pull) if any(c.name == "lgtm" and c.cancels for c in prow_commands(v.body))]
    last = max(cancelled, default=None)
    counted = (a.at for a in given if a.fresh and _speaks(a.by, stance) and (last is None or a.at > last))
    return max(counted, default=None)


def _last_moved(pull: PullRequest, stance: Stance) -> datetime | None:
    """When a person last pushed to it or said something on it."""
    spoke = (v.at for v in voices(pull) if not is_bot(v.by, stance.world.process))
    return max((m for m in (pull.created_at, pull.last_push_at, *spoke) if m is not None), default=None)


def asked(now: Standing) -> Iterator[Reason]:
    """Somebody asked for my review or for an answer."""
    pull, stance = now.pull, now.stance
    world = stance.world
    given = now.own or any(a.fresh and stance.is_me(a.by) for a in now.lgtms)
    for who, since in _requests(pull):
        if stance.is_me(who) and not given and not _spoke_since(pull, who, since):
            yield stance.reason(
                "review-requested",
                "your review is asked for",
                since,
                personal=True,
                factor=stance.fading(since),
                pressed=True,
            )
            break
    else:
        team = next((w for w, _ in _requests(pull) if _team_sig(w) in world.my_sigs), None)
        if team is not None and not given:
            text = f"a review is asked of {team.partition('/')[2]}"
            yield stance.reason("review-requested", text, now.since, mine=True, pressed=True)
        elif stance.anyone and pull.review_requests:
            text = f"a review is asked of {', '.join(pull.review_requests[:3])}"
            yield stance.reason("review-requested", text, now.since, pressed=True)
    said = thread(pull)
    question = open_question(said, world.me, world.process) if world.me else None
    if question is not None:
        text = f"{question.by} asked you: {question.text}"
        yield stance.reason(
            "question", text, question.at, personal=True, factor=stance.fading(question.at), pressed=True
        )
    waiting = unanswered(said, (pull.author,), world.process)
    if (
        waiting
        and (question is None or waiting.at != question.at)
        and stance.days(waiting.at) >= stance.limit("question_age")
    ):
        text = f"{waiting.by} asked and nobody answered: {waiting.text}"
        yield stance.reason(
            "unanswered", text, waiting.at, mine=stance.ours and not now.own, factor=stance.fading(waiting.at)
        )


def _requests(pull: PullRequest) -> list[tuple[str, datetime | None]]:
    """Whose review is asked for: GitHub's list, and people named by /cc or /assign, which Prow makes requests of.

    A later /uncc or /unassign takes back what was asked by such a command; without a name it is the speaker's own.
    """
    spoken: list[tuple[str, datetime | None]] = []
    for voice in voices(pull):
        for command in prow_commands(voice.body):
            if command.name in ("cc", "assign"):
                spoken += [(who, voice.at) for who in command.people]
            elif command.name in ("uncc", "unassign"):
                freed = {who.casefold() for who in command.people or (voice.by,)}
                spoken = [(who, at) for who, at in spoken if who.casefold() not in freed]
    return [*((who, pull.created_at) for who in pull.review_requests), *spoken]


def _spoke_since(pull: PullRequest, who: str, since: datetime | None) -> bool:
    """True when somebody who is not on GitHub's list any more has spoken after being named."""
    if any(r.casefold() == who.casefold() for r in pull.review_requests):
        return False
    return any(v.by.casefold() == who.casefold() and (since is None or v.at > since) for v in voices(pull))


def _team_sig(who: str) -> str | None:
    """The SIG of a team such as kubevirt/sig-compute-approvers."""
    name = who.partition("/")[2]
    return name.removeprefix("sig-").removesuffix("-approvers").removesuffix("-reviewers") if name else None


def acknowledged(now: Standing) -> Iterator[Reason]:
    """My LGTM went stale, the author pushed after my review, my SIG's LGTM is missing."""
    pull, stance = now.pull, now.stance
    mine = next((a for a in now.lgtms if stance.is_me(a.by)), None)
    if mine is not None and not mine.fresh:
        yield stance.reason(
            "lgtm-stale", "your LGTM is older than the last push", pull.last_push_at, personal=True, pressed=True
        )
    elif mine is None and not now.own and _reviewed_before_push(now):
        yield stance.reason("re-review", "pushed since your review", pull.last_push_at, personal=True, pressed=True)
    world = stance.world
    unseen = not now.lgtms and world.process.labels["lgtm"] in pull.labels  # perhaps of the very SIG that seems missing
    if now.blocked or unseen or (mine is not None and mine.fresh):
        return
    missing = [s for s in sign_offs(pull, world, stance.sigs) if s.state is not SignOffState.GIVEN]
    ours = [s for s in missing if s.sig in (world.my_sigs or (stance.owner,))]
    lead = "approved, but " if now.approved and not now.lgtmed else ""
    if not ours and not now.lgtmed:
        anybody = not world.my_sigs and not now.own
        text = f"{lead}there is no LGTM"
        yield stance.reason("lgtm-missing", text, now.since, mine=anybody, factor=now.fading, pressed=True)
    for one in sorted(ours, key=lambda s: s.sig != stance.owner)[:1] if mine is None else ():
        text = f"{lead}{one.sig}'s LGTM is missing"
        if one.state is SignOffState.STALE:
            text = f"{lead}{one.sig}'s LGTM by {', '.join(one.by)} is older than the last push"
        factor = now.fading if stance.ours else now.fading * stance.share("acknowledgement") / stance.share("other_sig")
        yield stance.reason("lgtm-missing", text, now.since, mine=not now.own, factor=factor, pressed=True)


def _reviewed_before_push(now: Standing) -> bool:
    """I reviewed it, and its author has pushed since my last word."""
    pushed = now.pull.last_push_at
    said = [v for v in voices(now.pull) if now.stance.is_me(v.by)]
    reviewed = any(v.verdict in ("CHANGES_REQUESTED", "COMMENTED") for v in said)
    return pushed is not None and reviewed and all(v.at < pushed for v in said)


def merging(now: Standing) -> Iterator[Reason]:
    """What stands between an acknowledged pull request and its merge."""
    pull, stance = now.pull, now.stance
    world = stance.world
    held = holds(pull, world)
    if held is not None:
        who = "you" if stance.is_me(held.by) else held.by or UNSEEN
        mine = stance.is_me(held.by) or (now.own and held.by is None)
        text = f"held by {who}" + (f": {held.why}" if held.why else "")
        yield stance.reason("held", text, held.at, mine=mine, pressed=True)
    if now.lgtmed and not now.approved and not now.blocked:
        approver = stance.anyone or (world.me is not None and world.people.is_approver(world.me))
        text = (
            "LGTM is there, your /approve is missing" if approver and world.me else "LGTM is there, /approve is missing"
        )
        since = max((a.at for a in now.lgtms), default=now.since)
        yield stance.reason("approve-missing", text, since, mine=approver, factor=now.fading, pressed=True)
    elif not now.approved and not now.blocked and not now.own and stance.may_approve:
        text = "neither an LGTM nor your /approve is there"
        factor = now.fading * stance.share("alone")
        yield stance.reason("approve-missing", text, now.since, mine=True, factor=factor, pressed=True)
    if now.blocked:
        text = f"the author's turn: {', '.join(now.blocked)}"
        since = max((c.at for c in now.changes), default=now.since)
        yield stance.reason("author-turn", text, since, mine=now.own)


def pace(now: Standing) -> Iterator[Reason]:
    """Reviews that lag, and the stale bot's clock."""
    pull, stance = now.pull, now.stance
    world = stance.world
    last = _last_of_author(now)
    waited = stance.days(last)
    answered = last is not None and any(
        v.at > last and _speaks(v.by, stance) for v in voices(pull) if v.by != pull.author
    )
    if not now.blocked and not now.lgtmed and not answered and waited > stance.limit("review_lag"):
        text = f"no reviewer has answered for {plural(waited, 'day')}"
        mine = stance.ours and not now.own
        yield stance.reason("review-lag", text, last, mine=mine, factor=now.fading, pressed=True)
    closing = closing_in(pull.updated_at, pull.labels, "pull", world) if pull.updated_at else None
    if closing is not None and closing <= stance.limit("stale_warning"):
        when = f"in {plural(closing, 'day')}" if closing else "any day now"
        yield stance.reason(
            "closing-soon", f"the stale bot closes it {when}", pull.updated_at, mine=stance.ours or now.own
        )


def _last_of_author(now: Standing) -> datetime | None:
    """When its author last pushed or said something."""
    said = [v.at for v in voices(now.pull) if v.by.casefold() == now.pull.author.casefold()]
    return max((*said, *((now.since,) if now.since else ())), default=None)


def _speaks(login: str, stance: Stance) -> bool:
    people = stance.world.people
    return not is_bot(login, stance.world.process) and (people.may_speak(login) or bool(sigs_of(people, login)))
