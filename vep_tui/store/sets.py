"""Which rows of the queue have a value or a piece of text, as sets of bits; it understands no filter."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from vep_tui.store.database import Database

Mark: TypeAlias = tuple[str, str]
"""A field and a value of it: ("sig", "compute"), ("is", "stale"), ("text", "mem")."""
ANY = ""
"""The value that stands for "any at all" of a field whose values are tags."""
STRETCH = 448
"""Numbers in one row of the table: a set of five thousand VEPs is read as a dozen rows, wherever its members are.

The members are written as a hexadecimal number: as text, because SQLite's own numbers end at 63 bits."""
_LENGTHS = (1, 2, 3)
"""Lengths of the pieces of text that are kept: the first keys of a word are answered without looking at any text."""
_BEGINNINGS = range(4, 17)
"""Lengths of the beginnings of words that are kept: of longer texts most are one, and need not be looked for either."""
_KEPT = 300
"""Sets kept at most: those of the words that were just typed."""
_COLUMNS = ("kind", "state", "stage", "release")

_KEY = "queue_set.field = json_extract(asked.value, '$[0]') AND queue_set.value = json_extract(asked.value, '$[1]')"
_READ = (
    "SELECT queue_set.field, queue_set.value, stretch, bits FROM json_each(?) AS asked"  # noqa: S608 - our own words
    f" CROSS JOIN queue_set ON {_KEY}"
)
_WRITTEN = f"{_READ} AND stretch = json_extract(asked.value, '$[2]')"
_WRITE = (
    "INSERT OR REPLACE INTO queue_set (field, value, stretch, bits) SELECT json_extract(value, '$[0]'),"
    " json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]') FROM json_each(?)"
)


# ---------------------------------------------------------------- writing
#
# Rows are moved from the sets they are in by these rules to those they should be in: other rules need a migration that
# fills the table anew, as the fourth one does.


def value_marks(columns: Mapping[str, Any], tags: Iterable[Mark]) -> set[Mark]:
    """The sets a row is in by its columns and its tags."""
    marks = {(name, str(columns[name] or "none")) for name in _COLUMNS}
    marks.add(("checklist", f"{columns['checklist_done']}/{columns['checklist_total']}"))
    for name, value in tags:
        marks |= {(name, value), (name, ANY)}
    return marks


def marks_of_text(text: str) -> set[Mark]:
    """The sets a row is in by what its words are looked for in."""
    return {("text", p) for p in _pieces(text)} | {("word", b) for b in _beginnings(text)}


class Changes:
    """Rows that leave sets and enter others; those near each other are written at once."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, str, int], int] = {}
        self._added: dict[tuple[str, str, int], int] = {}

    def move(self, number: int, had: set[Mark], has: set[Mark]) -> None:
        """Note that a row was in some sets and is in others now."""
        for marks, into, out in ((had - has, self._taken, self._added), (has - had, self._added, self._taken)):
            stretch, bit = number // STRETCH, 1 << number % STRETCH
            for name, value in marks:
                key = (name, value, stretch)
                into[key] = into.get(key, 0) | bit
                if key in out:
                    out[key] &= ~bit

    def write(self, database: Database) -> None:
        """Lay what was noted into the table."""
        keys = self._taken.keys() | self._added.keys()
        if not keys:
            return
        written = {tuple(row[:3]): int(row[3], 16) for row in database.rows(_WRITTEN, (json.dumps(list(keys)),))}
        rows = [
            (*key, f"{written.get(key, 0) & ~self._taken.get(key, 0) | self._added.get(key, 0):x}")
            for key in sorted(keys)
        ]
        database.run(_WRITE, (json.dumps(rows),))


def _pieces(text: str) -> set[str]:
    return {text[at : at + length] for length in _LENGTHS for at in range(len(text) - length + 1)}


def _beginnings(text: str) -> set[str]:
    return {
        word[:length]
        for line in text.split("\n")
        for word in line.split(" ")
        for length in _BEGINNINGS
        if length <= len(word)
    }


# ---------------------------------------------------------------- reading


def text_marks(word: str) -> tuple[Mark, ...]:
    """Sets that hold every row with this text, and when it is short no other: pieces that cover it."""
    longest = _LENGTHS[-1]
    if len(word) <= longest:
        return (("text", word),)
    starts = [*range(0, len(word) - longest, longest), len(word) - longest]
    return tuple(("text", word[at : at + longest]) for at in starts)


def sure_mark(word: str) -> Mark:
    """The set whose rows have this text for certain: all that have it when it is short, else where it begins a word."""
    return ("text" if is_short(word) else "word", word)


def is_short(word: str) -> bool:
    """True when the sets of `text_marks` answer by themselves."""
    return len(word) <= _LENGTHS[-1]


class Sets:
    """The sets of one connection; those that were read are kept until the file changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[Mark, int] = {}
        self._at: tuple[int, int] | None = None

    def renew(self) -> None:
        """Forget what was read if the file has changed since."""
        now = self._database.version()
        if now != self._at or len(self._kept) > _KEPT:
            self._kept.clear()
            self._at = now

    def read(self, marks: Collection[Mark]) -> Mapping[Mark, int]:
        """At least these sets, each an integer in which the bits of its members' numbers are set."""
        asked = sorted(mark for mark in marks if mark not in self._kept)
        if asked:
            rows = self._database.rows(_READ, (json.dumps(asked),))
            self._kept |= dict.fromkeys(asked, 0) | _joined(rows)
        return self._kept

    def values_of(self, field: str) -> dict[str, int]:
        """Every set of a field that has few, by value."""
        rows = self._database.rows("SELECT field, value, stretch, bits FROM queue_set WHERE field = ?", (field,))
        return {value: bits for (_, value), bits in _joined(rows).items()}


def set_of(numbers: Iterable[int]) -> int:
    """The set with these members."""
    members = list(numbers)
    bits = bytearray(max(members, default=0) // 8 + 1)
    for number in members:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


def numbers_in(members: int) -> list[int]:
    """The members of a set, in order."""
    return list(_numbers_in(members))


def _numbers_in(members: int) -> Iterator[int]:
    digits = bin(members)[:1:-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)


def _joined(rows: Iterable[Any]) -> dict[Mark, int]:
    """Sets out of their stretches."""
    found: dict[Mark, int] = {}
    for field, value, stretch, bits in rows:
        found[field, value] = found.get((field, value), 0) | int(bits, 16) << STRETCH * stretch
    return found
