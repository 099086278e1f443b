"""A filter's tree as sets of rows: which it needs, and how they are combined; it reads no filter text itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from vep_tui.core.filter import NEEDS, And, Node, Not, Operator, Or, Term, Words, span
from vep_tui.store.database import to_stamp
from vep_tui.store.sets import ANY, Mark, is_short, numbers_in, set_of, sure_mark, text_marks

if TYPE_CHECKING:
    from vep_tui.core.world import World
    from vep_tui.store.database import Database
    from vep_tui.store.noted import Noted
    from vep_tui.store.sets import Sets

_COMPARE: Mapping[Operator, Callable[[int, int], bool]] = {
    Operator.IS: int.__eq__,
    Operator.LESS: int.__lt__,
    Operator.MORE: int.__gt__,
    Operator.AT_MOST: int.__le__,
    Operator.AT_LEAST: int.__ge__,
}
_EVERY: tuple[Mark, ...] = (("kind", "vep"), ("kind", "pr"))
"""Sets that hold all rows."""


class Rows(NamedTuple):
    """What a filter is answered from."""

    database: Database
    sets: Sets
    noted: Noted
    known: Mapping[Mark, int]
    """The sets that the filter asked for, at least."""

    def of(self, marks: Iterable[Mark]) -> int:
        """Rows that are in any of these sets."""
        found = 0
        for mark in marks:
            found |= self.known[mark]
        return found

    def numbers(self, sql: str, values: Iterable[Any]) -> int:
        """Rows whose numbers a statement finds."""
        return set_of(row[0] for row in self.database.rows(sql, tuple(values)))


Step: TypeAlias = "Callable[[Rows, int], int]"
"""Which of some rows fit."""


class _Asked:
    """What a filter asks for while it is put together."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.marks: set[Mark] = set()

    def any_of(self, *marks: Mark) -> Step:
        """Rows in any of these sets."""
        self.marks.update(marks)
        return lambda rows, among: among & rows.of(marks)


def find_rows(node: Node | None, world: World, database: Database, sets: Sets, noted: Noted) -> tuple[int, int]:
    """The rows a filter lets through, and all rows, as sets."""
    asked = _Asked(world)
    every = asked.any_of(*_EVERY)
    step = _step(node, asked) if node is not None else every
    sets.renew()
    rows = Rows(database, sets, noted, sets.read(asked.marks))
    among = rows.of(_EVERY)
    return step(rows, among), among


def _step(node: Node, asked: _Asked) -> Step:
    if isinstance(node, And):
        # Texts are looked at last, where the rest has left the fewest.
        steps = [_step(n, asked) for n in sorted(node.nodes, key=lambda n: isinstance(n, Words))]
        return lambda rows, among: _all(steps, rows, among)
    if isinstance(node, Or):
        return _either([_step(n, asked) for n in node.nodes])
    if isinstance(node, Not):
        step = _step(node.node, asked)
        return lambda rows, among: among & ~step(rows, among)
    if isinstance(node, Words):
        return _words(node.text.casefold(), asked)
    special = _SPECIAL.get(node.field)
    return special(node, asked) if special else _tagged(node.field, node.values, asked)


def _all(steps: Iterable[Step], rows: Rows, among: int) -> int:
    for step in steps:
        if not among:
            break
        among = step(rows, among)
    return among


def _either(steps: list[Step]) -> Step:
    def either(rows: Rows, among: int) -> int:
        found = 0
        for step in steps:
            found |= step(rows, among & ~found)
        return found

    return either


def _words(word: str, asked: _Asked) -> Step:
    """Rows with a text in them; a longer one is looked for where all its pieces are."""
    if not word:
        return lambda _, among: among
    sure = asked.any_of(sure_mark(word))
    if is_short(word):
        return sure
    pieces = [asked.any_of(mark) for mark in text_marks(word)]

    def look(rows: Rows, among: int) -> int:
        found = sure(rows, among)
        near = _all(pieces, rows, among & ~found)
        if not near:
            return found
        return found | rows.numbers(
            "SELECT number FROM json_each(?) CROSS JOIN queue ON number = value WHERE instr(haystack, ?) > 0",
            (json.dumps(numbers_in(near)), word),
        )

    return look


def _tagged(name: str, wanted: tuple[str, ...], asked: _Asked) -> Step:
    """Equality with any of a term's values, among the tags of the row."""
    plain = asked.any_of(*((name, v) for value in wanted for v in _meant(name, value, asked.world)))
    if "none" not in wanted:
        return plain
    named = asked.any_of((name, ANY))
    return lambda rows, among: plain(rows, among) | among & ~named(rows, among)


def _meant(name: str, value: str, world: World) -> tuple[str, ...]:
    """What a word stands for: me, my SIGs, or itself."""
    if value == "@me":
        return (world.me.casefold(),) if world.me else ()
    if value == "@mine" and name == "sig":
        return tuple(s.casefold() for s in world.my_sigs)
    return () if value in ("none", ANY) else (value,)


def _column(term: Term, asked: _Asked) -> Step:
    return asked.any_of(*((term.field, value) for value in term.values))


def _needs(term: Term, asked: _Asked) -> Step:
    reasons = tuple(reason for value in term.values for reason in NEEDS.get(value, (value,)))
    return _tagged("reason", reasons, asked)


def _is(term: Term, asked: _Asked) -> Step:
    return _either([_LOCAL[v] if v in _LOCAL else _flag(v, asked) for v in term.values])


def _flag(value: str, asked: _Asked) -> Step:
    flagged = _tagged("is", (value,), asked)
    if value != "attention":
        return flagged
    return lambda rows, among: flagged(rows, among) & ~rows.noted.snoozed(rows.database)


_LOCAL: Mapping[str, Step] = {
    "snoozed": lambda rows, among: among & rows.noted.snoozed(rows.database),
    "unread": lambda rows, among: among & rows.noted.unread(rows.database),
    "held": lambda rows, among: among & rows.noted.held(),
    "waiting": lambda rows, among: among & rows.noted.waiting(),
}
"""What is noted on this machine, or waits here."""


def _checklist(term: Term, _: _Asked) -> Step:
    def fits(done: int, total: int) -> bool:
        if not total:
            return "none" in term.values
        return any(
            (done < total) is (value == "open")
            if value in ("open", "done")
            else value != "none" and _COMPARE[term.operator](done, int(value))
            for value in term.values
        )

    def look(rows: Rows, among: int) -> int:
        found = 0
        for value, members in rows.sets.values_of("checklist").items():
            done, _, total = value.partition("/")
            if fits(int(done), int(total)):
                found |= members
        return among & found

    return look


def _updated(term: Term, asked: _Asked) -> Step:
    begin, end = span(term, asked.world.now)
    bounds = [(sign, to_stamp(at)) for sign, at in ((">=", begin), ("<", end)) if at is not None]
    where = " AND ".join(f"updated_at {sign} ?" for sign, _ in bounds) or "1"
    sql = f"SELECT number FROM queue WHERE {where}"  # noqa: S608 - all bound
    return lambda rows, among: among & rows.numbers(sql, (stamp for _, stamp in bounds))


def _number(term: Term, _: _Asked) -> Step:
    sign = term.operator.value
    sql = f"SELECT number FROM queue WHERE number {sign} ? UNION SELECT number FROM queue WHERE vep {sign} ?"  # noqa: S608

    def look(rows: Rows, among: int) -> int:
        found = 0
        for value in map(int, term.values):
            found |= rows.numbers(sql, (value, value))
        return among & found

    return look


_SPECIAL: Mapping[str, Callable[[Term, _Asked], Step]] = {
    "stage": _column,
    "release": _column,
    "kind": _column,
    "state": _column,
    "needs": _needs,
    "is": _is,
    "checklist": _checklist,
    "updated": _updated,
    "number": _number,
}
