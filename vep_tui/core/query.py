"""The tree a filter becomes and the error it may raise; it reads no text and compiles no SQL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

AGE = re.compile(r"(\d{1,4})([hdwmy])")
"""An age as the language writes it: hours, days, weeks, months of 30 days, years of 365."""
_HOURS = {"h": 1, "d": 24, "w": 7 * 24, "m": 30 * 24, "y": 365 * 24}


class Operator(StrEnum):
    """How a term compares; only `updated`, `checklist` and `number` know more than `IS`."""

    IS = "="
    LESS = "<"
    MORE = ">"
    AT_MOST = "<="
    AT_LEAST = ">="


class FilterError(ValueError):
    """A filter that cannot be read; `str()` is the sentence for the user."""

    def __init__(self, message: str, start: int, end: int, word: str) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        """Offset of the first wrong character in the filter's text."""
        self.end = end
        """Offset behind the last wrong character."""
        self.word = word
        """The wrong word itself."""


class Term(NamedTuple):
    """One condition on a field: any of `values` makes it true."""

    field: str
    """A name of `FIELDS`."""
    operator: Operator
    values: tuple[str, ...]
    """Case-folded. `@me`, `@mine` and `none` stay as they are; releases are "1.9", ages "7d", days ISO dates."""
    start: int = 0
    end: int = 0


class Words(NamedTuple):
    """Free text that the title (or number, SIG, people) must contain, case-insensitively."""

    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a node."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of the nodes; never empty."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the nodes; never empty."""

    nodes: tuple[Node, ...]


Node = Term | Words | Not | And | Or


class Query(NamedTuple):
    """A filter that was understood."""

    text: str
    node: Node | None
    """None lets everything through."""


def span(term: Term, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The half-open stretch of time [from, to) that an `updated` term lets through; None is no bound.

    An age looks back from `now` (`<7d`: less than seven days ago); a day is a UTC day.
    """
    value = term.values[0]
    older = term.operator in (Operator.MORE, Operator.AT_LEAST)
    age = AGE.fullmatch(value)
    if age is not None:
        then = now - timedelta(hours=int(age[1]) * _HOURS[age[2]])
        return (None, then) if older else (then, None)
    day = datetime.fromisoformat(value).replace(tzinfo=UTC)
    after = day + timedelta(days=1)
    return {
        Operator.IS: (day, after),
        Operator.LESS: (None, day),
        Operator.AT_MOST: (None, after),
        Operator.MORE: (after, None),
        Operator.AT_LEAST: (day, None),
    }[term.operator]
