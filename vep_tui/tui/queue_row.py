"""How a row of the queue looks at a given width: columns, and the reason in words; it holds no state."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from vep_tui.core.models.words import stage_word
from vep_tui.core.text import one_line
from vep_tui.core.views import SORTS
from vep_tui.tui.bars import button
from vep_tui.tui.glyphs import ACCENT, BAD, CAREFUL, DIM, EMPTY, Glyphs
from vep_tui.tui.when import age

if TYPE_CHECKING:
    from vep_tui.core.models import QueueRow, Reason
    from vep_tui.tui.look import Look

PEOPLE_WAIT = frozenset(
    {
        "review-requested",
        "question",
        "unanswered",
        "re-review",
        "lgtm-stale",
        "lgtm-missing",
        "approve-missing",
        "review-lag",
    }
)
"""Reasons behind which somebody waits for the viewer: the only red in the queue."""

COLUMNS = {"why": 0, "sig": 8, "stage": 6, "release": 5, "checklist": 6, "age": 5}
"""What a row can show beside number and title, in the usual order, with the cells of each; `why` shares the title's."""

_HEADS = {"release": "rel", "checklist": "list"}
_NUMBER = 5
_WITH_ROOM = (("sig", 34), ("stage", 28), ("release", 24))
"""Columns that stay only where there is room: the cells there must be for each, after those named before it.

A column that is not named here keeps its room in any pane."""
_READABLE = 54
"""Cells for title and reason together, for which other columns give way where both stand in one line."""
_FOR_THE_REASON = ("sig", "checklist", "stage", "release")
"""Columns that give way to the reason, in this order: the detail shows them of the selected row all the same."""


class Columns(NamedTuple):
    """The widths of one layout, number aside."""

    title: int
    others: tuple[tuple[str, int], ...]
    """Those of `COLUMNS` that are wanted and fit, from left to right."""


@lru_cache(maxsize=8)
def columns(width: int, wanted: tuple[str, ...], *, two_lines: bool) -> Columns:
    """Share `width` cells out among the wanted columns: what matters least gives way first."""
    cells = {name: COLUMNS[name] for name in wanted if name in COLUMNS}
    steady = cells.keys() - {"why", *dict(_WITH_ROOM)}
    room = width - 2 - _NUMBER - sum(cells[name] for name in steady)
    for name, least in _WITH_ROOM:
        if name in cells and room >= least:
            room -= cells[name]
        else:
            cells.pop(name, None)
    if room < 14:
        room += cells.pop("checklist", 0)
    if "why" in cells and not two_lines and room + sum(cells.get(name, 0) for name in _FOR_THE_REASON) >= 29:
        for name in _FOR_THE_REASON:
            room += cells.pop(name, 0) if room < _READABLE else 0
        cells["why"] = room * 11 // 20
        room -= cells["why"]
    return Columns(max(room, 8), tuple((name, cells[name]) for name in wanted if cells.get(name)))


@lru_cache(maxsize=4)
def head(width: int, look: Look, *, two_lines: bool, sort: str = SORTS[0]) -> Content:
    """The names of the columns; a click sorts by one, and the one that was chosen is underlined."""
    at, glyphs = columns(width, look.columns, two_lines=two_lines), look.glyphs
    names = [("number", "#".rjust(_NUMBER - 1) + " "), ("title", _fit("title", at.title, glyphs))]
    names += [
        (name, "age".rjust(cells - 1) + " " if name == "age" else _fit(_HEADS.get(name, name), cells, glyphs))
        for name, cells in at.others
    ]
    parts = [Content("  ")]
    for name, cell in names:
        order = "attention" if name == "why" else name
        style = f"bold underline {ACCENT}" if order == sort != SORTS[0] else DIM
        word = cell.strip()
        lead, _, gap = cell.partition(word)
        parts += [Content(lead), button(word, f"screen.sort_by('{order}')", style), Content(gap)]
    return EMPTY.join(parts)


def _fit(text: str, width: int, glyphs: Glyphs) -> str:
    """`text` on one line, in exactly `width` cells, of which the last is a gap."""
    if width <= 1:
        return ""
    text = one_line(text)
    piece = Content(text)
    if piece.cell_length > width - 1:
        piece = piece.truncate(width - 2).rstrip() + Content(glyphs.ellipsis)
    return piece.plain + " " * (width - piece.cell_length)


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
    look: Look,
    *,
    two_lines: bool,
    selected: bool = False,
    marked: bool = False,
) -> tuple[Content, ...]:
    """The one or two lines of a row.

    The selected one has a bar in front and a marked one a star, so that colour is not all that tells them.
    """
    at, glyphs = columns(width, look.columns, two_lines=two_lines), look.glyphs
    reason = _first(row)
    mark = ("*", f"bold {ACCENT}") if marked else _mark(row, glyphs)
    quiet = not any(r.mine for r in row.reasons)
    kind = "PR " if row.kind == "pr" else ""
    bar = (glyphs("▌") if selected else " ", ACCENT)
    line = Content.assemble(
        bar,
        mark,
        (str(row.number).rjust(_NUMBER - 1), ACCENT if not quiet else DIM),
        " ",
        (kind, DIM),
        (_fit(row.title, at.title - len(kind), glyphs), "bold" if row.unread or marked else ""),
        *(_cell(name, cells, row, reason, now, glyphs) for name, cells in at.others),
    )
    if not two_lines:
        return (line,)
    return line, Content.assemble(bar, _second(reason, len(row.reasons), width - 2, now, glyphs))


def _cell(
    name: str, cells: int, row: QueueRow, reason: Reason | None, now: datetime, glyphs: Glyphs
) -> tuple[str, str]:
    """One column of a row in exactly `cells` cells, and its style."""
    match name:
        case "why":
            return _fit(reason.text if reason else "", cells, glyphs), _loud(reason)
        case "sig":
            return _fit(row.owning_sig or "?", cells, glyphs), DIM
        case "stage":
            return _fit(stage_word(row.stage, glyphs("–")), cells, glyphs), ""
        case "release":
            return _fit(row.release or glyphs("–"), cells, glyphs), ""
        case "checklist":
            return _fit(glyphs.progress(row.checklist_done, row.checklist_total), cells, glyphs), _progress(row)
        case "age":
            return age(row.updated_at, now).rjust(cells - 1) + " ", DIM
    raise LookupError(f"_cell does not say what the column {name} shows")


def _progress(row: QueueRow) -> str:
    return "$text-success" if row.checklist_total and row.checklist_done == row.checklist_total else DIM


def _second(reason: Reason | None, count: int, width: int, now: datetime, glyphs: Glyphs) -> Content:
    """The reason in words, how old it is and how many more there are."""
    if reason is None:
        return Content.styled("       nothing to do", DIM)
    more = f" +{count - 1}" if count > 1 else ""
    old = glyphs(f" · {age(reason.since, now)}") if reason.since else ""
    text = _fit(reason.text, width - 6 - len(more) - len(old), glyphs).rstrip()
    return Content.assemble("       ", (text, _loud(reason)), (old, DIM), (more, DIM))
