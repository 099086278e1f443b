"""Evidence for "implemented, needs no update": criteria, targets, gate, document, history; it ticks nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vep_tui.core.clues import clues_of, own_folder
from vep_tui.core.labelled import board_says
from vep_tui.core.models import Criterion, Document, Evidence, PrKind, PrState, PullRequest, Stage, Vep, Verdict
from vep_tui.core.models.words import stage_word
from vep_tui.core.scope import fact, listed_in_words, of_kind, short
from vep_tui.core.sources import Sources, key_of
from vep_tui.core.world import World

_NO_GATE = re.compile(
    r"feature gate[^\n]{0,20}[\s*:]{0,20}\s(?:n/?a|none|no need|not needed|not applicable|-)(?=[\s.,;(]|$)",
    re.IGNORECASE,
)


def done_evidence(vep: Vep, sources: Sources, world: World) -> Evidence:
    """Unmet when something contradicts, unknown when something could not be read, met when all agrees."""
    changing = changing_pulls(vep, sources, world)
    problems = [f"{short(p.ref)} is open and changes the document" for p in changing]
    problems += [*_target_problems(vep, world), *_document_problems(vep, world)]
    unknown = list(_unknown(vep, world))
    facts = (
        *(fact(p, "is open and changes the document") for p in changing),
        *_criteria_facts(vep),
        *problems[len(changing) :],
        *unknown,
    )
    if problems:
        return Evidence(Verdict.UNMET, listed_in_words(problems), facts)
    if unknown:
        return Evidence(Verdict.UNKNOWN, listed_in_words(unknown), facts)
    count = len(criteria_of(vep.document, vep.stage))
    return Evidence(
        Verdict.MET, f"all {count} {stage_word(vep.stage)} criteria are ticked, targets and history agree", facts
    )


def changing_pulls(vep: Vep, sources: Sources, world: World) -> tuple[PullRequest, ...]:
    """Open pull requests that change the VEP's document, or would add it while there is none."""
    folder = own_folder(vep.document_path, world.process)
    found = {key_of(p.ref): p for p in sources.document_changed_by if p.state is PrState.OPEN}
    for link in vep.pulls:
        if link.kind is PrKind.VEP and link.pull.state is PrState.OPEN:
            touched = clues_of(link.pull, world.process).touched
            if vep.document_path in link.pull.files or folder in touched or (vep.document is None and touched):
                found.setdefault(key_of(link.pull.ref), link.pull)
    return tuple(found.values())


def criteria_of(document: Document | None, stage: Stage | None) -> tuple[Criterion, ...]:
    """The graduation criteria of a stage that have a box."""
    lines = next((c for s, c in document.graduation if s is stage), ()) if document else ()
    return tuple(c for c in lines if c.done is not None)


def says_no_gate(vep: Vep) -> bool:
    """True when the tracker says that no feature gate applies."""
    return bool(_NO_GATE.search(vep.issue.body[:20_000]))


def _target_problems(vep: Vep, world: World) -> Iterator[str]:
    if vep.stage and vep.release:
        for name, targets in (("tracker", vep.tracker.targets), ("document", vep.document and vep.document.targets)):
            said = targets.of(vep.stage) if targets else None
            if said and said != vep.release:
                yield f"the {name} targets v{said} for {stage_word(vep.stage)}, not v{vep.release}"
    for what in ("removed", "exception"):
        if board_says(vep, what, world.process):
            yield f'the board says "{vep.board_status}"'


def _document_problems(vep: Vep, world: World) -> Iterator[str]:
    document = vep.document
    if vep.stage in (Stage.ALPHA, Stage.BETA) and not says_no_gate(vep):
        gates = (*vep.tracker.feature_gates, *(document.feature_gates if document else ()))
        if not gates:
            yield "no feature gate is named"
    if document is None:
        return
    if document.set_aside:
        yield f'the document\'s status is "{document.status}"'
    criteria = criteria_of(document, vep.stage)
    if criteria and (todo := [c for c in criteria if not c.done]):
        yield f"{len(todo)} of {len(criteria)} {stage_word(vep.stage)} criteria are not ticked"
    written = {key_of(ref) for ref in document.history}
    merged = [p.pull for p in of_kind(vep, world, PrKind.CODE) if p.pull.state is PrState.MERGED]
    if missing := [short(p.ref) for p in merged if key_of(p.ref) not in written]:
        yield f"the implementation history lacks {listed_in_words(missing)}"


def _unknown(vep: Vep, world: World) -> Iterator[str]:
    if vep.document is None:
        yield "no merged document is known"
    elif vep.stage is None:
        yield "no stage is known"
    elif not criteria_of(vep.document, vep.stage):
        yield f"the document has no {stage_word(vep.stage)} criteria with boxes"
    if vep.release is None:
        yield "no target release is known"
    elif not any(p.pull.state is PrState.MERGED for p in of_kind(vep, world, PrKind.CODE)):
        yield "no merged code PR is known"


def _criteria_facts(vep: Vep) -> Iterator[str]:
    for criterion in criteria_of(vep.document, vep.stage):
        yield f"{'ticked' if criterion.done else 'not ticked'}: {criterion.text}"
