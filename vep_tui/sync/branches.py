"""Asks which merge commits the release branches contain, as far as no date decides it; it judges no pull request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from vep_tui.core.focus import day_of
from vep_tui.core.models import Release
from vep_tui.core.nodes import moment
from vep_tui.remote import queries
from vep_tui.remote.client import Answer
from vep_tui.remote.errors import DeadlineExceeded, TooBig
from vep_tui.store.gathering import BRANCH_HEADS, CONTAINS
from vep_tui.store.linked import merged_pulls
from vep_tui.sync.errand import Errand
from vep_tui.sync.pages import NotThere
from vep_tui.sync.shapes import dig, text
from vep_tui.sync.watches import BRANCHES, Watches, branch_name

COMPARED = "compared"
"""Meta key: the head of each branch when commits were last compared with it."""
MOST = 250
"""Commits compared in one pull; the rest waits for the next."""
_SIZES = (50, 20, 5)
_SLIPS = timedelta(days=7)
"""A branch may be cut so much earlier than planned."""
_OVERDUE = timedelta(days=14)
"""A release may come so much later than planned; afterwards nothing of main gets into its branch."""
_STABILISING = timedelta(days=60)
"""From cut to release, where only the cut is known."""
_CYCLE = timedelta(days=120)
"""From one cut to the next, where only one is known."""
_CONTAINED = ("BEHIND", "IDENTICAL")

Question = tuple[str, str]
"""A branch and the oid of a merge commit."""


def pull_branches(errand: Errand, watches: Watches, heads: Mapping[str, str] | None) -> None:
    """Compare what is undecided; `heads` are the branches as a sweep saw them, None asks for them as well.

    A contained commit stays contained and is not asked for again; another only when its branch has moved on.
    """
    questions = _questions(errand, watches, heads)[:MOST]
    if heads is not None:
        _note_heads(errand, heads)
    if not questions and (heads is not None or not watches.releases):
        errand.done.add(BRANCHES)
        return
    with errand.part(BRANCHES):
        seen = _compare(errand, questions, tuple(watches.branches()) if heads is None else ())
        _note_heads(errand, seen)
        errand.mirror.set_meta(COMPARED, {**errand.mirror.meta(COMPARED, {}), **seen})


def _questions(errand: Errand, watches: Watches, heads: Mapping[str, str] | None) -> list[Question]:
    """What was never asked, then what a branch did not contain before it moved on."""
    merged = merged_pulls(errand.mirror, errand.process.repositories.get("code", ""))
    compared = errand.mirror.meta(COMPARED, {})
    new: list[Question] = []
    again: list[Question] = []
    earlier: Release | None = None
    for release in watches.releases:
        branch, (first, last) = branch_name(release), _span(release, earlier, day_of(errand.now))
        earlier = release
        if heads is not None and not heads.get(branch):
            continue
        known = errand.mirror.facts(CONTAINS + branch)
        moved_on = heads is None or heads[branch] != compared.get(branch)
        for oid, merged_at in merged:
            at = moment(merged_at)
            if at is None or not first <= day_of(at) <= last:
                continue
            if oid not in known:
                new.append((branch, oid))
            elif moved_on and known[oid] is not True:
                again.append((branch, oid))
    return new + again


def _span(release: Release, earlier: Release | None, today: date) -> tuple[date, date]:
    """The days of which no date alone says whether what was merged to main then is in the branch."""
    cut, before = release.code_freeze, earlier.code_freeze if earlier else None
    if cut is None or cut > today:
        return before or today - _CYCLE, today
    return cut - _SLIPS, (release.ga or cut + _STABILISING) + _OVERDUE


def _compare(errand: Errand, questions: Sequence[Question], branches: Sequence[str]) -> dict[str, str]:
    """Ask, and keep the answers; the heads of the branches asked for. Those in `branches` are asked for anyway."""
    heads: dict[str, str] = {}
    left, also = list(questions), branches
    sizes = iter(_SIZES)
    size = next(sizes)
    while left or also:
        wanted: dict[str, list[str]] = {branch: [] for branch in also}
        for branch, oid in left[:size]:
            wanted.setdefault(branch, []).append(oid)
        document, variables, asked = queries.containment(errand.process.repositories.get("code", ""), wanted)
        try:
            answer = errand.ask(document, variables, absent_is_fine=True)
        except (TooBig, DeadlineExceeded):
            smaller = next(sizes, None)
            if smaller is None:
                raise
            size = smaller
            continue
        heads |= _heads(answer, list(wanted))
        _keep(errand, answer, {path: question for path, question in asked.items() if heads.get(question[0])})
        left, also = [(branch, oid) for branch, oid in left[size:] if heads.get(branch) != ""], ()
    return heads


def _heads(answer: Answer, branches: Sequence[str]) -> dict[str, str]:
    """Heads by branch, empty for one that is not there; one that GitHub failed to show is left out."""
    if not isinstance(dig(answer.data, "code"), dict):
        raise NotThere("GitHub does not show the branches.")
    shown = {branch: text(answer.data, "code", f"r{r}", "target", "oid") for r, branch in enumerate(branches)}
    return {branch: head for branch, head in shown.items() if head or not _failed(answer)}


def _failed(answer: Answer) -> bool:
    """True when something is missing in the answer that may be there all the same."""
    return any(error.kind != "NOT_FOUND" for error in answer.errors)


def _keep(errand: Errand, answer: Answer, asked: Mapping[str, Question]) -> None:
    """Remember what each branch contains; nothing where GitHub failed to say."""
    facts: dict[str, dict[str, Any]] = {}
    for path, (branch, oid) in asked.items():
        status = text(answer.data, *path.split("."), "status")
        if status or not _failed(answer):
            facts.setdefault(branch, {})[oid] = status in _CONTAINED if status else None
    for branch, said in facts.items():
        known = errand.mirror.facts(CONTAINS + branch)
        errand.everything |= any(known.get(oid) != value for oid, value in said.items())
        errand.mirror.put_many_facts(CONTAINS + branch, said)


def _note_heads(errand: Errand, heads: Mapping[str, str]) -> None:
    known = errand.mirror.facts(BRANCH_HEADS)
    errand.everything |= any(bool(known.get(branch)) != bool(head) for branch, head in heads.items())
    if any(known.get(branch) != head for branch, head in heads.items()):
        errand.mirror.put_many_facts(BRANCH_HEADS, heads)
