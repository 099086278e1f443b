"""What GitHub shows for each checklist item, why, and what is missing; a person ticks, this never does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from vep_tui.core.evidence_approval import approval_evidence
from vep_tui.core.evidence_bugs import bug_evidence
from vep_tui.core.evidence_code import code_evidence
from vep_tui.core.evidence_docs import docs_evidence
from vep_tui.core.evidence_done import done_evidence
from vep_tui.core.models import Evidence, Part, PrKind, Vep, Verdict
from vep_tui.core.scope import listed_in_words, of_kind
from vep_tui.core.sources import Sources
from vep_tui.core.world import World

_RULES: dict[str, Callable[[Vep, Sources, World], Evidence]] = {
    "prs-merged": lambda vep, _, world: code_evidence(vep, world),
    "docs-merged": lambda vep, _, world: docs_evidence(vep, world),
    "implemented": done_evidence,
    "bugs-tracked": bug_evidence,
    "tracker-complete": lambda vep, _, __: tracker_evidence(vep),
    "prr-approved": approval_evidence,
}

_NEEDS: dict[str, tuple[Part, ...]] = {
    "prs-merged": (Part.ISSUES, Part.LINKED, Part.PICKS, Part.BRANCHES),
    "docs-merged": (Part.DOCS_PULLS, Part.LINKED),
    "implemented": (Part.DOCUMENTS, Part.PROPOSALS, Part.LINKED),
    "bugs-tracked": (Part.BUGS, Part.LINKED),
    "tracker-complete": (Part.PROPOSALS, Part.DOCS_PULLS, Part.LINKED),
    "prr-approved": (Part.DOCUMENTS,),
}
"""What must have been fetched for a verdict: where it was not, nothing found does not mean that there is nothing."""

_WORK = {"prs-merged": PrKind.CODE, "docs-merged": PrKind.DOCS}
"""Items that want something to be there, which nobody expects of a proposal that was set aside."""

_ASKS = {
    "unlisted-pr": "1 PR is not listed|{} PRs are not listed",
    "docs-missing": "no docs PR is listed",
    "title-number": "the number in the title is wrong",
    "sig-label": "the SIG label is missing",
    "kind-label": "a kind label is missing|{} kind labels are missing",
    "placeholder": "a placeholder is left|{} placeholders are left",
    "primary-sig": "the Primary SIG is unclear",
    "targets": "targets are missing or disagree",
    "stage": "the stage is wrong",
    "lifecycle": "a stale label is set",
}


def evidence_of(vep: Vep, sources: Sources, world: World) -> Mapping[str, Evidence]:
    """Evidence by item key; `vep` has everything but its checklist. An item without a rule has no evidence."""
    return {item.key: _judged(item.key, vep, sources, world) for item in world.process.checklist if item.key in _RULES}


def _judged(key: str, vep: Vep, sources: Sources, world: World) -> Evidence:
    found = _RULES[key](vep, sources, world)
    if vep.document and vep.document.set_aside and key in _WORK and not of_kind(vep, world, _WORK[key]):
        return replace(
            found, verdict=Verdict.UNKNOWN, summary=f'nothing is due: the document says "{vep.document.status}"'
        )
    lacking = [part for part in _NEEDS.get(key, ()) if part in world.unfetched]
    if not lacking:
        return found
    return replace(found, verdict=Verdict.UNKNOWN, summary=f"not fetched yet: {', '.join(lacking)}")


def tracker_evidence(vep: Vep) -> Evidence:
    """Unmet as long as the tracker's lint asks for something."""
    if not vep.lint:
        count = sum(p.listed for p in vep.pulls if p.kind is not PrKind.OTHER)
        if not count:
            return Evidence(Verdict.UNKNOWN, "the tracker lists no PR, and none is known")
        return Evidence(Verdict.MET, f"the tracker lists {count} {'PR' if count == 1 else 'PRs'}; nothing is missing")
    rules = list(dict.fromkeys(lint.rule for lint in vep.lint))
    remarks = [_counted(rule, sum(lint.rule == rule for lint in vep.lint)) for rule in rules]
    return Evidence(Verdict.UNMET, listed_in_words(remarks, most=3), tuple(lint.text for lint in vep.lint))


def _counted(rule: str, count: int) -> str:
    one, _, many = _ASKS.get(rule, rule).partition("|")
    return many.format(count) if many and count > 1 else one
