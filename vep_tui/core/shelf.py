"""Every known pull request, sorted by its clues once, so that a VEP's are at hand; it judges no one's belonging."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from vep_tui.core.clues import Clues, clues_of, folder_number, folder_of, plain_title
from vep_tui.core.kinds import kind_of
from vep_tui.core.models import Document, Issue, PrKind, PullRequest, Tracker
from vep_tui.core.process import Process
from vep_tui.core.sources import key_of
from vep_tui.core.subject import common_words, subject_of, words_of

_SHARED_WORDS = 2


class Shelf:
    """An index over all pull requests; build it once, ask it for every VEP.

    What it hands out is more than what belongs to the VEP and never less: `core.links` decides.
    """

    def __init__(self, pulls: Iterable[PullRequest], process: Process) -> None:
        self._process = process
        self._pulls = {key_of(p.ref): p for p in pulls}
        self._by_mark: defaultdict[str, list[str]] = defaultdict(list)
        self._by_word: defaultdict[str, list[str]] = defaultdict(list)
        self._docs: list[str] = []
        common = common_words(process)
        for key, pull in self._pulls.items():
            clues = clues_of(pull, process)
            for mark in set(_marks(pull, clues)):
                self._by_mark[mark].append(key)
            if kind_of(pull, process) is PrKind.DOCS:
                self._docs.append(key)
                for word in words_of(pull.title, common):
                    self._by_word[word].append(key)

    def around(
        self, issue: Issue, tracker: Tracker, document: Document | None, document_path: str | None
    ) -> dict[str, PullRequest]:
        """The pull requests that may matter to a VEP, by ref in lower case: use as `Sources.pulls`."""
        keys = set(self._named(issue, tracker, document))
        folder = folder_of(document_path or "", self._process.paths.get("documents", "veps"))
        for mark in (f"n{issue.number}", f"f{folder}"):
            keys.update(self._by_mark.get(mark, ()))
        own = f"{self._process.enhancements.casefold()}#"
        for key in [k for k in keys if k.startswith(own)]:
            keys.update(self._by_mark.get(f"n{key.removeprefix(own)}", ()))
        for key in tuple(keys):
            keys.update(self._by_mark.get(f"r{key}", ()))
            if pull := self._pulls.get(key):
                keys.update(self._by_mark.get(f"p{plain_title(pull.title)}", ()))
        keys.update(self._alike(tracker, document))
        return {key: self._pulls[key] for key in sorted(keys) if key in self._pulls}

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
        shared = Counter(key for word in subject.words for key in self._by_word.get(word, ()))
        yield from (key for key, count in shared.items() if count >= _SHARED_WORDS)
        for key in self._docs if subject.gates else ():
            pull = self._pulls[key]
            if any(gate in pull.title or gate in pull.body for gate in subject.gates):
                yield key


def _marks(pull: PullRequest, clues: Clues) -> Iterator[str]:
    """n: a number of the enhancements repository; f: a folder; r: a pull request named; p: the title of a pick."""
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
