"""Plain tables for people: aligned by the width on screen, cleaned of control characters, no colour."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from vep_tui.cli.hyperlinks import Hyperlinks, linked
from vep_tui.core.cycle import plural
from vep_tui.core.models import ItemState, LinkedPr, QueueRow, SignOff, Stage, Vep, Verdict
from vep_tui.core.models.words import SIGNED, stage_word
from vep_tui.core.text import clean, one_line
from vep_tui.store.desk import Header, OutboxEntry

BOX = {ItemState.TODO: "[ ]", ItemState.DONE: "[x]", ItemState.NA: "[-]"}
NO_LINKS = Hyperlinks()
VERDICT = {Verdict.MET: "met", Verdict.UNMET: "NOT MET", Verdict.UNKNOWN: "unknown"}


_LINK = re.compile("\x1b]8;;[^\x1b]*\x1b\\\\")
"""What makes a text a hyperlink, and takes no cell."""
_LEAST = 16
"""Cells of a column that is cut: fewer would tell nothing."""
_TEXT = 40
"""Cells of a note or comment that tell it from others."""
_BELOW = " " * 4
"""Before a last column that has a line of its own."""
_NO_CELL = ("Mn", "Me", "Cf")
"""Unicode categories that take no cell: marks upon another character, and formats."""


def width(text: str) -> int:
    """Terminal cells of a text: wide characters take two, marks and invisible ones none."""
    return sum(
        0 if unicodedata.category(c) in _NO_CELL else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


Cell = str | tuple[str, str]
"""A text, or a text and the address that it leads to; without one where that is empty."""


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]], room: int | None = None) -> str:
    """Rows under their heads in aligned columns; the last column is not padded.

    Where there is not `room` for that, the last column has lines of its own, and the one before it is cut.
    """
    lines = [tuple((name, "") for name in head), *(tuple(map(_cell, row)) for row in rows)]
    widths = [max(width(line[i][0]) for line in lines) for i in range(len(head))]
    if room is None or sum(widths) + 2 * len(widths) - 2 <= room:
        return "\n".join(_aligned(line, widths) for line in lines)
    widths[-2] = min(widths[-2], max(_LEAST, room - sum(widths[:-2]) - 2 * len(widths[:-2])))
    below: list[str] = []
    for *line, (text, address), (last, _) in lines:
        below.append(_aligned((*line, (cut(text, widths[-2]), address)), widths[:-1]))
        below += [fold(_BELOW + last, room)] if last else []
    return "\n".join(below)


def _cell(cell: Cell) -> tuple[str, str]:
    text, address = (cell, "") if isinstance(cell, str) else cell
    return one_line(text), address


def _aligned(line: Iterable[tuple[str, str]], widths: Iterable[int]) -> str:
    cells = zip(line, widths, strict=True)
    return "  ".join(linked(text, to) + " " * (wide - width(text)) for (text, to), wide in cells).rstrip()


def cut(text: str, room: int) -> str:
    """The text in so many cells; what is cut off leaves a sign."""
    if width(text) <= room:
        return text
    while text and width(text) > room - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def fold(text: str, room: int | None) -> str:
    """Every line broken between words where it is longer than the room, and what follows put below its own words."""
    return text if room is None else "\n".join(_folded(line, room) for line in text.split("\n"))


def _folded(line: str, room: int) -> str:
    indent = " " * (len(line) - len(line.lstrip()))
    done, now = [], ""
    for word in re.findall(r" *[^ ]+", line):  # with the spaces before it: columns stay aligned
        if now.strip() and width(_LINK.sub("", now + word)) > room:
            done.append(now)
            now, word = indent, word.lstrip()
        now += word
    return "\n".join([*done, now])


def queue_table(rows: Sequence[QueueRow], links: Hyperlinks = NO_LINKS, room: int | None = None) -> str:
    """The queue, most urgent first."""
    head = ("NUMBER", "SIG", "STAGE", "RELEASE", "CHECKLIST", "TITLE", "WHY")
    return table(
        head,
        (
            (
                (f"#{row.number}" if row.kind == "vep" else f"PR #{row.number}", links.row(row.number)),
                row.owning_sig or "?",
                stage_word(row.stage, "?"),
                f"v{row.release}" if row.release else "?",
                f"{row.checklist_done}/{row.checklist_total}" if row.checklist_total else "",
                row.title,
                "; ".join(reason.text for reason in row.reasons[:2]),
            )
            for row in rows
        ),
        room,
    )


def header_line(header: Header, now: datetime) -> str:
    """Release, phase, next date and age of the store, on one line."""
    parts = []
    if header.release:
        parts.append(f"v{header.release} {header.phase}")
    else:
        parts.append("no schedule file yet")
    if header.next_name and header.next_day:
        days = (header.next_day - now.date()).days
        when = f"in {plural(days, 'day')}" if days else "today"
        parts.append(f"{header.next_name} {when} ({header.next_day})")
    parts.append(f"synced {header.synced_at.astimezone():%Y-%m-%d %H:%M %Z}" if header.synced_at else "never synced")
    if header.waiting or header.held or header.in_doubt:
        parts.append(f"{header.waiting} waiting, {header.in_doubt} sending, {header.held} held")
    return " · ".join(parts)


def vep_text(vep: Vep, proposal: str, links: Hyperlinks = NO_LINKS) -> str:
    """One VEP on a page of plain text."""
    tracker = vep.tracker
    targets = ", ".join(f"{stage_word(s)} v{t}" for s in Stage if (t := vep.targets.of(s))) or "none named"
    stage = stage_word(vep.stage, "unknown")
    lines = [
        f"{proposal} {vep.number}: {tracker.title}",
        vep.issue.url,
        f"{vep.issue.state} · sig {vep.owning_sig or 'unknown'} · stage {stage} · targets: {targets}",
        f"contacts: {', '.join(tracker.contacts) or 'none'} · gates: {', '.join(vep.gates) or 'none'}",
    ]
    if vep.sign_offs:
        lines.append(f"LGTM: {', '.join(map(_sign_off, vep.sign_offs))}")
    last = vep.last_check_in
    lines.append(f"check-in: {last.by}, {last.at.astimezone():%Y-%m-%d}: {last.text}" if last else "check-in: none yet")
    lines += [f"! {reason.text}" for reason in vep.reasons]
    lines += ["", f"Checklist v{vep.checklist.release}" if vep.checklist.release else "Checklist (no release known)"]
    for item in vep.checklist.items:
        who = f"  {item.by}" if item.by else ""
        sent = f" ({item.delivery})" if item.delivery else ""
        lines.append(f"  {BOX[item.state]} {item.title}{who}{sent}")
        lines.append(f"      {VERDICT[item.evidence.verdict]}: {item.evidence.summary or 'a person has to tell'}")
        if item.note:
            lines.append(f"      note: {item.note}")
        if item.reason:
            lines.append(f"      held: {item.reason}")
    lines += ["", "Pull requests", *([] if vep.pulls else ["  none known"])]
    pulls = [_pull_line(pull, links) for pull in vep.pulls]
    slips = ["", "The tracker", *(f"  {slip.text}" for slip in vep.lint)] if vep.lint else []
    return "\n".join([*map(_line, lines), *pulls, *map(_line, slips)])


def _sign_off(one: SignOff) -> str:
    by = f" ({', '.join(one.by)})" if one.by else ""
    return f"{one.sig} {SIGNED[one.state]}{by}"


def _line(text: str) -> str:
    return clean(text).replace("\n", " ")


def _pull_line(link: LinkedPr, links: Hyperlinks) -> str:
    pull, ref = link.pull, _line(link.pull.ref)
    rest = _line(f"{pull.state:<7} {_place(link):<9} {pull.title}")
    return f"  {link.kind:<5} {linked(ref, links.address(pull.url))}{' ' * max(0, 32 - len(ref))} {rest}"


def _place(link: LinkedPr) -> str:
    return "listed" if link.listed else "candidate" if link.candidate else "unlisted"


def outbox_table(
    entries: Sequence[OutboxEntry], proposal: str, links: Hyperlinks = NO_LINKS, room: int | None = None
) -> str:
    """What waits, what is held, and why."""
    return table(
        ("ID", proposal, "WHAT", "RELEASE", "STATE", "DELIVERY", "TEXT", "WHY"),
        (
            (
                str(e.id),
                (f"#{e.number}", links.row(e.number)),
                e.item or e.kind,
                f"v{e.release}" if e.release else "",
                e.state or "",
                e.delivery,
                cut(one_line(e.note or e.body), _TEXT),
                e.reason,
            )
            for e in entries
        ),
        room,
    )
