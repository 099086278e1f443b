"""A tracker's timeline: stages ticked and pull requests listed under them; a mention in prose is no listing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from vep_tui.core.models import ListedPr, PrKind, Stage
from vep_tui.core.process import Process, TrackerWords
from vep_tui.core.refs import decoded, find_refs
from vep_tui.core.sections import Field, Section
from vep_tui.core.targets import STAGE, read_staged_version, read_target, stage_named
from vep_tui.core.text import is_quoted, standing

_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?P<bullet>[-*+][ \t]+|\d{1,2}[.)][ \t]+)?"
    r"(?:\[(?P<mark>[ xX+vV✓✔✅-]{0,3})\](?!\()[ \t]*)?"
    r"(?:(?P<sign>[^\w\s!-~]{1,4})[ \t]*)?(?P<text>.*)"
)
_EMPHASIS = re.compile(r"^[*_](?=\w)|(?<=[\w)])[*_](?=\s*(?::|$))|(?<=:)[*_](?=\s|$)")
"""Italics around the label of a list: "*Code PRs*:", "_Code PRs:_"."""
_DONE = "✅☑✔✓"
"""Signs that people put in place of a ticked box."""
_STAGE_HEADING = re.compile(
    rf"#{{0,6}}\s*(?:(?:phase|stage|milestone)\s*\d?\s*[:–—-]\s*)?({STAGE})(?:[ -]?\d)?"
    r"(?=\s*(?:$|[:(\[|/–—,;✅-]|v?\d|in\b|for\b|release\b))",
    re.I,
)
_LABELLED = (
    r"(?:[ \t]*\([^()]{0,60}\))?(?:[ \t]+(?:update(?:s|\(s\))?|docs?))?"
    r"(?:[ \t]*:|[ \t]*(?:PRs|PR|pull requests?)\b(?:\(s\))?(?P<colon>[ \t]*:)?)(?P<after>.*)"
)
_OTHER_LABEL = re.compile(r"[^:#\n]{1,40}\bPRs?\b(?:\(s\))?[^:\n]{0,60}:", re.IGNORECASE)
_PARENTHESES = re.compile(r"\s*\(([^()]*)\)\s*:?")
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
_ASIDE = re.compile(r"\([^()]*\)")
_BEGINS_WITH_REF = re.compile(r"<?https?://|<?(?:www\.)?github\.com/|#\d|[\w.-]{1,40}/[\w.-]{1,100}#\d", re.IGNORECASE)
_SEPARATORS = re.compile(r"(?:[\s,;.&+/|<>\[\]*_-]|[^\w\s!-~])*(?:(?:and|PRs?)[\s:]*)?", re.IGNORECASE)
"""Signs count, too: "<one> ✅ <other> 🚧"."""
_NEXT_OF_LIST = re.compile(
    r"[,;]\s*(?:and\s+)?(?:(?!docs?\b|documentation\b|website\b|blog\b|VEP\b|KEP\b|see\b)[\w./-]{1,30}:\s*)?$|\band\s+$",
    re.IGNORECASE,
)
"""Each may have a word of its own: "API: <one>, controller: <other>"."""
_NOTHING = re.compile(r"[\s*_`-]*(?:n/?a|none)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:depend(?:s|ent|ing)?|blocked by|requires?|split from|based on|waiting|part of|supersedes?|replac(?:es|ing)"
    r"|instead of|reverts?|related|after|follow(?:s|ing)?(?:[- ]up)? (?:to|of|on))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Labels:
    """How one community's template introduces what it lists."""

    label: re.Pattern[str]
    """With a group for each kind."""
    number_ahead: re.Pattern[str]
    """What may stand before a bare number that is listed."""


@lru_cache(maxsize=8)
def _labels(words: TrackerWords) -> _Labels:
    kinds = "|".join(
        f"(?P<{kind.value}>{'|'.join(re.escape(name).replace(chr(92) + ' ', '[- ]') + 's?' for name in names)})"
        for kind, names in words.lists
    )
    return _Labels(
        re.compile(f"(?:{kinds}){_LABELLED}", re.IGNORECASE),
        re.compile(
            rf"[\s*_<:\[-]*(?:(?:{re.escape(words.proposal)}|the|see)\s+)*(?:PRs?|pull requests?)?[\s:]*", re.IGNORECASE
        ),
    )


_LONGEST_HEADING = 40
_LONGEST_GAP = 300
"""Characters between two references of one list."""


@dataclass(slots=True)
class Timeline:
    """What the blocks of a timeline say; filled line by line."""

    repository: str
    """Where bare numbers belong."""
    highest: int
    """Above it a bare number cannot be of `repository`."""
    words: TrackerWords
    code: str
    """Where greater numbers belong under a label of code; empty where there is no such repository."""
    known: tuple[str, ...]
    """`owner/repo` of those that go by their name alone."""
    listed: dict[ListedPr, None] = field(default_factory=dict)
    """In the order of the body; a dict, because a hostile body can list thousands."""
    ticked: list[Stage] = field(default_factory=list)
    _stage: Stage | None = None
    _stage_indent: int = -1
    _stage_is_target: bool = False
    """The stage was opened by a line such as "* Alpha: 1.9", which heads only what is indented under it."""
    _kind: PrKind | None = None
    _kind_indent: int = 0
    _after_blank: bool = False

    def read(self, lines: Iterable[str]) -> None:
        """Read the lines of one section."""
        self._stage, self._stage_indent, self._kind = None, -1, None
        for line in lines:
            if not line.strip():
                self._after_blank = True
                continue
            self._read_line(line)
            self._after_blank = False

    def _read_line(self, line: str) -> None:
        if is_quoted(line):
            self._kind = None
            return
        item = _ITEM.match(line.expandtabs(4).replace("**", ""))
        if item is None:
            return
        indent = len(item["indent"])
        text = item["text"].strip()
        plain = _EMPHASIS.sub("", text.replace("__", "")).strip("`~ ")
        struck = "~" if text.startswith("~") else "", "~" if text.endswith("~") else ""
        if text.startswith("|"):  # a row of a table belongs to the item above it, however it is set
            self._list(text)
        elif (target := read_target(plain)) is not None:
            self._kind = None
            if item["mark"] is not None:  # "[ ] Alpha release target: 1.9" with the lists of alpha below it
                self._stage, self._stage_indent, self._stage_is_target = target[0], indent, True
        elif label := _labels(self.words).label.match(plain):
            self._open_kind(label, indent, struck)
        elif self._is_inside(indent):
            self._list(text)
        elif (stage := _STAGE_HEADING.match(plain)) and (item["bullet"] or len(plain) <= _LONGEST_HEADING):
            self._open_stage(stage_named(stage[1]), item, indent)
        elif _OTHER_LABEL.match(plain):
            self._kind = None
        else:
            self._continue(text, indent, bool(item["bullet"]))

    def _is_inside(self, indent: int) -> bool:
        """True for what is indented under an open item."""
        return self._kind is not None and indent > self._kind_indent

    def _open_kind(self, label: re.Match[str], indent: int, struck: tuple[str, str]) -> None:
        """`struck` has the marks of what is struck out, which may be the value or the whole line."""
        self._kind = next(kind for kind, _ in self.words.lists if label[kind.value])
        self._kind_indent = indent
        if self._stage_is_target and indent <= self._stage_indent:
            self._stage = None
        value = label["after"]
        aside = None if label["colon"] else _PARENTHESES.match(value)
        if aside:
            value = value[aside.end() :].strip() or aside[1]
        self._list(value.join(struck))

    def _open_stage(self, stage: Stage | None, item: re.Match[str], indent: int) -> None:
        self._stage, self._kind = stage, None
        self._stage_indent = indent if item["bullet"] else -1
        self._stage_is_target = item["mark"] is None and read_staged_version(item["text"]) is not None
        signed = item["mark"] is None and (item["sign"] or " ")[0] in _DONE
        ticked = signed or ((item["mark"] or "").strip(" -") != "" and not item["text"].lstrip().startswith("~"))
        if stage and ticked and stage not in self.ticked:
            self.ticked.append(stage)

    def _continue(self, text: str, indent: int, bullet: bool) -> None:
        """A line that opens nothing: it belongs to the open item, or ends it."""
        begins_with_ref = _BEGINS_WITH_REF.match(text) is not None
        links = bullet and (link := _LINK.match(text)) and find_refs(link[2], self.repository)
        if bullet and indent <= self._stage_indent and not begins_with_ref:
            self._stage, self._stage_indent, self._kind = None, -1, None
        elif (bullet or self._after_blank) and not begins_with_ref and not links:
            self._kind = None
        self._list(text)

    def _list(self, text: str) -> None:
        if self._kind is None:
            return
        above = self.code if self._kind is PrKind.CODE else ""
        for ref in listed_refs(text, self.repository, self.highest, self.words, above, self.known):
            self.listed.setdefault(ListedPr(ref, self._kind, self._stage))


def read_timeline(sections: Iterable[Section], process: Process, highest: int) -> Timeline:
    """Ticked stages and listed pull requests of all timeline sections."""
    known = (*process.kinds, *process.repositories.values())
    code = process.repositories.get("code", "")
    timeline = Timeline(process.enhancements, highest, process.tracker, code, known)
    for section in sections:
        if section.field is Field.TIMELINE:
            timeline.read(section.lines)
    return timeline


def listed_refs(
    text: str, repository: str, highest: int, words: TrackerWords, above: str = "", known: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The pull requests that one line lists, as opposed to those its remarks mention.

    The first reference counts, and those that follow it as a list; what stands in parentheses, behind a remark, behind
    words of dependency, or is struck out does not. A bare number counts only where nothing but "PR" stands before it.
    """
    text = _LINK.sub(lambda link: link[2] if find_refs(link[2], repository) else link[1], decoded(text))
    text = standing(text)
    found: list[str] = []
    position, ahead = 0, _labels(words).number_ahead
    for reference in find_refs(text, repository, highest=highest, above=above, known=known):
        gap, position = text[position : reference.start], reference.end
        counts = _is_next(gap, reference.bare) if found else _is_first(gap, reference.bare, ahead)
        if reference.pull is False or not counts:
            continue
        found.append(reference.ref)
    return tuple(found)


def _is_first(gap: str, bare: bool, ahead: re.Pattern[str]) -> bool:
    if bare:
        return len(gap) <= _LONGEST_GAP and ahead.fullmatch(_ASIDE.sub("", gap)) is not None
    return _NOTHING.match(gap) is None and _ELSEWHERE.search(gap) is None


def _is_next(gap: str, bare: bool) -> bool:
    gap = _ASIDE.sub(" ", gap)
    if "(" in gap or len(gap) > _LONGEST_GAP:
        return False
    if _SEPARATORS.fullmatch(gap):
        return True
    return not bare and _NEXT_OF_LIST.search(gap) is not None and _ELSEWHERE.search(gap) is None
