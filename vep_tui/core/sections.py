"""A tracker's body cut into the fields of its template, whatever their markup; it does not read the values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from vep_tui.core.targets import read_target, stage_named
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
    """Under a heading that the template does not have, or has for free text."""


@dataclass(frozen=True, slots=True)
class Section:
    """The lines under one heading, with the value that stands on the heading's own line first."""

    field: Field
    lines: tuple[str, ...]


_FIELDS = (
    ("primary contact", Field.CONTACT),
    ("contact", Field.CONTACT),
    ("assignee", Field.CONTACT),
    ("current feature stage", Field.STAGE),
    ("current stage", Field.STAGE),
    ("feature stage", Field.STAGE),
    ("feature gate", Field.GATE),
    ("responsible sig", Field.SIGS),
    ("enhancement link", Field.LINK),
    ("timeline", Field.TIMELINE),
)
_BULLET = re.compile(r"[-*+][ \t]+(?=\*\*|__)")
_HASHES = re.compile(r"#{1,6}(?:[ \t]+|(?=\*\*|__))")
_BOLD = re.compile(r"(\*\*|__)(?P<name>[^\n]{1,120}?)\1(?P<rest>.*)")
_OPEN_BOLD = re.compile(r"(?:\*\*|__)(?P<name>[^:*_\n]{1,80}):(?P<rest>.*)")
_ASIDE_AHEAD = re.compile(r"\s*(?:\([^()\n]{0,80}\)\s*)?(?P<colon>:?)[ \t]*")
_PLAIN = re.compile(r"(?P<name>[A-Za-z][A-Za-z ()]{4,40}?)[ \t]*(?::(?P<rest>.*))?$")
_PLAIN_NAMES = re.compile(
    r"(?:primary contact|current feature stage|feature gates?|responsible sigs?|enhancement links?"
    r"|timeline)(?: ?\([a-z]{1,12}\))?"
)
_CONTENT = re.compile(r"(?:primary|additional|owning|participating|other) sigs?\b|(?:[\w/ ]{1,30}) prs?(?:\b|\()")
_SIG_LABEL = re.compile(r"[\s*_>-]*(?:primary|additional|owning|participating)[ \t]+sigs?\b", re.IGNORECASE)
_STAGE_BLOCK = re.compile(
    r"\s*[-*+][ \t]+\[[ xX+]{0,3}\][ \t]*\**(?:alpha|beta|ga|stable)\b(?![^\n]{0,40}:\s*\S)", re.IGNORECASE
)
_PR_ITEM = re.compile(r"\s*[-*+][ \t]+(?P<box>\[[ xX+]{0,3}\][ \t]*)?\**(?:VEP|code|docs)[ \t]PRs?\b", re.IGNORECASE)


def cut(body: str) -> tuple[Section, ...]:
    """The sections of a body in its order, HTML comments left out.

    Where a heading was lost, a line that only one field can hold opens that field all the same.
    """
    return tuple(_sections(lines(strip_html_comments(body))))


def _sections(body: list[str]) -> Iterator[Section]:
    field, held = Field.PREAMBLE, list[str]()
    for line in body:
        opened = _heading(line) or _implied(line, field)
        if opened is None:
            held.append(line)
            continue
        yield Section(field, tuple(held))
        field, value = opened
        held = [value]
    yield Section(field, tuple(held))


def _heading(line: str) -> tuple[Field, str] | None:
    """The field a heading opens and the value on its line; None for a line that is no heading."""
    text = line.strip()
    if len(text) > 2000 or not text:
        return None
    bullet = _BULLET.match(text)
    text = text[bullet.end() if bullet else 0 :]
    hashes = _HASHES.match(text)
    text = text[hashes.end() if hashes else 0 :]
    if found := _BOLD.match(text) or _OPEN_BOLD.match(text):
        name, value, marked = _named(found)
    elif hashes:
        name, _, value = text.partition(":")
        marked = True
    elif (found := _PLAIN.match(text)) and _PLAIN_NAMES.fullmatch(found["name"].casefold()):
        name, value, marked = found["name"], found["rest"] or "", True
    else:
        return None
    name = " ".join(name.strip(" \t*_`:").casefold().split())
    field = next((field for known, field in _FIELDS if name.startswith(known)), None)
    if field is not None:
        return field, value.strip()
    if bullet or not marked or stage_named(name) or _CONTENT.match(name):
        return None
    return Field.OTHER, value.strip()


def _named(found: re.Match[str]) -> tuple[str, str, bool]:
    """Name and value of a bold beginning, and whether it has the colon that makes any name a heading."""
    name, inner, value = found["name"].partition(":")
    rest = found["rest"]
    colon = bool(inner) or found.re is _OPEN_BOLD
    if not inner and (ahead := _ASIDE_AHEAD.match(rest)):
        colon = colon or bool(ahead["colon"])
        rest = rest[ahead.end() :]
    return name, f"{value} {rest}", colon or not rest.strip()


def _implied(line: str, field: Field) -> tuple[Field, str] | None:
    if field is not Field.SIGS and _SIG_LABEL.match(line):
        return Field.SIGS, line
    if field is Field.TIMELINE:
        return None
    # A list of stages under Current Feature Stage is a choice of stage, not a plan, and "* VEP PR: ..." without a box
    # under Enhancement link is that link.
    block = field is not Field.STAGE and _STAGE_BLOCK.match(line)
    item = _PR_ITEM.match(line)
    if item and field is Field.LINK and not item["box"]:
        item = None
    return (Field.TIMELINE, line) if block or item or _is_target(line) else None


def _is_target(line: str) -> bool:
    return "release target" in line.casefold() and read_target(line) is not None
