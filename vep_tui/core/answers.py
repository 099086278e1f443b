"""Where a VEP stands this cycle: our check-in form, and free words read with care; it never guesses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from vep_tui.core.prose import loud, quiet, tidy_line
from vep_tui.core.text import FENCED
from vep_tui.core.versions import bare_versions


class Progress(StrEnum):
    """What a check-in says."""

    ON_TRACK = "on track"
    AT_RISK = "at risk"
    RETARGET = "retarget"
    NO_PLANS = "no plans this cycle"


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a VEP stands, according to somebody."""

    progress: Progress
    release: str | None = None
    """The new release when it is retargeted and the text names one."""
    next_step: str = ""
    cycle: str | None = None
    """The release it is about, when it says so."""
    formal: bool = False
    """Given in our form, and not read out of free words."""

    @property
    def words(self) -> str:
        """What it says on one line: "retarget to v1.11; next: docs"."""
        to = f" to v{self.release}" if self.release and self.progress is Progress.RETARGET else ""
        step = f"; next: {self.next_step}" if self.next_step else ""
        return f"{self.progress.value}{to}{step}"


_FORM = re.compile(
    r"^[ \t]*\*\*Check-in(?:[ \t]+v(\d+\.\d+))?:?\*\*:?[ \t]*"
    r"(on track|at risk|no plans this cycle|retarget)(?:[ \t]+to[ \t]+v?(\d+\.\d+))?",
    re.IGNORECASE | re.MULTILINE,
)
_NEXT = re.compile(r"^[ \t]*Next step:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_VERSION = r"(?:v|version\s+|the\s+)*(\d+\.\d+)(?:\.\d+)?"
_SPOKEN: tuple[tuple[Progress, re.Pattern[str]], ...] = (
    (
        Progress.RETARGET,
        re.compile(
            r"\b(?:re-?target\w*|defer\w*|postpon\w*|push(?:ed|ing)?|mov(?:ed?|es|ing)|slip\w*|continue|delay\w*|bump\w*\s+the\s+(?:target|milestone))\b"
            r"(?:[^.?!\r\n]|\.(?=\d)){0,60}?\b(?:to|for|until|till|in|at least)\s+(?:\*\*|`)?" + _VERSION,
            re.IGNORECASE,
        ),
    ),
    (
        Progress.RETARGET,
        re.compile(r"\b(?:likely|probably|rather|now)\s+" + _VERSION + r"\s+or\s+later", re.IGNORECASE),
    ),
    (
        Progress.NO_PLANS,
        re.compile(
            r"\b(?:nothing(?:\s+to\s+do)?(?:\s+here)?(?:\s+(?:planned|for))?\s+(?:in|for|during|this)\b(?:\s+the)?"
            r"(?:[^.?!\r\n]|\.(?=\d)){0,14}\b(?:cycle|release)|not\s+(?:in\s+)?this\s+(?:cycle|release)"
            r"|no\s+(?:plans?|work(?!\s+(?:is\s+)?(?:left|remain|missing|tracked|listed|linked)))\b"
            r"[^.?!\r\n]{0,30}\b(?:this|cycle|release|v?\d+\.\d+)"
            r"|(?:not|\w{2,5}n['’]t)\s+(?:plan\w*|going\s+to|(?:be\s+)?work(?:ing)?\s+on)\b"
            r"(?:[^.?!\r\n]|\.(?=\d)){0,40}\b(?:this\s+(?:cycle|release)|v?\d+\.\d+)"
            r"|skip(?:s|ped|ping)?\s+(?:this\s+(?:cycle|release)|v?\d+\.\d+))",
            re.IGNORECASE,
        ),
    ),
    (Progress.AT_RISK, re.compile(r"\bat\s+risk\b", re.IGNORECASE)),
    (Progress.ON_TRACK, re.compile(r"\b(?:still\s+|is\s+|we\s+are\s+)?on\s+track\b", re.IGNORECASE)),
)
_NAMED = re.compile(rf"\b{_VERSION}", re.IGNORECASE)
_STEMS = ("target", "defer", "postpon", "push", "mov", "slip", "continu", "delay", "later", "cycle", "release", "plan")
_HINTS = (*_STEMS, "no work", "work on", "working on", "going to", "skip", "risk", "track", "check-in")
"""Without one of these a text says nothing: most comments are done with before any pattern runs."""
_NEGATED = re.compile(
    r"\b(?:(?:not|no\s+longer|never|\w{2,5}n['’]t|isnt|arent|cannot)\s+"
    r"(?:(?:think|believe|want|need|see|expect)\s+(?:\w+\s+){0,3}|\w+\s+)?"
    r"|nobody\s+(?:\w+\s+){0,3})$",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had\s+been|used\s+to\s+be)\s+(?:\w+\s+)?$", re.IGNORECASE)
_TO_FAIL = re.compile(r"\s+to\s+(?:slip|miss|fail|be\s+(?:late|delayed|dropped))\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[?!\r\n]|\.(?=\s|$)")
_SUPPOSED = re.compile(
    r"\b(?:please|pls|if|unless|whether|(?:can|could|would|will|should|shall|might|may|do|does)\s+(?:you|we|i|this|it)"
    r"|(?:we|i|you|this|it|that)\s+(?:can|could|would(?!\s+like)|should|might|may))\b",
    re.IGNORECASE,
)
"""Ahead of what is said, it makes it a wish, a condition or a possibility."""
_QUOTE = re.compile(r"^[ \t]*>[^\r\n]*", re.MULTILINE)
_UNSAID = re.compile(rf"<!--.*?(?:-->|\Z)|{FENCED}", re.DOTALL | re.MULTILINE)
"""Hidden text and fenced code: examples of what somebody might say."""
_LONGEST = 20_000
_LONGEST_SENTENCE = 300


def unquoted(body: str) -> str:
    """The text without its quoted lines."""
    return _QUOTE.sub("", body)


@lru_cache(maxsize=1024)
def read_answer(body: str, projects: tuple[str, ...] = ()) -> Answer | None:
    """Where a text says its VEP stands; None when it says nothing of the kind, or only asks.

    `projects` are the names that may stand before a version.
    """
    folded = body[:_LONGEST].casefold()
    if not any(hint in folded for hint in _HINTS):
        return None
    text = bare_versions(unquoted(_UNSAID.sub(" ", body[:_LONGEST])), projects)
    form = _FORM.search(text)
    if form is not None:
        step = _NEXT.search(text)
        next_step = loud([step.group(1).strip()]) if step else ""
        return Answer(Progress(form.group(2).lower()), form.group(3), next_step, form.group(1), formal=True)
    for progress, pattern in _SPOKEN:
        for found in pattern.finditer(text):
            ahead = _sentence_ahead(text, found.start())
            if _asked(text, found.end()) or _SUPPOSED.search(ahead):
                continue
            if _NEGATED.search(ahead):
                if progress is Progress.ON_TRACK:
                    return Answer(Progress.AT_RISK)
                continue
            if progress in (Progress.AT_RISK, Progress.ON_TRACK) and _PAST.search(ahead):
                continue
            if progress is Progress.ON_TRACK and _TO_FAIL.match(text, found.end()):
                return Answer(Progress.AT_RISK)
            if progress is Progress.NO_PLANS:
                named = _NAMED.search(found.group())
                return Answer(progress, cycle=named.group(1) if named else None)
            return Answer(progress, found.group(1) if found.groups() else None)
    return None


def _asked(text: str, end: int) -> bool:
    """True when the sentence that goes on at `end` is a question."""
    stop = _SENTENCE_END.search(text, end)
    return stop is not None and stop.group() == "?"


def _sentence_ahead(text: str, start: int) -> str:
    """What the sentence around `start` says before it."""
    ahead = text[max(0, start - _LONGEST_SENTENCE) : start]
    ends = [found.end() for found in _SENTENCE_END.finditer(ahead)]
    return ahead[ends[-1] if ends else 0 :]


def render_check_in(
    progress: Progress, next_step: str = "", release: str | None = None, cycle: str | None = None
) -> str:
    """A check-in as a comment: short, stable, read back by `read_answer`; it pings and commands nobody.

    `release` is where a retargeted VEP goes, `cycle` the release the check-in is about.
    """
    about = f" v{cycle}" if cycle else ""
    to = f" to v{release}" if release and progress is Progress.RETARGET else ""
    head = f"**Check-in{about}:** {progress.value}{to}"
    step = " ".join(quiet(tidy_line(next_step), links=False))
    return f"{head}\n\nNext step: {step}\n" if step else f"{head}\n"
