"""Whether a pull request belongs to a VEP, merely mentions it or has nothing to do with it; it collects nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from vep_tui.core.clues import Clues, clues_of, folder_number, own_folder
from vep_tui.core.models import Issue, PullRequest, Tracker
from vep_tui.core.process import Process
from vep_tui.core.sources import Sources
from vep_tui.core.subject import Subject, subject_of


class Tie(Enum):
    """How a pull request stands to a VEP."""

    OWN = auto()
    ASIDE = auto()
    """It mentions the VEP, but serves another or none."""
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Identity:
    """By what others can name a VEP."""

    number: int
    numbers: frozenset[int]
    """The issue's number and those of its own proposal pull requests."""
    worn: int | None
    """The number its title wears, which may be another VEP's."""
    folder: str | None
    subject: Subject
    ambiguous: bool
    """Another tracker wears this number in its title, so that a title alone says nothing."""
    referring: frozenset[str]
    """Pull requests that GitHub shows as cross-references of the issue, in lower case."""
    process: Process

    def owns_folder(self, folder: str) -> bool:
        """True when a proposal folder is this VEP's."""
        return folder == self.folder or folder_number(folder) == self.number

    def with_proposals(self, numbers: frozenset[int]) -> Identity:
        """The same VEP, also known by its proposal pull requests."""
        return replace(self, numbers=self.numbers | numbers)


def identity_of(issue: Issue, tracker: Tracker, sources: Sources, process: Process) -> Identity:
    """The identity of a VEP before its proposals are known."""
    return Identity(
        number=issue.number,
        numbers=frozenset({issue.number}),
        worn=tracker.title_number,
        folder=own_folder(sources.document_path, process),
        subject=subject_of(tracker, sources.document, process),
        ambiguous=bool(sources.namesakes),
        referring=frozenset(p.ref.casefold() for p in issue.references),
        process=process,
    )


def tie_of(pull: PullRequest, vep: Identity) -> Tie:
    """The strongest statement decides: what it tracks, then what it changes, then what it links, then its title."""
    clues = clues_of(pull, vep.process)
    mentioned = pull.ref.casefold() in vep.referring or vep.number in clues.numbers
    if clues.tracked & vep.numbers:
        return Tie.OWN
    if clues.tracked - clues.as_pull or (clues.tracked and not _titled(clues, vep)):
        return _aside(mentioned)
    if any(map(vep.owns_folder, clues.touched)):
        return Tie.OWN
    if any(folder_number(f) for f in clues.touched):
        return _aside(mentioned)
    if clues.named & vep.numbers or any(map(vep.owns_folder, clues.folders)):
        return Tie.OWN if _alone(clues, vep) or _titled(clues, vep) else _aside(mentioned)
    if clues.aside & vep.numbers:
        return Tie.OWN if _titled(clues, vep) else _aside(mentioned)
    if _others(clues, vep):
        return _aside(mentioned)
    if pull.ref.casefold() in vep.referring:
        return _tie_of_bare_reference(pull, clues, vep)
    return Tie.OWN if _named_in_words(pull, clues, vep) else Tie.NONE


def _aside(mentioned: bool) -> Tie:
    return Tie.ASIDE if mentioned else Tie.NONE


def _others(clues: Clues, vep: Identity) -> bool:
    """True when another VEP is linked; a `/pull/N` we do not know may still be a proposal of this one."""
    numbers = (clues.tracked | clues.named) - clues.as_pull - vep.numbers
    return bool(numbers) or any(folder_number(f) and not vep.owns_folder(f) for f in clues.folders)


def _alone(clues: Clues, vep: Identity) -> bool:
    return not _others(clues, vep)


def _titled(clues: Clues, vep: Identity) -> bool:
    return clues.title_number is not None and clues.title_number in (*vep.numbers, vep.worn)


def _tie_of_bare_reference(pull: PullRequest, clues: Clues, vep: Identity) -> Tie:
    """A cross-reference whose words we do not have: from a comment, or from a body that was not fetched."""
    if clues.title_number is not None:
        return Tie.OWN if _titled(clues, vep) else Tie.ASIDE
    if vep.subject.shared_with(pull.title) or vep.subject.gate_in(pull.title):
        return Tie.OWN
    is_proposal = pull.repository.casefold() == vep.process.enhancements.casefold()
    return Tie.ASIDE if pull.body.strip() or is_proposal else Tie.OWN


def _named_in_words(pull: PullRequest, clues: Clues, vep: Identity) -> bool:
    """Belongs by the number in its title or text alone: never by a wrong number, never against another claim."""
    claimed = {clues.title_number} if clues.title_number is not None else set(clues.worded)
    if not claimed or not claimed <= vep.numbers:
        return False
    return not vep.ambiguous or bool(vep.subject.shared_with(pull.title) or vep.subject.gate_in(pull.title))
