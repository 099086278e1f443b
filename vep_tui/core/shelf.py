"""Where the pull requests that may matter to a VEP are found among all: by marks; it judges no one's belonging."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from vep_tui.core.clues import clues_of, folder_number, own_folder, plain_title
from vep_tui.core.document_path import linked_refs
from vep_tui.core.kinds import kind_of
from vep_tui.core.models import Document, Issue, PrKind, PrState, PullRequest, Tracker
from vep_tui.core.process import Process
from vep_tui.core.sources import key_of
from vep_tui.core.subject import common_words, subject_of, words_of

DOCS = "docs"
"""The mark of every docs pull request."""
_SHARED_WORDS = 2


class Index(Protocol):
    """All pull requests by their marks."""

    def marked(self, marks: Iterable[str]) -> Mapping[str, int]:
        """Keys of the pull requests that bear any of these marks, and how many of them each bears."""

    def pulls(self, keys: Iterable[str]) -> Mapping[str, PullRequest]:
        """The known ones of these."""

    def docs(self) -> Iterable[tuple[str, str]]:
        """Key and text of every docs pull request."""


class Heap:
    """An index over pull requests at hand."""

    def __init__(self, pulls: Iterable[PullRequest], process: Process) -> None:
        self._pulls = {key_of(p.ref): p for p in pulls}
        self._by_mark: defaultdict[str, list[str]] = defaultdict(list)
        for key, pull in self._pulls.items():
            for mark in marks_of(pull, process):
                self._by_mark[mark].append(key)

    def marked(self, marks: Iterable[str]) -> Mapping[str, int]:
        """As `Index` has it."""
        return Counter(key for mark in marks for key in self._by_mark.get(mark, ()))

    def pulls(self, keys: Iterable[str]) -> Mapping[str, PullRequest]:
        """As `Index` has it."""
        return {key: self._pulls[key] for key in keys if key in self._pulls}

    def docs(self) -> Iterable[tuple[str, str]]:
        """As `Index` has it."""
        return ((key, f"{self._pulls[key].title}\n{self._pulls[key].body}") for key in self._by_mark.get(DOCS, ()))


class Shelf:
    """Asks an index for what may matter to a VEP.

    What it hands out is more than what belongs to the VEP and never less: `core.links` decides.
    """

    def __init__(self, index: Index, process: Process) -> None:
        self._index = index
        self._process = process

    def around(
        self, issue: Issue, tracker: Tracker, document: Document | None, document_path: str | None
    ) -> dict[str, PullRequest]:
        """The pull requests that may matter to a VEP, by ref in lower case: use as `Sources.pulls`."""
        keys = set(self._named(issue, tracker, document))
        own = f"{self._process.enhancements.casefold()}#"
        numbers = [f"n{issue.number}", *(f"n{key.removeprefix(own)}" for key in keys if key.startswith(own))]
        keys.update(self._index.marked((*numbers, *folder_mark(document_path, self._process))))
        titles = {plain_title(pull.title) for pull in self._index.pulls(keys).values()}
        keys.update(self._index.marked([*(f"r{key}" for key in keys), *(f"p{title}" for title in titles)]))
        keys.update(self._alike(tracker, document))
        return dict(sorted(self._index.pulls(keys).items()))

    def proposals(self, issue: Issue, tracker: Tracker) -> tuple[PullRequest, ...]:
        """The open proposals that may bring the document of a VEP."""
        keys = set(self._index.marked([f"n{issue.number}"]))
        keys |= {key_of(item.ref) for item in tracker.listed if item.kind is PrKind.VEP}
        keys |= {key_of(ref) for ref in linked_refs(tracker)}
        return self._open(keys)

    def changing(self, path: str) -> tuple[PullRequest, ...]:
        """The open proposals that change a file."""
        return tuple(pull for pull in self._open(self._index.marked([f"t{path}"])) if path in pull.files)

    def _open(self, keys: Iterable[str]) -> tuple[PullRequest, ...]:
        own = f"{self._process.enhancements.casefold()}#"
        pulls = self._index.pulls(sorted(key for key in keys if key.startswith(own))).values()
        return tuple(sorted((p for p in pulls if p.state is PrState.OPEN), key=lambda pull: pull.number))

    def _named(self, issue: Issue, tracker: Tracker, document: Document | None) -> Iterator[str]:
        """What the tracker and the document name, and what GitHub shows as referring to the issue."""
        yield from (key_of(item.ref) for item in tracker.listed)
        yield from (key_of(ref) for ref in tracker.mentioned)
        yield from (key_of(p.ref) for p in issue.references)
        yield from (key_of(ref) for ref in (document.history if document else ()))
        for link in tracker.enhancement_links:
            number = link.rstrip("/. ").rpartition("/")[2].rpartition("#")[2]
            if number.isdecimal():
                yield key_of(f"{self._process.enhancements}#{number}")

    def _alike(self, tracker: Tracker, document: Document | None) -> Iterator[str]:
        """Docs pull requests that name the gate or share words with the title."""
        subject = subject_of(tracker, document, self._process)
        shared = self._index.marked(f"w{word}" for word in subject.words)
        yield from (key for key, count in shared.items() if count >= _SHARED_WORDS)
        for key, text in self._index.docs() if subject.gates else ():
            if any(gate in text for gate in subject.gates):
                yield key


def folder_mark(document_path: str | None, process: Process) -> tuple[str, ...]:
    """The mark of whatever touches or links the folder of a document; none where there is no folder."""
    folder = own_folder(document_path, process)
    return (f"f{folder}",) if folder else ()


def marks_of(pull: PullRequest, process: Process) -> frozenset[str]:
    """What a pull request is found by.

    n: a number of the enhancements repository; f: a folder; r: a pull request named; p: the title of a pick; t: a
    file it changes there; w: a word of the title of docs.
    """
    found = set(_marks(pull, process))
    if kind_of(pull, process) is PrKind.DOCS:
        found.add(DOCS)
        found.update(f"w{word}" for word in words_of(pull.title, common_words(process)))
    return frozenset(found)


def _marks(pull: PullRequest, process: Process) -> Iterator[str]:
    clues = clues_of(pull, process)
    yield from (f"n{n}" for n in clues.numbers | clues.worded)
    if clues.title_number is not None:
        yield f"n{clues.title_number}"
    for folder in clues.folders | clues.touched:
        yield f"f{folder}"
        if number := folder_number(folder):
            yield f"n{number}"
    yield from (f"r{ref}" for ref in clues.refs)
    if pull.base.startswith("release-"):
        yield f"p{plain_title(pull.title)}"
    if pull.repository.casefold() == process.enhancements.casefold():
        yield from (f"t{path}" for path in pull.files)
