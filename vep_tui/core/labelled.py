"""What a tracking issue's labels and milestone, and the board, say where a community sets them; it reads no text."""

from __future__ import annotations

from dataclasses import replace

from vep_tui.core.models import Issue, Stage, Targets, Tracker, TrackerStage, Vep
from vep_tui.core.process import Process
from vep_tui.core.targets import complete, stage_named
from vep_tui.core.versions import read_version


def with_labels(tracker: Tracker, issue: Issue, process: Process) -> Tracker:
    """The tracker with the stage of its stage label, and the milestone as that stage's target.

    They count before the text: labels and milestone are set for every release, bodies are forgotten. Without a stage
    label in the process nothing changes.
    """
    stage = _stage_of(issue, process)
    if stage is None:
        return tracker
    version = read_version(issue.milestone)
    aimed = replace(Targets(), **{stage.value: version}) if version else Targets()
    return replace(tracker, stage=TrackerStage(stage.value), targets=complete(aimed, tracker.targets))


def status_of(issue: Issue, process: Process) -> str | None:
    """The status that a label stands for; None when none does."""
    return next(
        (process.statuses[low] for label in issue.labels if (low := label.casefold()) in process.statuses), None
    )


def board_says(vep: Vep, what: str, process: Process) -> bool:
    """Whether the board's status is a word for "tracked", "exception" or "removed"; never for a VEP without one."""
    status = (vep.board_status or "").casefold()
    return bool(status) and status in {str(word).casefold() for word in process.board.get(what, ())}


def _stage_of(issue: Issue, process: Process) -> Stage | None:
    prefix = process.labels.get("stage_prefix", "").casefold()
    if not prefix:
        return None
    named = (label[len(prefix) :] for label in issue.labels if label.casefold().startswith(prefix))
    return next((stage for word in named if (stage := stage_named(word))), None)
