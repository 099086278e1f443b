"""Puts one VEP together from all that is known of it; it reads nothing by itself and decides nothing for a person."""

from __future__ import annotations

from dataclasses import replace

from vep_tui.core.checkin import last_check_in
from vep_tui.core.checklist import merge
from vep_tui.core.clues import own_folder
from vep_tui.core.comment import read_comment
from vep_tui.core.evidence import evidence_of
from vep_tui.core.focus import release_in_focus, release_named, stage_in_focus
from vep_tui.core.labelled import status_of, with_labels
from vep_tui.core.links import linked_pulls
from vep_tui.core.lint import lint
from vep_tui.core.models import ChecklistComment, Issue, PrKind, Targets, Tracker, Vep
from vep_tui.core.process import Process
from vep_tui.core.queue import reasons, score
from vep_tui.core.schedule import current_release
from vep_tui.core.scope import branch_name
from vep_tui.core.signoff import vep_sign_offs
from vep_tui.core.sigs import label_sigs
from vep_tui.core.sources import Sources
from vep_tui.core.targets import complete
from vep_tui.core.tracker import read_tracker
from vep_tui.core.world import World

__all__ = ["Sources", "assemble"]


def assemble(issue: Issue, sources: Sources, world: World, tracker: Tracker | None = None) -> Vep:
    """The VEP of this tracking issue as a reviewer sees it at `world.now`; `tracker` where it has been read already."""
    tracker = tracker or read_tracker(issue.title, issue.body, world.process)
    tracker = with_labels(tracker, issue, world.process)
    vep = _placed(issue, tracker, sources, world)
    release = release_named(vep.release, world.releases)
    vep = replace(vep, pulls=linked_pulls(issue, tracker, sources, world, release))
    vep = replace(vep, lint=lint(vep, world))
    vep = _with_checklist(vep, sources, world)
    vep = _with_voices(vep, world)
    found = reasons(vep, world, sources.notes)
    return replace(vep, reasons=found, score=score(found, world))


def _placed(issue: Issue, tracker: Tracker, sources: Sources, world: World) -> Vep:
    """The VEP with its SIGs, targets and the release and stage in focus."""
    document = sources.document
    targets = complete(document.targets if document else Targets(), tracker.targets)
    release = release_in_focus(targets, _current(world))
    labels = label_sigs(issue.labels, world.process)
    field = str(world.process.board.get("status_field", "Status"))
    named = (sources.board or {}).get(str(world.process.board.get("reviewer_field", "")))
    return Vep(
        issue=issue,
        tracker=tracker,
        document=document,
        document_path=sources.document_path,
        owning_sig=_owning_sig(tracker, sources, labels, world.process),
        other_sigs=tracker.other_sigs,
        label_sigs=labels,
        targets=targets,
        stage=stage_in_focus(targets, release, tracker),
        release=release,
        board_reviewer=None if named is None else named.strip().lstrip("@"),
        board_status=(sources.board or {}).get(field) or status_of(issue, world.process),
    )


def _current(world: World) -> str | None:
    release = current_release(world.releases, world.now)
    return release.version if release else None


def _owning_sig(tracker: Tracker, sources: Sources, labels: tuple[str, ...], process: Process) -> str | None:
    """Primary SIG, else the document's folder, else its front matter, else the only label."""
    folder = own_folder(sources.document_path, process) or ""
    home = folder.partition("/")[0]
    by_folder = home.removeprefix("sig-") if home.startswith("sig-") else None
    by_matter = sources.document.owning_sig if sources.document else None
    return tracker.primary_sig or by_folder or by_matter or (labels[0] if len(labels) == 1 else None)


def _with_checklist(vep: Vep, sources: Sources, world: World) -> Vep:
    """The checklist of the release in focus; of the current release where the VEP names none."""
    release = vep.release or _current(world)
    read = (read_comment(comment, world.people, world.process) for comment in vep.issue.comments)
    comments = [comment for comment in read if comment is not None]
    evidence = evidence_of(vep, sources, world)
    branch = branch_name(replace(vep, release=release), world) if release else None
    checklist = merge(
        release or "", comments, sources.ticks, world.process, world.people, world.me, evidence, branch=branch
    )
    return replace(vep, checklist=replace(checklist, release=release), comments_ignored=_ignored(comments, world))


def _ignored(comments: list[ChecklistComment], world: World) -> tuple[str, ...]:
    me = (world.me or "").casefold()
    return tuple(dict.fromkeys(c.author for c in comments if not c.counts and c.author.casefold() != me))


def _with_voices(vep: Vep, world: World) -> Vep:
    """The VEP with its sign-offs and the last check-in."""
    own = world.process.enhancements.casefold()
    proposals = [p.pull for p in vep.pulls if p.kind is PrKind.VEP and p.pull.repository.casefold() == own]
    participating = vep.document.participating_sigs if vep.document else ()
    return replace(
        vep,
        sign_offs=vep_sign_offs(proposals, world, participating),
        last_check_in=last_check_in(vep.issue, world, vep.tracker.contacts),
    )
