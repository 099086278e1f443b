"""Evidence for "bugs are tracked": open bugs that name the VEP or its gate, and whether the tracker lists them."""

from __future__ import annotations

from vep_tui.core.belonging import identity_of
from vep_tui.core.clues import clues_of_bug, folder_number
from vep_tui.core.models import Bug, Evidence, PrKind, Vep, Verdict
from vep_tui.core.scope import listed_in_words, short
from vep_tui.core.sources import Sources, key_of
from vep_tui.core.world import World


def bugs_of(vep: Vep, sources: Sources, world: World) -> tuple[Bug, ...]:
    """The open bugs that refer to the VEP, its proposals or its feature gate."""
    identity = identity_of(vep.issue, vep.tracker, sources, world.process)
    own = world.process.enhancements.casefold()
    proposals = (p.pull for p in vep.pulls if p.kind is PrKind.VEP and p.pull.repository.casefold() == own)
    identity = identity.with_proposals(frozenset(p.number for p in proposals))
    found = []
    for bug in sources.bugs:
        if bug.state != "open" or key_of(bug.ref) == f"{own}#{vep.number}":
            continue
        clues = clues_of_bug(bug, world.process)
        linked = clues.numbers & identity.numbers or any(folder_number(f) == vep.number for f in clues.folders)
        worded = {clues.title_number} if clues.title_number is not None else clues.worded
        named = vep.number in worded and not (identity.ambiguous or clues.numbers)
        if linked or named or identity.subject.gate_in(bug.title) or identity.subject.gate_in(bug.body):
            found.append(bug)
    return tuple(found)


def bug_evidence(vep: Vep, sources: Sources, world: World) -> Evidence:
    """Met when no open bug is left out of the tracker, unmet when one is."""
    bugs = bugs_of(vep, sources, world)
    mentioned = {key_of(ref) for ref in vep.tracker.mentioned} | {key_of(item.ref) for item in vep.tracker.listed}
    missing = [bug for bug in bugs if key_of(bug.ref) not in mentioned]
    facts = tuple(_fact(bug, bug not in missing) for bug in bugs)
    if not bugs:
        return Evidence(Verdict.MET, f"no open bug names this {world.process.proposal} or its feature gate")
    noun = "open bug" if len(bugs) == 1 else "open bugs"
    if missing:
        names = listed_in_words([short(bug.ref) for bug in missing])
        return Evidence(Verdict.UNMET, f"{len(missing)} of {len(bugs)} {noun} not in the tracker: {names}", facts)
    return Evidence(Verdict.MET, f"{len(bugs)} {noun}, in the tracker", facts)


def _fact(bug: Bug, listed: bool) -> str:
    return f"{short(bug.ref)} {bug.title}: is open, {'in' if listed else 'not in'} the tracker {bug.url}".rstrip()
