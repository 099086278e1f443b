"""A tracker's body cut into the fields of its template, whatever their markup; it does not read the values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from vep_tui.core.block_lines import ends_fence, fence_of
from vep_tui.core.process import TrackerWords
from vep_tui.core.targets import STAGE, read_target, stage_named
from vep_tui.core.text import lines, strip_html_comments


class Field(Enum):
    """A field of the tracker's template."""

    PREAMBLE = auto()
    """What stands above the first heading."""
    CONTACT = auto()
    STAGE = auto()
    GATE = auto()
    SIGS = auto()
    LINK = auto()
    TIMELINE = auto()
    OTHER = auto()
    """Under a heading that the template has for free text."""
    STRAY = auto()
    """Under a heading that the template does not have."""


NAMED = tuple(field for field in Field if field not in (Field.PREAMBLE, Field.STRAY))
"""The fields that a profile gives headings to."""


@dataclass(frozen=True, slots=True)
class Section:
    """The lines under one heading, with the value that stands on the heading's own line first."""

    field: Field
    lines: tuple[str, ...]


MOST = 3
"""So many headings of the template make a tracker."""
_OPENING = frozenset(NAMED) - {Field.OTHER}
_PERSONAL = frozenset({Field.CONTACT, Field.SIGS})
"""What no block for a mere stage has."""
_TRACKERS = 4
"""So many trackers of one body are told apart."""
_BULLET = re.compile(r"(?:[-*+]|\d{1,2}[.)])[ \t]+(?=\*\*|__)")
_SIGN_AHEAD = re.compile(r"(?:(?:\d{1,2}[.)]|[^\w\s@/`$#<\[(]{1,4})\s+)+")
"""A number or emblem in front of a heading's name."""
_HASHES = re.compile(r"#{1,6}(?:[ \t]+|(?=\*\*|__))")
_BOLD = re.compile(r"(\*\*|__)(?P<name>[^\n]{1,120}?)\1(?P<rest>.*)")
_OPEN_BOLD = re.compile(r"(?:\*\*|__)(?P<name>[^:*_\n]{1,80}):(?P<rest>.*)")
_ASIDE_AHEAD = re.compile(r"\s*(?:\([^()\n]{0,80}\)\s*)?(?P<colon>:?)[ \t]*")
_PLAIN = re.compile(r"(?P<name>[A-Za-z][A-Za-z ()]{4,40}?)[ \t]*(?::(?P<rest>.*))?$")
_LIST_ITEM = re.compile(r"[-*+][ \t]+(?P<name>[^\[\]:\n]{4,90}):(?P<rest>.*)")
_CONTENT = re.compile(r"(?:primary|additional|owning|participating|other) sigs?\b|(?:[\w/ ]{1,30}) prs?(?:\b|\()")
_VALUE = re.compile(r"[ \t]*(?:[@/`]|sig[-/ ])", re.IGNORECASE)
"""How words in bold begin that are a field's value: a person, a command, a gate, a SIG."""
_SIG_LABEL = re.compile(r"[\s*_-]*(?:primary|additional|owning|participating)[ \t]+sigs?\b", re.IGNORECASE)
_STAGE_BLOCK = re.compile(rf"\s*[-*+][ \t]+\[[ xX+]{{0,3}}\][ \t]*\**{STAGE}\b(?![^\n]{{0,40}}:\s*\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Template:
    """What opens the fields of one community's template."""

    fields: tuple[tuple[str, Field], ...]
    bare: re.Pattern[str]
    list_items: bool
    pr_item: re.Pattern[str]

    def field(self, name: str) -> Field | None:
        """The field whose heading this is."""
        return next((field for known, field in self.fields if name.startswith(known)), None)


@lru_cache(maxsize=8)
def _template(words: TrackerWords) -> _Template:
    bare = "|".join(re.escape(name) for name in words.bare)
    named = re.escape(words.proposal)
    return _Template(
        tuple((known, Field[name.upper()]) for name, beginnings in words.fields for known in beginnings),
        re.compile(rf"(?:{bare})(?: ?\([a-z]{{1,12}}\))?"),
        words.list_items,
        re.compile(
            rf"\s*[-*+][ \t]+(?P<box>\[[ xX+]{{0,3}}\][ \t]*)?\**(?:{named}|code|docs)[ \t]PRs?\b", re.IGNORECASE
        ),
    )


def cut(body: str, words: TrackerWords) -> tuple[Section, ...]:
    """The sections of a body in its order, HTML comments and fenced examples of trackers left out.

    Where a heading was lost, a line that only one field can hold opens that field all the same.
    """
    template = _template(words)
    return tuple(_sections(_meant(lines(strip_html_comments(body)), template), template))


def apart(sections: tuple[Section, ...]) -> tuple[tuple[Section, ...], ...]:
    """The trackers of a body that holds several, the one that counts first: a folded one is what stood there before.

    Another one begins where its first heading comes again, when most headings do; a single field may stand twice.
    """
    behind = [frozenset[Field]()]
    for section in reversed(sections):
        behind.append(behind[-1] | ({section.field} & _OPENING))
    behind.reverse()
    parts: list[list[Section]] = [[]]
    folded, depth, seen = [False], 0, dict[Field, None]()
    for index, section in enumerate(sections):
        again = behind[index].intersection(seen)
        is_next = section.field is next(iter(seen), None) and again & _PERSONAL and len(again) >= MOST
        if is_next and len(parts) < _TRACKERS:
            parts.append([])
            folded.append(False)
            seen = {}
        if section.field in _OPENING:
            folded[-1] = folded[-1] if seen else depth > 0
            seen[section.field] = None
        parts[-1].append(section)
        tags = [line.casefold() for line in section.lines]
        depth += sum(line.count("<details") - line.count("</details") for line in tags)
    order = sorted(range(len(parts)), key=folded.__getitem__)
    return tuple(tuple(parts[place]) for place in order)


def _meant(body: list[str], template: _Template) -> list[str]:
    """The lines without fenced blocks that have fields of their own: an example, or what stood there before.

    A mere value in a fence counts, as does all of a body that has its fields nowhere else.
    """
    kept: list[str] = []
    fence: list[str] = []
    mark = ""
    for line in body:
        if mark:
            fence.append(line)
            if ends_fence(line.strip(), mark):
                kept += [] if _has_fields(fence, template) else fence
                fence, mark = [], ""
        elif mark := fence_of(line.strip()):
            fence = [line]
        else:
            kept.append(line)
    kept += fence  # never closed: somebody forgot a mark
    return kept if len(kept) == len(body) or _has_fields(kept, template) else body


def _has_fields(body: list[str], template: _Template) -> bool:
    opened = (_heading(line, template) for line in body)
    return any(found is not None and found[0] is not Field.STRAY for found in opened)


def _sections(body: list[str], template: _Template) -> Iterator[Section]:
    field, held = Field.PREAMBLE, list[str]()
    for line in body:
        opened = _heading(line, template) or _implied(line, field, template)
        if opened is None:
            held.append(line)
            continue
        yield Section(field, tuple(held))
        field, value = opened
        held = [value]
    yield Section(field, tuple(held))


def _heading(line: str, template: _Template) -> tuple[Field, str] | None:
    """The field a heading opens and the value on its line; None for a line that is no heading."""
    text = line.strip()
    if len(text) > 2000 or not text:
        return None
    if template.list_items and (item := _LIST_ITEM.match(line)) and (opened := template.field(_folded(item["name"]))):
        return opened, item["rest"].strip()
    bullet = _BULLET.match(text)
    text = text[bullet.end() if bullet else 0 :]
    hashes = _HASHES.match(text)
    text = text[hashes.end() if hashes else 0 :]
    if found := _BOLD.match(text) or _OPEN_BOLD.match(text):
        name, value, marked = _named(found)
    elif hashes:
        name, _, value = text.partition(":")
        marked = True
    elif (found := _PLAIN.match(text)) and template.bare.fullmatch(found["name"].casefold()):
        name, value, marked = found["name"], found["rest"] or "", True
    else:
        return None
    name, is_value = _folded(name), _VALUE.match(name) is not None
    field = template.field(name)
    if field is not None:
        return field, value.strip()
    if is_value or bullet or not marked or stage_named(name) or _CONTENT.match(name):
        return None
    return Field.STRAY, value.strip()


def _folded(name: str) -> str:
    name = name.strip(" \t*_`:")
    sign = _SIGN_AHEAD.match(name)
    return " ".join(name[sign.end() if sign else 0 :].casefold().split())


def _named(found: re.Match[str]) -> tuple[str, str, bool]:
    """Name and value of a bold beginning, and whether it has the colon that makes any name a heading."""
    name, inner, value = found["name"].partition(":")
    rest = found["rest"]
    colon = bool(inner) or found.re is _OPEN_BOLD
    if not inner and (ahead := _ASIDE_AHEAD.match(rest)):
        colon = colon or bool(ahead["colon"])
        rest = rest[ahead.end() :]
    return name, f"{value} {rest}", colon or not rest.strip()


def _implied(line: str, field: Field, template: _Template) -> tuple[Field, str] | None:
    if field is not Field.SIGS and _SIG_LABEL.match(line):
        return Field.SIGS, line
    if field is Field.TIMELINE:
        return None
    # A list of stages under the stage's heading is a choice of stage, not a plan, and "* VEP PR: ..." without a box
    # under the link's heading is that link.
    block = field is not Field.STAGE and _STAGE_BLOCK.match(line)
    item = template.pr_item.match(line)
    if item and field is Field.LINK and not item["box"]:
        item = None
    return (Field.TIMELINE, line) if block or item or _is_target(line) else None


def _is_target(line: str) -> bool:
    return "release target" in line.casefold() and read_target(line) is not None
