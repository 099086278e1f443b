"""All pull requests of a VEP, found from both sides and told apart; what they prove is for core.evidence to say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from vep_tui.core.belonging import identity_of
from vep_tui.core.clues import clues_of, plain_title
from vep_tui.core.document_path import document_path_for
from vep_tui.core.finding import (
    Find,
    Net,
    take_candidates,
    take_history,
    take_listed,
    take_mentioned,
    take_picks,
    take_reverts,
    take_tied,
    with_proposals,
)
from vep_tui.core.focus import previous_cut, stage_in_title
from vep_tui.core.kinds import originals_of
from vep_tui.core.landing import Ground, ground_of
from vep_tui.core.models import InRelease, Issue, LinkedPr, PrKind, PrState, PullRequest, Release, Stage, Tracker
from vep_tui.core.process import Process
from vep_tui.core.sources import Sources, key_of
from vep_tui.core.world import World

__all__ = ["document_path_for", "linked_pulls"]

_KINDS = tuple(PrKind)
_STAGES = (*Stage, None)


def linked_pulls(
    issue: Issue, tracker: Tracker, sources: Sources, world: World, release: Release | None
) -> tuple[LinkedPr, ...]:
    """Every pull request of a VEP with its kind, stage and place; `in_release` is about `release`, the one in focus."""
    process = world.process
    known = {key_of(p.ref): p for p in sources.every_pull(*issue.references)}
    vep = with_proposals(identity_of(issue, tracker, sources, process), tracker, known)
    net = Net(vep, known, _root_of(issue, process))
    take_listed(net, tracker)
    take_history(net, sources)
    take_tied(net)
    take_mentioned(net, tracker)
    take_picks(net)
    take_reverts(net)
    take_candidates(net, sources, previous_cut(release.version if release else None, world.releases))
    code = process.repositories.get("code", "")
    ground = ground_of(release, code, sources.contains, world.now, sources.absent_branches)
    return _in_order(_linked(net, ground))


def _root_of(issue: Issue, process: Process) -> str:
    root, found, _ = issue.url.partition(f"/{process.enhancements}/")
    return root if found else ""


def _linked(net: Net, ground: Ground | None) -> list[LinkedPr]:
    carriers, reverts = _carriers(net), _reverts(net, ground)
    result = []
    for key, find in net.finds.items():
        landed, picked_by = InRelease.UNKNOWN, None
        if ground is not None:
            landed = ground.landed(find.pull, carriers[key], reverts.get(key, ()))
            carrier = ground.carrier(carriers[key])
            picked_by = carrier.ref if carrier else None
        result.append(_linked_pr(find, landed, picked_by))
    return result


def _linked_pr(find: Find, landed: InRelease, picked_by: str | None) -> LinkedPr:
    kind = find.kind or PrKind.OTHER
    return LinkedPr(
        pull=find.pull,
        kind=kind,
        stage=find.stage if find.listed or find.stage or kind is PrKind.OTHER else stage_in_title(find.pull.title),
        listed=find.listed,
        referenced=find.referenced,
        found=tuple(find.found),
        in_release=landed,
        picked_by=picked_by,
        candidate=find.candidate,
    )


def _carriers(net: Net) -> defaultdict[str, list[PullRequest]]:
    """Picks by what they carry."""
    own = net.own(PrKind.CODE)
    titles = {plain_title(f.pull.title): key for key, f in own.items() if not f.pull.base.startswith("release-")}
    carriers: defaultdict[str, list[PullRequest]] = defaultdict(list)
    for key, find in own.items():
        for original in originals_of(find.pull, titles, net.vep.process):
            if original != key:
                carriers[original].append(find.pull)
    return carriers


def _reverts(net: Net, ground: Ground | None) -> Mapping[str, list[PullRequest]]:
    """Reverts by what they undo, without those that were reverted themselves, as far as the release has that, too."""
    reverts: defaultdict[str, list[PullRequest]] = defaultdict(list)
    for pull in net.known.values():
        for original in clues_of(pull, net.vep.process).reverts:
            reverts[original].append(pull)

    def stands(pull: PullRequest, deepest: int = 5) -> bool:
        undoing = reverts.get(key_of(pull.ref), ()) if deepest else ()
        return not any(_reaches(r, pull, ground) and stands(r, deepest - 1) for r in undoing)

    return {original: [pull for pull in pulls if stands(pull)] for original, pulls in reverts.items()}


def _reaches(revert: PullRequest, undone: PullRequest, ground: Ground | None) -> bool:
    """True when a revert is where the pull request is that it undoes."""
    if ground is None or revert.state is not PrState.MERGED:
        return revert.state is PrState.MERGED
    landed = ground.landed(revert, (), ())
    return landed is InRelease.YES or landed is ground.landed(undone, (), ())


def _in_order(pulls: list[LinkedPr]) -> tuple[LinkedPr, ...]:
    """By kind, stage, repository and number, so that an answer does not depend on the order of discovery."""
    return tuple(
        sorted(pulls, key=lambda p: (_KINDS.index(p.kind), _STAGES.index(p.stage), p.pull.repository, p.pull.number))
    )
