"""The steps by which the pull requests of a VEP are found, one per place to look; each only adds to the net."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from vep_tui.core.belonging import Identity, Tie, tie_of
from vep_tui.core.candidates import docs_candidates
from vep_tui.core.clues import clues_of, plain_title
from vep_tui.core.document_path import linked_refs
from vep_tui.core.kinds import kind_of, originals_of
from vep_tui.core.models import PrKind, PullRequest, Stage, Tracker
from vep_tui.core.sources import Sources, key_of

_REF = re.compile(r"[^/#\s]+/[^/#\s]+#[0-9]{1,9}")


@dataclass(slots=True)
class Find:
    """A pull request while it is being found; the first place of the tracker and the first stage stand."""

    pull: PullRequest
    kind: PrKind | None = None
    stage: Stage | None = None
    listed: bool = False
    referenced: bool = False
    candidate: bool = False
    found: list[str] = field(default_factory=list)

    def at(self, place: str) -> None:
        """Note where it was found."""
        if place not in self.found:
            self.found.append(place)


@dataclass(slots=True)
class Net:
    """Everything found for one VEP so far."""

    vep: Identity
    known: Mapping[str, PullRequest]
    root: str
    """Address of GitHub, to link pull requests of which only the number is known."""
    finds: dict[str, Find] = field(default_factory=dict)

    def take(self, ref: str, place: str) -> Find | None:
        """The find for a ref; None for the tracking issue itself, which is no pull request, and for what is no ref."""
        key = key_of(ref)
        if not _REF.fullmatch(ref) or key == key_of(f"{self.vep.process.enhancements}#{self.vep.number}"):
            return None
        if key not in self.finds:
            repository, _, number = ref.partition("#")
            unknown = PullRequest(ref, url=f"{self.root}/{repository}/pull/{number}" if self.root else "")
            self.finds[key] = Find(self.known.get(key, unknown))
        find = self.finds[key]
        find.at(place)
        return find

    def own(self, *kinds: PrKind) -> dict[str, Find]:
        """What belongs to the VEP and is of one of these kinds."""
        return {key: find for key, find in self.finds.items() if find.kind in kinds}


def with_proposals(vep: Identity, tracker: Tracker, known: Mapping[str, PullRequest]) -> Identity:
    """The VEP's own proposals, by whose numbers others refer to it; one that tracks another issue is not its own."""
    repository = vep.process.enhancements.casefold()
    named = {key_of(i.ref) for i in tracker.listed if i.kind is PrKind.VEP} | {key_of(r) for r in linked_refs(tracker)}
    numbers = set()
    for key, pull in known.items():
        if pull.repository.casefold() != repository:
            continue
        tracked = clues_of(pull, vep.process).tracked
        if (key in named and (not tracked or vep.number in tracked)) or tie_of(pull, vep) is Tie.OWN:
            numbers.add(pull.number)
    return vep.with_proposals(frozenset(numbers))


def take_listed(net: Net, tracker: Tracker) -> None:
    """What the tracker's body lists, in its place, and the pull requests it links as the enhancement."""
    for item in tracker.listed:
        if (find := net.take(item.ref, "tracker")) and not find.listed:
            find.kind, find.stage, find.listed = item.kind, item.stage, True
    for ref in linked_refs(tracker):
        if (find := net.take(ref, "tracker")) and find.kind is None:
            find.kind = kind_of(find.pull, net.vep.process)


def take_history(net: Net, sources: Sources) -> None:
    """What the document's implementation history names."""
    own = net.vep.process.enhancements.casefold()
    for ref in sources.document.history if sources.document else ():
        if key_of(ref).startswith(f"{own}#") and key_of(ref) not in net.known:
            continue  # a number of this repository that is no known pull request may well be an issue
        if (find := net.take(ref, "document")) and find.kind is None:
            find.kind = kind_of(find.pull, net.vep.process)


def take_tied(net: Net) -> None:
    """What refers to the VEP from its own side: by cross-reference, body, path or title."""
    for key, pull in net.known.items():
        tie = tie_of(pull, net.vep)
        if tie is Tie.NONE or not (find := net.take(pull.ref, _place_of(pull, net.vep))):
            continue
        find.referenced = True
        if key in net.vep.referring:
            find.at("cross-reference")
        if find.kind is None:
            reverts = clues_of(pull, net.vep.process).reverts
            find.kind = PrKind.OTHER if tie is Tie.ASIDE or reverts else kind_of(pull, net.vep.process)


def _place_of(pull: PullRequest, vep: Identity) -> str:
    if key_of(pull.ref) in vep.referring:
        return "cross-reference"
    clues = clues_of(pull, vep.process)
    if any(map(vep.owns_folder, clues.touched | clues.folders)):
        return "path"
    return "body" if clues.numbers & vep.numbers or not clues.title_number else "title"


def take_mentioned(net: Net, tracker: Tracker) -> None:
    """What the tracker's body names outside its lists: part of the VEP only when it is about the same."""
    subject = net.vep.subject
    for ref in tracker.mentioned:
        pull = net.known.get(key_of(ref))
        if pull is None or key_of(ref) in net.finds or not (find := net.take(ref, "tracker")):
            continue
        alike = subject.gate_in(pull.title) or subject.shared_with(pull.title) >= 1
        clues = clues_of(pull, net.vep.process)
        foreign = bool((clues.tracked | clues.named) - clues.as_pull - net.vep.numbers)
        find.kind = kind_of(pull, net.vep.process) if alike and not foreign else PrKind.OTHER


def take_picks(net: Net) -> None:
    """What carries the VEP's code to a release branch."""
    own = net.own(PrKind.CODE)
    titles = {plain_title(f.pull.title): key for key, f in own.items() if not f.pull.base.startswith("release-")}
    for key, pull in net.known.items():
        if not pull.base.startswith("release-"):
            continue
        originals = [o for o in originals_of(pull, titles, net.vep.process) if o in own and o != key]
        if originals and (find := net.take(pull.ref, "pick")):
            if not find.listed:
                find.kind = PrKind.CODE
            find.stage = find.stage or own[originals[0]].stage


def take_reverts(net: Net) -> None:
    """What undoes the VEP's code; it is work on the VEP, but none that has to be in the release."""
    own = net.own(PrKind.CODE)
    for key, pull in net.known.items():
        undone = [o for o in clues_of(pull, net.vep.process).reverts if o in own and o != key]
        if undone and (find := net.take(pull.ref, "revert")):
            find.kind = find.kind or PrKind.OTHER


def take_candidates(net: Net, sources: Sources, since: date | None) -> None:
    """Docs pull requests that nobody listed: guesses until a person confirms them, gone when a person rejects them."""
    written = {key_of(ref) for ref in sources.document.history} if sources.document else set()
    decided = {key_of(ref): yes for ref, yes in sources.decisions.items()}
    for key, find in net.own(PrKind.DOCS).items():
        find.candidate = not (find.listed or key in written or decided.get(key, False))
    own_code = frozenset(net.own(PrKind.CODE))
    unseen = [p for key, p in net.known.items() if key not in net.finds]
    docs = (p for p in unseen if kind_of(p, net.vep.process) is PrKind.DOCS)
    for pull in docs_candidates(docs, net.vep, own_code, since):
        if taken := net.take(pull.ref, "docs-repo"):
            taken.kind, taken.candidate = PrKind.DOCS, not decided.get(key_of(pull.ref), False)
    for key, yes in decided.items():
        if not yes and key in net.finds and not net.finds[key].listed:
            del net.finds[key]
