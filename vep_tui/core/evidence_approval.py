"""Evidence for an approval that a community writes into a file of its own, by stage; it ticks nothing."""

from __future__ import annotations

from vep_tui.core.models import Evidence, Stage, Vep, Verdict
from vep_tui.core.models.words import stage_word
from vep_tui.core.process import Process
from vep_tui.core.sources import Sources
from vep_tui.core.targets import stage_named
from vep_tui.core.world import World
from vep_tui.core.yamls import read_yaml, text_at

_NOBODY = frozenset(("", "tbd", "tba", "none", "n/a", "todo"))


def approval_paths(number: int, process: Process) -> tuple[str, ...]:
    """Where the approvals of a proposal may be written: one path a SIG; none where the community has no such files.

    `approvals` of the process's paths says it, with {sig} and {number} for the two.
    """
    path = process.paths.get("approvals", "").replace("{number}", str(number))
    return tuple(dict.fromkeys(path.replace("{sig}", sig) for sig in process.known_sigs)) if path else ()


def approval_evidence(vep: Vep, sources: Sources, world: World) -> Evidence:
    """Met when the merged file names who approved the stage, unmet when it does not or is not there."""
    if not world.process.paths.get("approvals"):
        return Evidence(Verdict.UNKNOWN, "no file says who approved")
    if vep.stage is None:
        return Evidence(Verdict.UNKNOWN, "no stage is known")
    if sources.approval is None:
        return Evidence(Verdict.UNMET, "no approval file is merged")
    path, text = sources.approval
    approver = _approvers(text).get(vep.stage)
    if approver is None:
        return Evidence(Verdict.UNMET, f"{path} names nobody for {stage_word(vep.stage)}")
    return Evidence(Verdict.MET, f"{approver} approved {stage_word(vep.stage)} in {path}")


def _approvers(text: str) -> dict[Stage, str]:
    """Who approved each stage: `beta: {approver: "@login"}`."""
    read = read_yaml(text)
    by_stage = read.items() if isinstance(read, dict) else ()
    named = ((stage_named(str(key)), text_at(said, "approver").lstrip("@")) for key, said in by_stage)
    return {stage: login for stage, login in named if stage and login.casefold() not in _NOBODY}
