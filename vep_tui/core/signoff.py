"""Who acknowledged, approved or held a VEP pull request, by Prow's rules; it colours nothing and asks nobody.

An LGTM is `/lgtm` in a comment or review, or a review that approves; the same person's `/lgtm cancel` or requested
changes take it back; one older than the last push is stale. An approval is the text `/approve` of a root approver and
nothing else: the repository tells Prow to ignore review states for it, in both directions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from vep_tui.core.commands import prow_commands
from vep_tui.core.models import People, PrState, PullRequest, SignOff, SignOffState
from vep_tui.core.process import Process
from vep_tui.core.world import World

UNSEEN = "somebody (only the label shows it)"
"""Who gave what GitHub shows by a label alone."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person said on a pull request, as comment or review."""

    by: str
    at: datetime
    body: str
    verdict: str = ""
    """GitHub's review state; empty for a comment."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Ack:
    """A standing LGTM or approval."""

    by: str
    at: datetime
    fresh: bool = True
    """False when the last push is newer."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A pull request that must not merge yet."""

    by: str | None
    """None when only the label shows it."""
    at: datetime | None
    why: str = ""
    """The words behind `/hold`."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands on one VEP pull request: acknowledgement per SIG, approval apart from it, and a hold."""

    sign_offs: tuple[SignOff, ...]
    approvals: tuple[Ack, ...]
    hold: Hold | None
    unseen: tuple[str, ...] = ()
    """Of "lgtm" and "approved" those whose label is there while nobody is seen who gave it."""


def signs_of(pull: PullRequest, world: World, participating: Iterable[str] = ()) -> Signs:
    """Everything that was said about merging one pull request."""
    given = approvals(pull, world)
    seen = {"lgtm": lgtms(pull), "approved": given}
    unseen = tuple(key for key, acks in seen.items() if not acks and world.process.labels[key] in pull.labels)
    return Signs(sign_offs(pull, world, participating), given, holds(pull, world), unseen)


def voices(pull: PullRequest) -> tuple[Voice, ...]:
    """Comments and reviews in the order they were said."""
    said = [Voice(c.author, c.created_at, c.body, "", c.url) for c in pull.comments]
    said += [Voice(r.author, r.submitted_at, r.body, r.state.upper(), r.url) for r in pull.reviews]
    return tuple(sorted(said, key=lambda v: v.at))


def lgtms(pull: PullRequest) -> tuple[Ack, ...]:
    """Standing LGTMs, oldest first; the author's own is none."""
    standing: dict[str, Ack] = {}
    for voice in voices(pull):
        name = voice.by.casefold()
        given = _lgtm(voice)
        if name == pull.author.casefold() or given is None:
            continue
        standing.pop(name, None)
        if given:
            fresh = pull.last_push_at is None or voice.at >= pull.last_push_at
            standing[name] = Ack(voice.by, voice.at, fresh)
    return tuple(standing.values())


def _lgtm(voice: Voice) -> bool | None:
    """True: given; False: taken back; None: says nothing. A command in a review outweighs the review's state."""
    if voice.verdict == "DISMISSED":
        return None
    said = [not c.cancels for c in prow_commands(voice.body) if c.name == "lgtm"]
    if said:
        return said[-1]
    return {"APPROVED": True, "CHANGES_REQUESTED": False}.get(voice.verdict)


def approvals(pull: PullRequest, world: World) -> tuple[Ack, ...]:
    """Standing `/approve`s of root approvers, oldest first; a push does not void them."""
    standing: dict[str, Ack] = {}
    for voice in voices(pull):
        for command in prow_commands(voice.body):
            if command.name == "approve" and world.people.is_approver(voice.by):
                standing.pop(voice.by.casefold(), None)
                if not command.cancels:
                    standing[voice.by.casefold()] = Ack(voice.by, voice.at)
    return tuple(standing.values())


def holds(pull: PullRequest, world: World) -> Hold | None:
    """Who holds a pull request: the last `/hold` that nobody lifted, else the label alone."""
    label = world.process.labels["hold"]
    held: Hold | None = None
    for voice in voices(pull):
        for command in prow_commands(voice.body):
            if command.name == "hold":
                held = None if command.cancels else Hold(voice.by, voice.at, command.argument)
    if not stands(pull, label, held.at if held else None):
        return None
    return held or Hold(None, None)


def stands(pull: PullRequest, label: str, said_at: datetime | None) -> bool:
    """Whether what a label shows is so; `said_at`: when the newest word was said that would set it, if any.

    Where labels are known they decide, unless it was said so late that Prow had not set the label yet.
    """
    if label in pull.labels or said_at is None:
        return label in pull.labels
    return not pull.labels or pull.updated_at is None or said_at >= pull.updated_at


def requested_changes(pull: PullRequest) -> tuple[Ack, ...]:
    """Reviews that ask for changes and were not followed by another verdict of the same person."""
    standing: dict[str, Ack] = {}
    for voice in voices(pull):
        name = voice.by.casefold()
        if voice.verdict == "CHANGES_REQUESTED":
            fresh = pull.last_push_at is None or voice.at >= pull.last_push_at
            standing[name] = Ack(voice.by, voice.at, fresh)
        elif voice.verdict in ("APPROVED", "DISMISSED") or _lgtm(voice):
            standing.pop(name, None)
    return tuple(standing.values())


def sigs_of(people: People, login: str) -> tuple[str, ...]:
    """The SIGs a person can acknowledge for: member of its aliases or its chair."""
    name = login.casefold()
    chaired = (sig for sig, who in people.chairs if any(w.casefold() == name for w in who))
    return tuple(dict.fromkeys((*people.sigs_of(login), *chaired)))


def sign_offs(pull: PullRequest, world: World, participating: Iterable[str] = ()) -> tuple[SignOff, ...]:
    """Acknowledgement per SIG: those of the process first, then those that take part by label or name."""
    given = lgtms(pull)
    sigs = dict.fromkeys((*world.process.sign_off_sigs, *label_sigs(pull, world.process), *participating))
    return tuple(_sign_off(sig, given, world.people) for sig in sigs)


def label_sigs(pull: PullRequest, process: Process) -> Iterator[str]:
    """The SIGs named by labels."""
    prefix = process.labels["sig_prefix"]
    return (label.removeprefix(prefix) for label in pull.labels if label.startswith(prefix))


def _sign_off(sig: str, given: tuple[Ack, ...], people: People) -> SignOff:
    ours = [ack for ack in given if sig in sigs_of(people, ack.by)]
    fresh = tuple(ack.by for ack in ours if ack.fresh)
    if fresh:
        return SignOff(sig, SignOffState.GIVEN, fresh)
    stale = tuple(ack.by for ack in ours)
    return SignOff(sig, SignOffState.STALE if stale else SignOffState.NONE, stale)


def vep_sign_offs(pulls: Iterable[PullRequest], world: World, participating: Iterable[str] = ()) -> tuple[SignOff, ...]:
    """The sign-offs of a VEP: per SIG what its newest VEP pull request says where that SIG spoke at all.

    Open pull requests count; without any, the one merged last.
    """
    known = sorted(pulls, key=lambda p: p.number, reverse=True)
    counted = [p for p in known if p.state is PrState.OPEN]
    merged = [p for p in known if p.state is PrState.MERGED and p.merged_at is not None]
    if not counted and merged:
        counted = [max(merged, key=lambda p: (p.merged_at, p.number))]
    result: dict[str, SignOff] = {
        s: SignOff(s, SignOffState.NONE) for s in (*world.process.sign_off_sigs, *participating)
    }
    for pull in counted:
        for one in sign_offs(pull, world, participating):
            if result.get(one.sig, one).state is SignOffState.NONE:
                result[one.sig] = one
    return tuple(result.values())
