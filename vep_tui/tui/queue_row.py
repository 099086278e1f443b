"""How a row of the queue looks at a given width: columns, and the reason in words; it holds no state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from vep_tui.core.text import clean
from vep_tui.tui.glyphs import ACCENT, BAD, CAREFUL, DIM, Glyphs
from vep_tui.tui.when import age

if TYPE_CHECKING:
    from vep_tui.core.models import QueueRow, Reason

PEOPLE_WAIT = frozenset({"review-requested", "question", "lgtm-stale", "lgtm-missing", "approve-missing", "review-lag"})
"""Reasons behind which somebody waits for the viewer: the only red in the queue."""

TWO_LINES_FROM = 46
"""Cells from which a row shows its reason on a second line rather than in a column (when there is height)."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of one layout; 0 leaves a column out."""

    number: int
    title: int
    reason: int
    sig: int
    stage: int
    release: int
    checklist: int
    age: int


def columns(width: int, *, two_lines: bool) -> Columns:
    """Share `width` cells out: what matters least gives way first."""
    width -= 2
    number, sig, stage, release, checklist, old = 5, 8, 6, 5, 6, 5
    room = width - number - old - checklist
    if room < 52:
        sig = 8 if room >= 34 else 0
    if room - sig < 40:
        stage = 6 if room - sig >= 28 else 0
    if room - sig - stage < 30:
        release = 5 if room - sig - stage >= 24 else 0
    room -= sig + stage + release
    if room < 14:
        checklist, room = 0, room + checklist
    reason = 0 if two_lines or room < 34 else room * 9 // 20
    return Columns(number, max(room - reason, 8), reason, sig, stage, release, checklist, old)


def head(width: int, *, two_lines: bool, glyphs: Glyphs) -> Content:
    """The names of the columns."""
    at = columns(width, two_lines=two_lines)
    words = (
        "  ",
        "#".rjust(at.number - 1) + " ",
        _fit("title", at.title, glyphs),
        _fit("why", at.reason, glyphs),
        _fit("sig", at.sig, glyphs),
        _fit("stage", at.stage, glyphs),
        _fit("rel", at.release, glyphs),
        _fit("list", at.checklist, glyphs),
        "age".rjust(at.age - 1),
    )
    return Content.styled("".join(words), DIM)


def _fit(text: str, width: int, glyphs: Glyphs) -> str:
    """`text` in exactly `width` cells, of which the last is a gap."""
    if width <= 1:
        return ""
    piece = Content(text)
    if piece.cell_length > width - 1:
        return piece.truncate(width - 2).plain + glyphs.ellipsis + " "
    return text + " " * (width - piece.cell_length)


def _first(row: QueueRow) -> Reason | None:
    mine = [r for r in row.reasons if r.mine]
    return mine[0] if mine else next(iter(row.reasons), None)


def _loud(reason: Reason | None) -> str:
    if reason is None or not reason.mine:
        return DIM
    return BAD if reason.reason in PEOPLE_WAIT else CAREFUL


def _mark(row: QueueRow, glyphs: Glyphs) -> tuple[str, str]:
    """The sign in front: held, waiting, or news."""
    if row.held:
        return glyphs("×"), BAD
    if row.waiting:
        return glyphs("↑"), ACCENT
    return (glyphs("•"), ACCENT) if row.unread else (" ", "")


def paint(
    row: QueueRow,
    width: int,
    now: datetime,
    glyphs: Glyphs,
    *,
    two_lines: bool,
    selected: bool = False,
    marked: bool = False,
) -> tuple[Content, ...]:
    """The one or two lines of a row.

    The selected one has a bar in front and a marked one a star, so that colour is not all that tells them.
    """
    at = columns(width, two_lines=two_lines)
    reason = _first(row)
    mark = ("*", f"bold {ACCENT}") if marked else _mark(row, glyphs)
    quiet = not any(r.mine for r in row.reasons)
    title = clean(row.title).replace("\n", " ")
    kind = "PR " if row.kind == "pr" else ""
    bar = (glyphs("▌") if selected else " ", ACCENT)
    line = Content.assemble(
        bar,
        mark,
        (str(row.number).rjust(at.number - 1), ACCENT if not quiet else DIM),
        " ",
        (kind, DIM),
        (_fit(title, at.title - len(kind), glyphs), "bold" if row.unread or marked else ""),
        (_fit(clean(reason.text) if reason else "", at.reason, glyphs), _loud(reason)),
        (_fit(clean(row.owning_sig or "?"), at.sig, glyphs), DIM),
        (_fit(row.stage or glyphs("–"), at.stage, glyphs), ""),
        (_fit(row.release or glyphs("–"), at.release, glyphs), ""),
        (_fit(glyphs.progress(row.checklist_done, row.checklist_total), at.checklist, glyphs), _progress(row)),
        (age(row.updated_at, now).rjust(at.age - 1), DIM),
    )
    if not two_lines:
        return (line,)
    return line, Content.assemble(bar, _second(reason, len(row.reasons), width - 2, now, glyphs))


def _progress(row: QueueRow) -> str:
    return "$text-success" if row.checklist_total and row.checklist_done == row.checklist_total else DIM


def _second(reason: Reason | None, count: int, width: int, now: datetime, glyphs: Glyphs) -> Content:
    """The reason in words, how old it is and how many more there are."""
    if reason is None:
        return Content.styled("       nothing to do", DIM)
    more = f" +{count - 1}" if count > 1 else ""
    old = glyphs(f" · {age(reason.since, now)}") if reason.since else ""
    text = _fit(clean(reason.text).replace("\n", " "), width - 6 - len(more) - len(old), glyphs).rstrip()
    return Content.assemble("       ", (text, _loud(reason)), (old, DIM), (more, DIM))
