"""Which Prow commands would do something on an issue or pull request now; it gives none and sends nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vep_tui.core.commands import prow_commands
from vep_tui.core.models import Issue, PrState, PullRequest
from vep_tui.core.process import Process
from vep_tui.core.signoff import approvals, holds, lgtms
from vep_tui.core.world import World


@dataclass(frozen=True, slots=True)
class Offer:
    """A command that works here."""

    text: str
    """As it begins its line: "/lgtm cancel"."""
    about: str
    """What it does, in a few words."""
    argument: str = ""
    """What may follow, in words; empty when nothing may."""
    required: bool = False
    """Without an argument it does nothing."""

    def line(self, argument: str = "") -> str:
        """The exact text of the command, on one line."""
        return " ".join((self.text, *argument.split()))


_ABOUT = {
    "/lgtm": "acknowledge it",
    "/lgtm cancel": "take the LGTM back",
    "/approve": "approve it as a root approver",
    "/approve cancel": "take your approval back",
    "/hold": "keep it from merging",
    "/unhold": "let it merge again",
    "/cc": "ask people for a review",
    "/uncc": "ask people no longer",
    "/assign": "put people on it",
    "/unassign": "take people off it",
    "/sig": "add a SIG's label",
    "/remove-sig": "take a SIG's label away",
    "/kind": "add a kind label",
    "/lifecycle frozen": "keep the stale bot away",
    "/remove-lifecycle stale": "it is alive",
    "/remove-lifecycle rotten": "it is alive",
    "/close": "close it",
    "/reopen": "open it again",
}
_ARGUMENTS = {
    "/cc": ("who, as in alice bob", True),
    "/uncc": ("who", True),
    "/assign": ("who; empty: you", False),
    "/unassign": ("who; empty: you", False),
    "/sig": ("which SIG", True),
    "/remove-sig": ("which SIG", True),
    "/kind": ("which kind, as in bug", True),
    "/hold": ("why (may stay empty)", False),
}


def offers(subject: Issue | PullRequest, world: World) -> tuple[Offer, ...]:
    """The commands of the process that would change something on `subject`, in the order of process.toml.

    What Prow ignores there, or what is so already, is not offered.
    """
    kind = "pull" if isinstance(subject, PullRequest) else "issue"
    return tuple(
        Offer(text, _ABOUT.get(text, "as Prow documents it"), *_ARGUMENTS.get(text, ("", False)))
        for text in world.process.commands[kind]
        if _USEFUL.get(text, _always)(subject, world)
    )


def idle_commands(body: str, process: Process, kind: str) -> tuple[str, ...]:
    """The command lines of a text that do nothing on a "pull" or an "issue" of the enhancements repository."""
    working = {found.name for text in process.commands[kind] for found in prow_commands(text)}
    return tuple(dict.fromkeys(f"/{c.name}" for c in prow_commands(body) if c.name not in working))


_Rule = Callable[[Issue | PullRequest, World], bool]


def _always(_subject: Issue | PullRequest, _world: World) -> bool:
    return True


def _on_pull(rule: Callable[[PullRequest, World], bool]) -> _Rule:
    return lambda subject, world: isinstance(subject, PullRequest) and rule(subject, world)


def _labelled(name: str, there: bool) -> _Rule:
    return lambda subject, world: (world.process.labels[name] in subject.labels) is there


def _is_me(login: str, world: World) -> bool:
    return world.me is not None and login.casefold() == world.me.casefold()


def _can_lgtm(pull: PullRequest, world: World) -> bool:
    """Prow refuses an author's own LGTM, and a fresh one needs no other."""
    return not _is_me(pull.author, world) and not any(a.fresh and _is_me(a.by, world) for a in lgtms(pull))


def _has_lgtm(pull: PullRequest, world: World) -> bool:
    return world.process.labels["lgtm"] in pull.labels or bool(lgtms(pull))


def _approved_by_me(pull: PullRequest, world: World) -> bool:
    return any(_is_me(a.by, world) for a in approvals(pull, world))


def _can_approve(pull: PullRequest, world: World) -> bool:
    """Only root approvers count; who is looking may be unknown before the first sync."""
    approver = world.me is None or world.people.is_approver(world.me)
    return approver and not _approved_by_me(pull, world)


def _is_open(subject: Issue | PullRequest) -> bool:
    return subject.state is PrState.OPEN if isinstance(subject, PullRequest) else subject.state == "open"


def _can_reopen(subject: Issue | PullRequest) -> bool:
    return subject.state is PrState.CLOSED if isinstance(subject, PullRequest) else subject.state == "closed"


def _has_sig(subject: Issue | PullRequest, world: World) -> bool:
    return any(label.startswith(world.process.labels["sig_prefix"]) for label in subject.labels)


_USEFUL: dict[str, _Rule] = {
    "/lgtm": _on_pull(_can_lgtm),
    "/lgtm cancel": _on_pull(_has_lgtm),
    "/approve": _on_pull(_can_approve),
    "/approve cancel": _on_pull(_approved_by_me),
    "/hold": _on_pull(lambda pull, world: holds(pull, world) is None),
    "/unhold": _on_pull(lambda pull, world: holds(pull, world) is not None),
    "/uncc": _on_pull(lambda pull, _: bool(pull.review_requests)),
    "/unassign": lambda subject, _: isinstance(subject, PullRequest) or bool(subject.assignees),
    "/remove-sig": _has_sig,
    "/lifecycle frozen": _labelled("frozen", there=False),
    "/remove-lifecycle stale": _labelled("stale", there=True),
    "/remove-lifecycle rotten": _labelled("rotten", there=True),
    "/close": lambda subject, _: _is_open(subject),
    "/reopen": lambda subject, _: _can_reopen(subject),
}
