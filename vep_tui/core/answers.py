"""Where a VEP stands this cycle: our check-in form, and free words read with care; it never guesses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from vep_tui.core.models import Stage
from vep_tui.core.prose import loud, quiet, tidy_line
from vep_tui.core.targets import STAGE, stage_named
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
    stage: Stage | None = None
    """The stage that is retargeted, when it says so: others stay where they are."""
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
_PARTS = (
    r"(?:prs?|pull\s+requests?|backports?|cherry-?picks?|docs?|documentation|changelog|(?:release\s+)?notes?"
    r"|(?:(?:e2e|unit|functional|flaky)\s+)?tests?|lanes?|jobs?|ci|images?|branch|api)\b"
)
"""What can be late, moved or skipped by itself, and says nothing about its VEP then."""
_CYCLE = (
    r"(?:(?:this|the\s+current)\s+(?:\w+\s+)?(?:cycle|release|milestone)|(?:the\s+)?v?\d+\.\d+(?:\.\d+)?)\b"
    rf"(?!\.\d|\s+(?:yet\b|{_PARTS}))"
)
_GAP = r"(?:[^.?!\r\n]|\.(?=\d))"
"""A sign within a sentence."""
_THE_VEP = (
    r"(?:\s+(?:this|it|that|them|all|everything|the|whole|rest|vep|feature|proposal|enhancement|implementation|delivery"
    r"|work|graduation|target\w*|milestone|release|alpha|beta|ga|stable|back|out|over|on|of|from|#?\d+|v?\d+\.\d+(?:\.\d+)?))"
)
_PUT_OFF = rf"(?:re-?target\w*|defer\w*|postpon\w*|slip\w*|delay\w*)\b{_GAP}{{0,60}}?"
_MOVED = rf"(?:mov(?:ed?|es|ing)|push(?:ed|es|ing)?|bump\w*(?=\s+(?:this|it|the)\b)){_THE_VEP}{{0,6}}?\s+"
_PROGRESS = (
    r"(?:graduat|promot|go\b|work|do\b|start|begin|continu|target|land|ship|finish|complet|deliver|implement|merge|push"
    r"|pursue|bring|get\b|have\b|be\b|make\b|touch|spend|happen|propose|aim|move\b(?!\s+(?:\w+\s+){0,2}to\s+v?\d))"
)
"""What nobody is going to do when nothing happens: "no plans to drop this" is none of it."""
_NOT = r"(?:not|no\s+longer|\w{2,5}n['’]t|cannot)\s+"
_RETARGETED = (
    rf"\b{_PUT_OFF}(?:\b(?:to|for|until|till|in|into|at\s+least)\s+|(?:->|→|:)\s*)(?:\*\*|`)?{_VERSION}",
    rf"\b{_MOVED}(?:to|until|till|into)\s+(?:at\s+least\s+)?(?:\*\*|`)?{_VERSION}",
    rf"\bcontinu\w*\s+(?:\w+\s+){{0,4}}(?:in|for)\s+{_VERSION}",
    rf"\bon\s+hold\s+(?:until|till)\s+{_VERSION}",
    rf"\bnow\s+(?:target|aim)\w*\s+(?:(?:at|for)\s+)?{_VERSION}",
    rf"\b(?:target|aim)\w*\s+(?:(?:at|for)\s+)?{_VERSION}\s+(?:instead|now)\b",
    rf"\b(?:likely|probably|rather|now)\s+{_VERSION}\s+or\s+later",
    rf"\b(?:{_PUT_OFF}|{_MOVED})(?:to|for|until|till|into)\s+(?:(?:the|a)\s+)?(?:next|later|future|following|another)\s+"
    r"(?:cycle|release|version)\b",
)
_UNPLANNED = (
    rf"\bnothing(?:\s+(?:new|more|else|here|planned|to\s+(?:do|update))){{0,3}}\s+(?:(?:in|for|during)\s+)?{_CYCLE}",
    r"\bnot\s+(?:(?:in|for)\s+)?this\s+(?:cycle|release)\b",
    rf"(?:^|(?<=[.!]\s))(?:(?:no|nope|sorry|unfortunately|probably)[,;:]?\s+){{0,2}}not\s+(?:in|for)\s+{_CYCLE}",
    rf"\bno\s+(?:plans?|intentions?)\b(?!\s+to\s+(?!{_PROGRESS})){_GAP}{{0,40}}\b{_CYCLE}",
    rf"\bno\s+work\b(?!\s+(?:is\s+)?(?:left|remain|missing|tracked|listed|linked)){_GAP}{{0,30}}\b{_CYCLE}",
    rf"\bno\s+(?:time|capacity|bandwidth)\b(?!\s+to\s+(?:lose|waste)){_GAP}{{0,40}}\b{_CYCLE}",
    rf"\bno\s+(?:(?:more|further|new)\s+)?(?:changes?|updates?|graduation|promotion)\s+(?:(?:is|are)\s+)?(?:planned|expected)"
    rf"{_GAP}{{0,20}}\b{_CYCLE}",
    rf"\b{_NOT}(?:(?:be\s+)?work(?:ing|ed)?\s+on(?!\s+(?:(?:the|any|more)\s+)?{_PARTS})|(?:be\s+)?target\w*|plan\w*(?!\s+(?:on\s+)?to\s+(?!{_PROGRESS}))"
    rf"|(?:going|intend\w*)\s+to\s+(?={_PROGRESS})|have\s+(?:(?:the|any)\s+)?(?:time|capacity|bandwidth))\b"
    rf"{_GAP}{{0,40}}\b{_CYCLE}",
    rf"\b{_NOT}(?:(?:be\s+able|going)\s+to\s+)?(?:make|commit\s+to)\s+(?:(?:it|this)\s+)?(?:(?:in|into|for|to|by)\s+)?{_CYCLE}",
    rf"\bskip(?:s|ped|ping)?\s+{_CYCLE}",
    rf"\b(?:drop(?:ped|ping)?|remov(?:ed?|ing)|tak(?:en?|ing))\s+(?:(?:this|it)\s+)?(?:from|out\s+of)\s+(?:the\s+)?{_CYCLE}",
    rf"\bon\s+hold\s+(?:(?:in|for|during)\s+)?{_CYCLE}",
    rf"\b(?:stay|remain)\w*\s+(?:(?:in|at|an?)\s+)?(?:alpha|beta)\s+(?:(?:in|for|during)\s+)?{_CYCLE}",
)
_SPOKEN: tuple[tuple[Progress, re.Pattern[str]], ...] = (
    (Progress.RETARGET, re.compile("|".join(_RETARGETED), re.IGNORECASE)),
    (Progress.NO_PLANS, re.compile("|".join(_UNPLANNED), re.IGNORECASE | re.MULTILINE)),
    (
        Progress.AT_RISK,
        re.compile(r"\bat\s+risk\b(?!\s+(?:when|whenever|from|during|of\s+(?!miss|slip|not\b|be)))", re.IGNORECASE),
    ),
    (Progress.ON_TRACK, re.compile(r"\b(?:still\s+|is\s+|we\s+are\s+)?on\s+track\b", re.IGNORECASE)),
)
_STAGED = re.compile(rf"\b{STAGE}\b", re.IGNORECASE)
_STAGE_AHEAD = re.compile(rf"\b{STAGE}\s+(?:\w+\s+){{0,2}}$", re.IGNORECASE)
_STAGE_BEHIND = re.compile(rf"\**\s+\(?{STAGE}\b", re.IGNORECASE)
_NAMED = re.compile(rf"\b{_VERSION}", re.IGNORECASE)
_HINTS = ("cycle", "release", "version", "risk", "track", "check-in")
_HINT = re.compile(r"\.(?<=[0-9]\.)[0-9]")
"""Without a number as of a version (looked for by its dot), or one of the words, a text says nothing: so do most."""
_NEGATED = re.compile(
    r"\b(?:(?:not|no\s+longer|never|\w{2,5}n['’]t|isnt|arent|cannot)\s+"
    r"(?:(?:think|believe|want|need|see|expect)\s+(?:\w+\s+){0,3}|(?:going|have|has|had|plan\w*|intend\w*)\s+to\s+|\w+\s+)?"
    r"|nobody\s+(?:\w+\s+){0,3}|no\s+(?:plans?|need|reason)\s+(?:to\s+)?|(?:against|instead\s+of|rather\s+than|without)\s+)$",
    re.IGNORECASE,
)
_ANOTHER_THING = re.compile(
    rf"(?:\b{_PARTS}|\b(?:reviewers?|maintainers?|approvers?))\s+"
    r"(?:(?:is|are|was|were|be|been|being|has|have|had|got|gets?|will|do|does|did|to|also|now|still|just)\s+)*$",
    re.IGNORECASE,
)
"""Ahead of what is said, it is what the sentence is about, and not its VEP."""
_ENDANGERED = re.compile(
    r"\b(?:put\w*|data|vms?|vmis?|workloads?|guests?|nodes?|users?|clusters?|code)\s+(?:\w+\s+){0,2}$", re.I
)
"""What else is at risk than the VEP."""
_PAST = re.compile(r"\b(?:was|were|had\s+been|used\s+to\s+be)\s+(?:\w+\s+)?$", re.IGNORECASE)
_TO_FAIL = re.compile(r"\s+to\s+(?:slip|miss|fail|be\s+(?:late|delayed|dropped))\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[?!\r\n]|\.(?=\s|$)")
_SUPPOSED = re.compile(
    r"\b(?:please|pls|if|unless|whether|(?:can|could|would|will|should|shall|might|may|do|does)\s+(?:you|we|i|this|it)"
    r"|(?:we|i|you|this|it|that)\s+(?:can|could|would(?!\s+like)|should|might|may)"
    r"|suggest\w*|propos(?:e|ing)|recommend\w*)\b",
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


@lru_cache(maxsize=256)
def read_answer(body: str, projects: tuple[str, ...] = ()) -> Answer | None:
    """Where a text says its VEP stands; None when it says nothing of the kind, or only asks.

    `projects` are the names that may stand before a version.
    """
    folded = body[:_LONGEST].casefold()
    if not any(hint in folded for hint in _HINTS) and not _HINT.search(folded):
        return None
    text = bare_versions(unquoted(_UNSAID.sub(" ", body[:_LONGEST])), projects)
    form = _FORM.search(text)
    if form is not None:
        step = _NEXT.search(text)
        next_step = loud([step.group(1).strip()]) if step else ""
        return Answer(Progress(form.group(2).lower()), form.group(3), next_step, form.group(1), formal=True)
    spoken = (_spoken(progress, found) for progress, pattern in _SPOKEN for found in pattern.finditer(text))
    return next((answer for answer in spoken if answer is not None), None)


def _spoken(progress: Progress, found: re.Match[str]) -> Answer | None:
    """What free words say; None where they ask, suppose or deny it."""
    text, ahead = found.string, _sentence_ahead(found.string, found.start())
    if _asked(text, found.end()) or _SUPPOSED.search(ahead):
        return None
    if progress in (Progress.RETARGET, Progress.NO_PLANS) and _ANOTHER_THING.search(ahead):
        return None
    if _NEGATED.search(ahead):
        return Answer(Progress.AT_RISK) if progress is Progress.ON_TRACK else None
    if progress in (Progress.AT_RISK, Progress.ON_TRACK):
        if _PAST.search(ahead) or (progress is Progress.AT_RISK and _ENDANGERED.search(ahead)):
            return None
        falling = progress is Progress.ON_TRACK and _TO_FAIL.match(text, found.end())
        return Answer(Progress.AT_RISK if falling else progress)
    if progress is Progress.NO_PLANS:
        named = _NAMED.search(found.group())
        return Answer(progress, cycle=named.group(1) if named else None)
    beside = (_STAGE_AHEAD.search(ahead), found, _STAGE_BEHIND.match(text, found.end()))
    stages = {stage_named(word) for part in beside if part for word in _STAGED.findall(part.group())}
    release = next((group for group in found.groups() if group), None)
    return Answer(progress, release, stage=stages.pop() if len(stages) == 1 else None)


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
