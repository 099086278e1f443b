"""Takes a checklist comment apart: task list, evidence, notes, and everything its author added; it writes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from vep_tui.core.marker import Marker, is_end, marked, with_sight
from vep_tui.core.models import ItemState, Statement
from vep_tui.core.process import Process
from vep_tui.core.prose import loud, tidy, tidy_line

NOT_APPLICABLE = " (does not apply)"
"""What is visible behind the words of an item that does not apply."""

INDENT = "  "
"""Before every line that belongs to an item."""

_LONGEST_ITEM = 1000
"""No line of ours with a box is as long as this."""

_ITEM = re.compile(
    r"(?P<indent> {0,3})(?P<bullet>(?:[-*+]|\d{1,9}[.)]) {1,4})\[(?P<box>[ xX])\]\s+(?P<title>\S.*?)"
    r"(?P<na>\s*\(does not apply\))?(?:\s*<!--\s*(?P<key>[\w-]+) (?P<at>\S+) (?P<state>done|na|todo)\s*-->)?\s*",
    re.IGNORECASE,
)
_EVIDENCE = re.compile(r"On \d{4}-\d\d-\d\d(?:: (?P<evidence>.+)|\.)")
_NOTE = re.compile(r"\s+Note: ?(?P<note>.*)")


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """One line of the task list with the lines under it, as they were found."""

    key: str
    state: ItemState
    """What the visible box and words say."""
    at: datetime | None
    """When we wrote this state; None when nothing was said yet, or when its author changed it on the web."""
    written: ItemState | None
    """The state we wrote; None when the hidden part was lost."""
    title: str
    bullet: str = "- "
    note: str = ""
    evidence: str = ""
    lines: tuple[str, ...] = ()
    """Everything up to the next item."""
    evidence_line: int | None = None
    """Where in `lines` the evidence is."""
    note_lines: tuple[int, int] | None = None
    """Where in `lines` the note begins and ends."""

    @property
    def said(self) -> bool:
        """True when its author said anything about the item, be it that it is open again."""
        return self.at is not None or self.state is not (self.written or ItemState.TODO)

    def statement(self, edited_at: datetime) -> Statement:
        """What it says, `edited_at` being when the comment was last changed."""
        return Statement(self.key, self.state, self.at or edited_at, self.note, self.evidence)


@dataclass(frozen=True, slots=True)
class ParsedComment:
    """A checklist comment taken apart, so that it can be put together again with nothing lost."""

    marker: Marker
    release: str
    preamble: tuple[str, ...]
    """Lines between the marker and the list."""
    items: tuple[ParsedItem, ...]
    tail: tuple[str, ...] | None
    """Lines behind the end marker; None when there is no end marker."""
    newline: str = "\n"

    def statements(self, edited_at: datetime) -> tuple[Statement, ...]:
        """What its author said, item by item; `edited_at` dates what was clicked on the web."""
        return tuple(item.statement(edited_at) for item in self.items if item.said)


def parse(body: str, process: Process, *, own: bool = True, author: str = "") -> ParsedComment | None:
    """The checklist in a body; None when it has no marker of a checklist. `author` is as for `marked`.

    `own` is False when somebody else edited the comment last: then what we wrote stands, whatever the boxes show.
    """
    opening = marked(body, author=author)
    if opening is None or (release := opening[0].release) is None:
        return None
    marker, lines = opening
    preamble: list[str] = []
    found: list[tuple[re.Match[str], str, list[str]]] = []
    tail: list[str] | None = None
    deepest = 3
    for line, seen in with_sight(lines):
        match = _ITEM.fullmatch(line) if seen and tail is None and len(line) < _LONGEST_ITEM else None
        key = _key_of(match, process) if match else None
        near = match is not None and len(match["indent"]) <= deepest
        if match and near and key and key not in {known for _, known, _ in found}:
            deepest = max(1, len(match["indent"])) if not found else deepest  # further in, it is what a note says
            found.append((match, key, []))
        elif seen and tail is None and is_end(line):
            tail = []
        elif tail is not None:
            tail.append(line)
        else:
            (found[-1][2] if found else preamble).append(line)
    return ParsedComment(
        marker=marker,
        release=release,
        preamble=tuple(preamble),
        items=tuple(_read_item(match, key, under, own=own) for match, key, under in found),
        tail=None if tail is None else tuple(tail),
        newline="\r\n" if "\r\n" in body else "\n",
    )


def _key_of(match: re.Match[str], process: Process) -> str | None:
    """The item a line is about: by its hidden key, else by its words."""
    if match["key"]:
        return match["key"] if process.item(match["key"]) else None
    words = _words(match["title"])
    for spec in process.checklist:
        before, _, behind = (_words(part) for part in spec.title.partition("{branch}"))
        if "{branch}" not in spec.title:
            before, behind = before, before
        if words.startswith(before) and words.endswith(behind) and ("{branch}" in spec.title or words == before):
            return spec.key
    return None


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^\w{}]+", " ", text.casefold()).split())


def _read_item(match: re.Match[str], key: str, under: list[str], *, own: bool) -> ParsedItem:
    ticked = match["box"] in "xX"
    state = ItemState.DONE if ticked else ItemState.NA if match["na"] else ItemState.TODO
    written = ItemState(match["state"].lower()) if match["state"] else None
    if not own:
        state = written or ItemState.TODO
    untouched = written is state
    evidence_line, evidence = _find_evidence(under)
    note_lines = _find_note(under)
    note = ""
    if note_lines:
        begin, end = note_lines
        first = _NOTE.fullmatch(under[begin])
        note = tidy(loud([first["note"] if first else "", *(line.strip() for line in under[begin + 1 : end])]))
    return ParsedItem(
        key=key,
        state=state,
        at=_moment(match["at"]) if untouched else None,
        written=written,
        title=match["title"],
        bullet=match["bullet"],
        note=note,
        evidence=evidence if untouched else "",
        lines=tuple(under),
        evidence_line=evidence_line,
        note_lines=note_lines,
    )


def _find_evidence(under: list[str]) -> tuple[int | None, str]:
    for n, line in enumerate(under):
        if _NOTE.fullmatch(line):
            break
        if match := _EVIDENCE.fullmatch(line.strip()):
            return n, tidy_line(loud([match["evidence"] or ""]))
    return None, ""


def _find_note(under: list[str]) -> tuple[int, int] | None:
    """A note goes on to the last line that is indented as it is; blank lines inside belong to it."""
    begin = next((n for n, line in enumerate(under) if _NOTE.fullmatch(line)), None)
    if begin is None:
        return None
    end = begin + 1
    for n in range(begin + 1, len(under)):
        if under[n].strip():
            if not under[n].startswith(INDENT):
                break
            end = n + 1
    return begin, end


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
