"""Evidence for "the docs PR is merged": listed ones are facts, candidates are questions; it ticks nothing."""

from __future__ import annotations

import re

from vep_tui.core.models import Evidence, LinkedPr, PrKind, PrState, PullRequest, Vep, Verdict
from vep_tui.core.models.words import stage_word
from vep_tui.core.process import Process
from vep_tui.core.scope import belongs_elsewhere, fact, listed_in_words, of_kind, short
from vep_tui.core.world import World

_PLACEHOLDER = re.compile(r"\bplace[- ]?holder\b|\bWIP\b|\bwork in progress\b|^\s*\[?draft\b", re.IGNORECASE)


def docs_evidence(vep: Vep, world: World) -> Evidence:
    """Met by merged docs PRs, unmet by open ones and by none, unknown while only candidates are known."""
    facts_known = of_kind(vep, world, PrKind.DOCS)
    guesses = tuple(p for p in vep.pulls if p.kind is PrKind.DOCS and p.candidate)
    facts = tuple(fact(p.pull, _words(p.pull, world.process)) for p in facts_known)
    facts += tuple(fact(p.pull, f"candidate, not listed; {_words(p.pull, world.process)}") for p in guesses)
    if not facts_known:
        return Evidence(Verdict.UNKNOWN, _candidates(guesses), facts) if guesses else _none(vep)
    merged = [p for p in facts_known if p.pull.state is PrState.MERGED]
    unseen = [p for p in facts_known if p.pull.state is PrState.UNKNOWN]
    waiting = [p for p in facts_known if p.pull.state is PrState.OPEN]
    closed = [p for p in facts_known if p.pull.state is PrState.CLOSED]
    rest = waiting or (closed if not merged else []) or unseen
    if not rest:
        return Evidence(Verdict.MET, _merged(merged), facts)
    remarks = [f"{short(p.pull.ref)} {_words(p.pull, world.process)}" for p in rest]
    opening = f"{len(merged)} of {len(facts_known)} merged; " if len(facts_known) > 1 else ""
    verdict = Verdict.UNKNOWN if rest is unseen else Verdict.UNMET
    return Evidence(verdict, opening + listed_in_words(remarks), facts)


def is_placeholder(pull: PullRequest, process: Process) -> bool:
    """True for an open docs PR that holds the place of one: a draft, one that says so, or one with hardly a line."""
    if pull.state is not PrState.OPEN:
        return False
    few = process.thresholds["placeholder_lines"]
    tiny = pull.changed_files == 0 or (pull.changed_lines is not None and pull.changed_lines <= few)
    return pull.is_draft or tiny or bool(_PLACEHOLDER.search(pull.title))


def _words(pull: PullRequest, process: Process) -> str:
    if pull.state is PrState.MERGED:
        return f"was merged on {pull.merged_at:%Y-%m-%d}" if pull.merged_at else "was merged"
    if pull.state is PrState.CLOSED:
        return "was closed unmerged"
    if pull.state is PrState.UNKNOWN:
        return "cannot be seen"
    if is_placeholder(pull, process):
        return "is only a placeholder (draft)" if pull.is_draft else "is only a placeholder"
    return "is open"


def _merged(merged: list[LinkedPr]) -> str:
    if len(merged) > 1:
        return f"{len(merged)} docs PRs merged: {listed_in_words([short(p.pull.ref) for p in merged])}"
    pull = merged[0].pull
    return f"{short(pull.ref)} was merged" + (f" on {pull.merged_at:%Y-%m-%d}" if pull.merged_at else "")


def _candidates(guesses: tuple[LinkedPr, ...]) -> str:
    refs = [f"{short(p.pull.ref)} ({p.pull.state.value})" for p in guesses]
    noun = "candidate" if len(guesses) == 1 else "candidates"
    return f"{len(guesses)} {noun}, not in the tracker: {listed_in_words(refs)}; confirm or reject"


def _none(vep: Vep) -> Evidence:
    earlier = [p for p in vep.pulls if p.kind is PrKind.DOCS]
    facts = tuple(fact(p.pull, belongs_elsewhere(p)) for p in earlier)
    stage = f" for {stage_word(vep.stage)}" if vep.stage else ""
    return Evidence(Verdict.UNMET, f"no docs PR is known{stage}" + (", only earlier ones" if earlier else ""), facts)
