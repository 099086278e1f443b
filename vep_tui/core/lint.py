"""Slips in a tracker, each with the exact ask to its author; it changes nothing and blocks nothing."""

from __future__ import annotations

from collections.abc import Iterator

from vep_tui.core.clues import own_folder
from vep_tui.core.focus import day_of
from vep_tui.core.models import LinkedPr, Lint, PrKind, PrState, Stage, TrackerStage, Vep
from vep_tui.core.scope import HEADINGS, is_carrier, is_cut, of_kind, short, since
from vep_tui.core.sources import key_of
from vep_tui.core.world import World

_LISTED = (PrKind.VEP, PrKind.CODE, PrKind.DOCS)
_RANK = {TrackerStage.NEW: 0, TrackerStage.ALPHA: 1, TrackerStage.BETA: 2, TrackerStage.GA: 3}


def lint(vep: Vep, world: World) -> tuple[Lint, ...]:
    """Everything the tracker should say otherwise, by the rules of the process; nothing for what is no tracker."""
    if not vep.tracker.is_tracker:
        return ()
    rules = (_title, _labels, _placeholders, _primary_sig, _unlisted, _docs, _targets, _stage, _lifecycle)
    kept = world.process.tracker.rules
    return tuple(Lint(name, text) for rule in rules for name, text in rule(vep, world) if name in kept)


def unlisted(vep: Vep, world: World) -> tuple[LinkedPr, ...]:
    """The VEP's own pull requests that its tracker should list and does not.

    Not those it links as the enhancement, picks, candidates, given-up attempts and what an earlier stage merged.
    """
    linked = {key_of(ref) for ref in vep.tracker.mentioned if _is_enhancement_link(ref, vep)}
    limit = since(vep, world)
    return tuple(
        p
        for p in vep.pulls
        if p.kind in _LISTED
        and not (p.listed or p.candidate or is_carrier(p, vep, world))
        and p.pull.state in (PrState.OPEN, PrState.MERGED)
        and key_of(p.pull.ref) not in linked
        and not (limit and p.pull.merged_at and day_of(p.pull.merged_at) <= limit)
    )


def _is_enhancement_link(ref: str, vep: Vep) -> bool:
    number = ref.rpartition("#")[2]
    return any(link.rstrip("/. ").endswith((f"/{number}", f"#{number}")) for link in vep.tracker.enhancement_links)


def _title(vep: Vep, world: World) -> Iterator[tuple[str, str]]:
    word, worn = world.process.proposal, vep.tracker.title_number
    if worn != vep.number:
        says = f'the title says "{word} {worn}"' if worn is not None else f"the title has no {word} number"
        right = f"{word} {vep.number}: {vep.tracker.title}".rstrip(": ")
        yield "title-number", f'{says}, but the number of a {word} is its tracking issue: make it "{right}"'


def _labels(vep: Vep, world: World) -> Iterator[tuple[str, str]]:
    prefix = world.process.labels.get("sig_prefix", "sig/")
    if not any(label.casefold().startswith(prefix) for label in vep.issue.labels):
        yield "sig-label", f"no SIG label: comment `/sig {vep.owning_sig or 'NAME'}`"
    have = {label.casefold() for label in vep.issue.labels}
    for key in ("tracker", "enhancement"):
        wanted = world.process.labels.get(key, "")
        if wanted and wanted.casefold() not in have:
            yield "kind-label", f"the label {wanted} is missing: comment `/{wanted.replace('/', ' ', 1)}`"


def _placeholders(vep: Vep, _: World) -> Iterator[tuple[str, str]]:
    for placeholder in vep.tracker.placeholders:
        yield "placeholder", f"the template's {placeholder} is still there: replace it or take it out"


def _primary_sig(vep: Vep, world: World) -> Iterator[tuple[str, str]]:
    primary = vep.tracker.primary_sig
    if primary is None:
        if vep.owning_sig:
            yield "primary-sig", f"no Primary SIG is named: write `/sig {vep.owning_sig}` under Primary SIG"
        return
    if vep.label_sigs and primary not in vep.label_sigs:
        yield "primary-sig", f"the Primary SIG is {primary}, but its label is missing: comment `/sig {primary}`"
    folder = own_folder(vep.document_path, world.process) or ""
    home = folder.partition("/")[0]
    if home.startswith("sig-") and home != f"sig-{primary}":
        yield "primary-sig", f"the Primary SIG is {primary}, but the document lies in {home}: say which one owns it"


def _unlisted(vep: Vep, world: World) -> Iterator[tuple[str, str]]:
    for link in unlisted(vep, world):
        stage = link.stage or vep.stage
        place = f"under {world.process.tracker.heading(link.kind)}" + (f" of {HEADINGS[stage]}" if stage else "")
        title = f" ({link.pull.title.strip()})" if link.pull.title.strip() else ""
        yield "unlisted-pr", f"{short(link.pull.ref)}{title} is not listed: add it {place}"


def _docs(vep: Vep, world: World) -> Iterator[tuple[str, str]]:
    merged = any(p.pull.state is PrState.MERGED for p in of_kind(vep, world, PrKind.CODE))
    due = merged or (is_cut(vep, world) and vep.stage and not vep.set_aside)
    if not due or any(p.listed for p in of_kind(vep, world, PrKind.DOCS)):
        return
    if not of_kind(vep, world, PrKind.DOCS):
        of = f" of {HEADINGS[vep.stage]}" if vep.stage else ""
        heading = world.process.tracker.heading(PrKind.DOCS)
        yield "docs-missing", f"no docs PR is listed: add it under {heading}{of}"


def _targets(vep: Vep, _: World) -> Iterator[tuple[str, str]]:
    if not vep.targets:
        yield "targets", "no target release is named: fill in the release targets of the Timeline"
    for stage in Stage if vep.document else ():
        ours, theirs = vep.tracker.targets.of(stage), vep.document.targets.of(stage) if vep.document else None
        if ours and theirs and ours != theirs:
            name = HEADINGS[stage]
            yield "targets", f"{name}: the tracker targets v{ours}, the document v{theirs}; make them agree"
        elif theirs and not ours and stage is vep.stage:
            yield "targets", f"{HEADINGS[stage]}: the document targets v{theirs}, the tracker says nothing; add it"


def _stage(vep: Vep, world: World) -> Iterator[tuple[str, str]]:
    said = vep.tracker.stage
    if said is None:
        yield "stage", "Current Feature Stage is empty: write New, Alpha, Beta, GA or Deprecated"
        return
    ticked = [s for s in Stage if s in vep.tracker.stages_ticked]
    code = of_kind(vep, world, PrKind.CODE)
    merged = [p for p in code if p.pull.state is PrState.MERGED]
    if said in _RANK and ticked and _RANK[said] < _RANK[TrackerStage(ticked[-1].value)]:
        name = HEADINGS[ticked[-1]]
        yield "stage", f'Current Feature Stage says "{_word(said)}", but {name} is ticked: make it {name}'
    elif said is TrackerStage.NEW and merged:
        name = HEADINGS[vep.stage or Stage.ALPHA]
        yield "stage", f'Current Feature Stage says "New", but {short(merged[0].pull.ref)} is merged: make it {name}'
    waiting = [p for p in code if p.pull.state is PrState.OPEN]
    if vep.stage in ticked and waiting:
        yield "stage", f"{HEADINGS[vep.stage]} is ticked, but {short(waiting[0].pull.ref)} is open: untick it"


def _lifecycle(vep: Vep, world: World) -> Iterator[tuple[str, str]]:
    for key in ("stale", "rotten"):
        label = world.process.labels.get(key, "")
        if label and label in vep.issue.labels:
            yield "lifecycle", f"the label {label} is set: comment `/remove-lifecycle {label.rpartition('/')[2]}`"


def _word(stage: TrackerStage) -> str:
    return "GA" if stage is TrackerStage.GA else stage.value.capitalize()
