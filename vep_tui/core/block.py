"""The stage section of a tracker as it should read, to paste into its body; it sends nothing."""

from __future__ import annotations

from vep_tui.core.models import LinkedPr, PrState, Stage, Vep
from vep_tui.core.scope import HEADINGS, branch_name, counts, is_carrier, is_given_up
from vep_tui.core.world import World


def tracker_block(vep: Vep, world: World) -> str:
    """Markdown in the template's form: the stage in focus with every pull request, ticked when merged."""
    stage = vep.stage or Stage.ALPHA
    sections = []
    complete = True
    for kind, heading in world.process.tracker.headings:
        pulls = [p for p in vep.pulls if p.kind is kind and _belongs(p, stage, vep, world)]
        pulls.sort(key=lambda p: (p.pull.repository, p.pull.number))
        whole = bool(pulls) and all(p.pull.state is PrState.MERGED for p in pulls)
        complete = complete and whole
        sections.append(f"  * {_box(whole)} {heading}:")
        sections += [f"    * {_box(p.pull.state is PrState.MERGED)} {_address(p)}" for p in pulls]
    return "\n".join((f"* {_box(complete)} {HEADINGS[stage]}", *sections)) + "\n"


def _belongs(link: LinkedPr, stage: Stage, vep: Vep, world: World) -> bool:
    """Listed for the stage, or a fact about it; picks only into the branch in focus, attempts given up never."""
    if link.listed and link.stage is not None:
        return link.stage is stage
    elsewhere = is_carrier(link, vep, world) and link.pull.base != branch_name(vep, world)
    return counts(link, vep, world) and not (is_given_up(link) or elsewhere)


def _address(link: LinkedPr) -> str:
    return link.pull.url or link.pull.ref


def _box(ticked: bool) -> str:
    return "[x]" if ticked else "[ ]"
