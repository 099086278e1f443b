"""A filter's tree as an SQL condition on the queue; every value is bound, and it reads no filter text itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vep_tui.core.filter import NEEDS, And, Node, Not, Operator, Or, Term, Words, span
from vep_tui.store.database import to_stamp

if TYPE_CHECKING:
    from vep_tui.core.world import World

# The plus keeps SQLite from fetching every tagged row to sort it: it is to walk the queue in its order and stop.
_TAGGED = "+queue.number IN (SELECT number FROM queue_tag WHERE field = {0} AND value IN ({1}))"
_UNTAGGED = "+queue.number NOT IN (SELECT number FROM queue_tag WHERE field = {0})"
_COMPARE = {
    Operator.IS: "=",
    Operator.LESS: "<",
    Operator.MORE: ">",
    Operator.AT_MOST: "<=",
    Operator.AT_LEAST: ">=",
}
_COLUMNS = {"stage": "queue.stage", "release": "queue.release", "kind": "queue.kind", "state": "queue.state"}

NOTED = (
    "WITH noted AS MATERIALIZED (SELECT queue.number, queue.changed_at, n.* FROM"
    " (SELECT json_extract(value, '$[0]') AS of, json_extract(value, '$[1]') AS seen,"
    " json_extract(value, '$[2]') AS until, json_extract(value, '$[3]') AS changed_after,"
    " json_extract(value, '$[4]') AS waiting, json_extract(value, '$[5]') AS held FROM json_each(:noted)) AS n"
    " JOIN queue ON queue.number = n.of)"
)
"""What the other file says about rows comes in as a value: attaching that file would lock both for every write.

Every condition about it asks for numbers in it, so that it costs what is noted and not what there is."""

SNOOZED = (
    "+queue.number IN (SELECT number FROM noted WHERE (until IS NOT NULL OR changed_after IS NOT NULL)"
    " AND (until IS NULL OR until > :now) AND (changed_after IS NULL OR changed_at <= changed_after))"
)
"""A condition, as `core.queue.is_snoozed` has it: put off, and neither time nor a change has brought it back."""

UNREAD = "+queue.number IN (SELECT number FROM noted WHERE changed_at > seen)"
"""A condition, as `core.queue.is_unread` has it: changed since it was looked at."""


@dataclass(slots=True)
class _Values:
    """Values by the names under which the condition binds them."""

    bound: dict[str, Any] = field(default_factory=dict)

    def bind(self, value: Any) -> str:
        name = f"v{len(self.bound)}"
        self.bound[name] = value
        return f":{name}"


def condition(node: Node | None, world: World) -> tuple[str, dict[str, Any]]:
    """An SQL condition with its values; it may use the columns of `queue`, the table `noted`, and `:now`."""
    values = _Values()
    return (_compile(node, world, values) if node is not None else "1"), values.bound


def _compile(node: Node, world: World, values: _Values) -> str:
    if isinstance(node, And | Or):
        word = " AND " if isinstance(node, And) else " OR "
        return "(" + word.join(_compile(n, world, values) for n in node.nodes) + ")"
    if isinstance(node, Not):
        return f"NOT coalesce({_compile(node.node, world, values)}, 0)"
    if isinstance(node, Words):
        return f"instr(queue.haystack, {values.bind(node.text.casefold())}) > 0"
    special = _SPECIAL.get(node.field)
    return special(node, world, values) if special else _tagged(node, world, values)


def _tagged(term: Term, world: World, values: _Values) -> str:
    """Equality with any of a term's values, among the tags of the row."""
    return _tagged_as(term.field, term.values, world, values)


def _tagged_as(name: str, wanted: tuple[str, ...], world: World, values: _Values) -> str:
    field_name = values.bind(name)
    plain = [v for value in wanted for v in _meant(name, value, world)]
    parts = [_TAGGED.format(field_name, ", ".join(values.bind(v) for v in plain))] if plain else []
    if "none" in wanted:
        parts.append(_UNTAGGED.format(field_name))
    return "(" + " OR ".join(parts or ["0"]) + ")"


def _meant(name: str, value: str, world: World) -> tuple[str, ...]:
    """What a word stands for: me, my SIGs, or itself."""
    if value == "@me":
        return (world.me.casefold(),) if world.me else ()
    if value == "@mine" and name == "sig":
        return tuple(s.casefold() for s in world.my_sigs)
    return () if value == "none" else (value,)


def _column(term: Term, _world: World, values: _Values) -> str:
    column = _COLUMNS[term.field]
    plain = [v for v in term.values if v != "none"]
    parts = [f"{column} IN ({', '.join(values.bind(v) for v in plain)})"] if plain else []
    if "none" in term.values:
        parts.append(f"{column} IS NULL")
    return "(" + " OR ".join(parts) + ")"


def _needs(term: Term, world: World, values: _Values) -> str:
    reasons = tuple(reason for value in term.values for reason in NEEDS.get(value, (value,)))
    return _tagged_as("reason", reasons, world, values)


def _is(term: Term, world: World, values: _Values) -> str:
    parts = [_LOCAL[v] if v in _LOCAL else _flag(v, world, values) for v in term.values]
    return "(" + " OR ".join(parts) + ")"


def _flag(value: str, world: World, values: _Values) -> str:
    flagged = _tagged_as("is", (value,), world, values)
    return f"({flagged} AND NOT {SNOOZED})" if value == "attention" else flagged


_LOCAL: Mapping[str, str] = {
    "snoozed": SNOOZED,
    "unread": UNREAD,
    "held": "+queue.number IN (SELECT number FROM noted WHERE held > 0)",
    "waiting": "+queue.number IN (SELECT number FROM noted WHERE waiting > 0)",
}


def _checklist(term: Term, _world: World, values: _Values) -> str:
    parts = []
    for value in term.values:
        if value == "none":
            parts.append("queue.checklist_total = 0")
        elif value in ("open", "done"):
            sign = "<" if value == "open" else "="
            parts.append(f"(queue.checklist_total > 0 AND queue.checklist_done {sign} queue.checklist_total)")
        else:
            count = values.bind(int(value))
            parts.append(f"(queue.checklist_total > 0 AND queue.checklist_done {_COMPARE[term.operator]} {count})")
    return "(" + " OR ".join(parts) + ")"


def _updated(term: Term, world: World, values: _Values) -> str:
    begin, end = span(term, world.now)
    parts = []
    if begin is not None:
        parts.append(f"queue.updated_at >= {values.bind(to_stamp(begin))}")
    if end is not None:
        parts.append(f"queue.updated_at < {values.bind(to_stamp(end))}")
    return "(" + " AND ".join(parts or ["1"]) + ")"


def _number(term: Term, _world: World, values: _Values) -> str:
    parts = []
    for value in term.values:
        number, sign = values.bind(int(value)), _COMPARE[term.operator]
        parts.append(f"(queue.number {sign} {number} OR queue.vep {sign} {number})")
    return "(" + " OR ".join(parts) + ")"


_SPECIAL: Mapping[str, Callable[[Term, World, _Values], str]] = {
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
