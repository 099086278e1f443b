"""Docs pull requests that nobody linked and that may document a VEP; guesses for a person to confirm, never facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from vep_tui.core.belonging import Identity
from vep_tui.core.clues import clues_of
from vep_tui.core.focus import day_of
from vep_tui.core.models import PrState, PullRequest

_SHARED_WORDS = 2


def docs_candidates(
    pulls: Iterable[PullRequest], vep: Identity, own_code: frozenset[str], since: date | None
) -> Iterator[PullRequest]:
    """Docs pull requests that name the VEP's code, its number, its gate or its subject.

    `own_code` holds the VEP's code pull requests in lower case; what was merged up to `since` documents an earlier
    stage. Abandoned pull requests are no candidates.
    """
    for pull in pulls:
        if pull.state is PrState.CLOSED:
            continue
        if since and pull.merged_at and day_of(pull.merged_at) <= since:
            continue
        if _may_document(pull, vep, own_code):
            yield pull


def _may_document(pull: PullRequest, vep: Identity, own_code: frozenset[str]) -> bool:
    clues = clues_of(pull, vep.process)
    if clues.refs & own_code:
        return True
    claimed = clues.tracked | clues.named | clues.worded
    if clues.title_number is not None:
        claimed |= {clues.title_number}
    if claimed & vep.numbers:
        return True
    if claimed:
        return False
    if vep.subject.gate_in(pull.title) or vep.subject.gate_in(pull.body):
        return True
    return vep.subject.shared_with(pull.title) >= _SHARED_WORDS
