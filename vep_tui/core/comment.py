"""The checklist comment: a reviewer's statements as Markdown that reads well on GitHub, and back; it posts nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain

from vep_tui.core.clock import stamp
from vep_tui.core.focus import branch_of
from vep_tui.core.marker import END, VERSION, Marker, write_marker
from vep_tui.core.models import ChecklistComment, Comment, ItemSpec, ItemState, People, Statement
from vep_tui.core.process import Process
from vep_tui.core.prose import code, cut, quiet, tidy, tidy_line
from vep_tui.core.tasklist import INDENT, NOT_APPLICABLE, ParsedComment, ParsedItem, parse

__all__ = [
    "MAX_BYTES",
    "CommentTooLongError",
    "ParsedComment",
    "parse",
    "parse_comment",
    "read_comment",
    "render",
    "title_of",
]

MAX_BYTES = 65_536
"""Most that GitHub takes for a comment."""

LONGEST_NOTE = 8_000
"""Most bytes of a note in UTF-8: notes on all items have room beside each other."""

_SKEW = timedelta(days=1)
"""How far a reviewer's clock may be ahead of GitHub's; nothing was said after the comment that says it."""

_CAPS = (None, (400, 8000), (200, 4000), (100, 1500), (60, 500), (30, 100))
"""Most characters of an evidence sentence and of a note, tried in this order until the comment is small enough."""


class CommentTooLongError(ValueError):
    """What its author wrote on GitHub leaves no room for the checklist in one comment."""


def parse_comment(comment: Comment, process: Process) -> ParsedComment | None:
    """The checklist in a comment as its author's words: boxes that another person changed are not theirs."""
    author = comment.author if comment.edited_at else ""
    return parse(comment.body, process, own=not comment.edited_by_another, author=author)


def read_comment(comment: Comment, people: People, process: Process) -> ChecklistComment | None:
    """The checklist in a comment of a thread, if it is one."""
    parsed = parse_comment(comment, process)
    if parsed is None:
        return None
    latest = max(comment.created_at, comment.updated_at)
    statements = parsed.statements(comment.edited_at or comment.created_at)
    return ChecklistComment(
        author=comment.author,
        release=parsed.release,
        op=parsed.marker.op,
        statements=tuple(s if s.at <= latest + _SKEW else replace(s, at=latest) for s in statements),
        comment=comment,
        counts=people.may_speak(comment.author),
        foreign=_foreign(comment, parsed, process),
    )


def _foreign(comment: Comment, parsed: ParsedComment, process: Process) -> tuple[tuple[str, ItemState], ...]:
    """The boxes of a comment that its last editor, who is not its author, set otherwise than they were written."""
    shown = parse(comment.body, process, author=comment.author) if comment.edited_by_another else None
    if shown is None:
        return ()
    ours = {item.key: item.state for item in parsed.items}
    return tuple((item.key, item.state) for item in shown.items if ours.get(item.key) is not item.state)


def render(
    number: int,
    release: str,
    items: Iterable[Statement],
    op: str,
    login: str,
    now: datetime,
    existing: ParsedComment | None,
    process: Process,
    branch: str | None,
    edited_at: datetime | None = None,
) -> str:
    """The body of a reviewer's comment: `existing`, or a new one, with `items` as they shall be and all else kept.

    `edited_at` is when the existing comment was last changed: it dates the boxes its author ticked on the web.
    Raises `CommentTooLongError` when even shortened notes do not fit.
    """
    wanted = {item.key: item for item in items}
    branch = branch or branch_of(release)
    comment = existing or ParsedComment(
        Marker(VERSION, op, release), release, tuple(_opening(number, release, login, now, process)), (), ()
    )
    for cap in _CAPS:
        lines = [write_marker(op, release), *comment.preamble]
        lines += chain.from_iterable(_item_lines(comment, wanted, process, branch, edited_at or now, cap))
        if comment.tail is None or not existing:
            lines += [] if not lines[-1].strip() else [""]
        body = comment.newline.join([*lines, END, *(comment.tail or ())])
        if len(body.encode("utf-8", "replace")) <= MAX_BYTES:
            return body.encode("utf-8", "replace").decode("utf-8")
    raise CommentTooLongError(
        "The checklist comment has no room left: shorten the text that was added to it on GitHub."
    )


def title_of(spec: ItemSpec, branch: str | None) -> str:
    """The sentence of an item, naming the release branch where it is known."""
    return spec.title.replace("{branch}", branch or "the release branch")


def _opening(number: int, release: str, login: str, now: datetime, process: Process) -> Iterator[str]:
    yield f"### {process.proposal} {number}: checklist for v{release}"
    yield ""
    yield (
        f"Where this enhancement stands after Code Freeze, point by point, according to {code(login)} "
        f"(begun on {_day(now)}). Under each point: what GitHub showed on the day it was set. "
        f"{code(login)} can tick the boxes right here, too."
    )
    yield ""


def _item_lines(
    comment: ParsedComment,
    wanted: Mapping[str, Statement],
    process: Process,
    branch: str | None,
    edited_at: datetime,
    cap: tuple[int, int] | None,
) -> Iterator[list[str]]:
    """The lines of each item: those of the comment in their order, the missing ones behind their neighbours."""
    items = list(comment.items)
    for position, spec in enumerate(process.checklist):
        if not any(item.key == spec.key for item in items):
            title = " ".join(quiet(tidy_line(title_of(spec, branch)), links=False))
            before = {other.key for other in process.checklist[:position]}
            at = max((n + 1 for n, item in enumerate(items) if item.key in before), default=0)
            items.insert(at, ParsedItem(spec.key, ItemState.TODO, None, ItemState.TODO, title))
    for item in items:
        said = wanted.get(item.key) or (item.statement(edited_at) if item.said else None)
        untouched = said is None or (cap is None and said == item.statement(item.at or edited_at) and item.at)
        yield [_head(item, said), *(item.lines if untouched or said is None else _body(item, said, cap))]


def _head(item: ParsedItem, said: Statement | None) -> str:
    state = said.state if said else ItemState.TODO
    box = "x" if state is ItemState.DONE else " "
    words = NOT_APPLICABLE if state is ItemState.NA else ""
    at = stamp(said.at) if said else "-"
    return f"{item.bullet}[{box}] {item.title}{words} <!-- {item.key} {at} {state} -->"


def _body(item: ParsedItem, said: Statement, cap: tuple[int, int] | None) -> list[str]:
    """The lines under an item with its evidence and its note written anew."""
    evidence, note = tidy_line(said.evidence), tidy(said.note)
    if cap:
        evidence, note = cut(evidence, cap[0]), cut(note, cap[1])
    shown = " ".join(quiet(evidence, links=False))
    fresh = [f"{INDENT}On {_day(said.at)}{f': {shown}' if shown else '.'}"]
    lines = list(item.lines)
    if item.note_lines is None:
        fresh += _note(note)
    elif note != item.note:
        begin, end = item.note_lines
        lines[begin:end] = _note(note)
    if item.evidence_line is None:
        return fresh + lines
    lines[item.evidence_line : item.evidence_line + 1] = fresh
    return lines


def _note(note: str) -> list[str]:
    first, *rest = quiet(note)
    return [f"{INDENT}Note: {first}", *((INDENT + line).rstrip() for line in rest)] if note else []


def _day(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d")
