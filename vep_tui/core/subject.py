"""What a VEP is about, in words: feature gates and distinctive title words; a likeness is never proof."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vep_tui.core.models import Document, Tracker
from vep_tui.core.process import Process

_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]{2,60}")
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]+|[a-z0-9]+")
_COMMON_TEXT = """
about across added adding additional allow allows alpha also based basic beta better change changes clean cleanup code
core current custom default defer deferred descriptive design doc document documentation enable enablement enabled
enhancement extend feature features first follow from gate general generic graduate graduation guide handle implement
implementation improve improved initial instance integration into introduce introducing make minor more multiple name
object option optional page part phase process promote proposal provide release remove replace request section service
short spec stable stage status support supporting system target tests text that this title type typo update updated
upgrade usage user using version when with without your add and are can for fix not the use via all has new non per
pod set our out run api apis
"""
_COMMON = frozenset(_COMMON_TEXT.split())


@dataclass(frozen=True, slots=True)
class Subject:
    """The words by which a VEP can be recognised where nobody names its number."""

    gates: tuple[str, ...]
    words: frozenset[str]
    common: frozenset[str] = frozenset()
    """The community's own words that say nothing."""

    def gate_in(self, text: str) -> str | None:
        """The feature gate that a text names, if it does.

        A gate that reads like a plain word ("Plugins") counts only where it stands as a gate does.
        """
        return next((gate for gate in self.gates if gate in text and _pattern(gate).search(text)), None)

    def shared_with(self, title: str) -> int:
        """How many distinctive words a title has in common with the VEP."""
        return len(self.words & words_of(title, self.common))


def subject_of(tracker: Tracker, document: Document | None, process: Process) -> Subject:
    """The subject of a VEP, from its tracker and document."""
    gates = tuple(dict.fromkeys((*tracker.feature_gates, *(document.feature_gates if document else ()))))
    humps = " ".join(" ".join(_HUMP.findall(gate)) for gate in gates)
    common = common_words(process)
    return Subject(tuple(g for g in gates if len(g) >= 4), words_of(f"{tracker.title} {humps}", common), common)


def common_words(process: Process) -> frozenset[str]:
    """The words of this community that every other title has."""
    return frozenset((*process.tracker.common, process.proposal.casefold()))


@lru_cache(maxsize=1024)
def words_of(text: str, common: frozenset[str]) -> frozenset[str]:
    """Distinctive words, folded: those of four letters and more that say something, and acronyms of three."""
    found = set()
    for token in _TOKEN.findall(text[:500]):
        low = token.casefold()
        singular = low[:-1] if low.endswith("s") and not low.endswith("ss") else low
        acronym = sum(c.isupper() for c in token) >= 2
        if (len(singular) >= 4 or (acronym and len(singular) >= 3)) and not {low, singular} & (_COMMON | common):
            found.add(singular)
    return frozenset(found)


@lru_cache(maxsize=1024)
def _pattern(gate: str) -> re.Pattern[str]:
    whole = rf"(?<![A-Za-z0-9_]){re.escape(gate)}(?![A-Za-z0-9_])"
    if any(c.isupper() or c.isdigit() for c in gate[1:]):
        return re.compile(whole)  # two humps or capitals: nobody writes that by chance
    word = r"(?i:feature[ -]?gates?|FGs?)"
    return re.compile(rf"{word}\W{{0,20}}{whole}|{whole}\W{{0,5}}{word}|`{whole}`")
