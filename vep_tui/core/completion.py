"""Completion for the filter language: what the word under the cursor may become; it knows no rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from vep_tui.core.fields import FIELDS, Field, ValueKind, field_named

_BREAKS = re.compile(r"[\s()]")
_LIMIT = 50


def word_at(text: str, cursor: int) -> tuple[int, int]:
    """Start and end of the word the cursor stands in or behind, without a leading minus."""
    cursor = max(0, min(cursor, len(text)))
    start = end = cursor
    while start and not _BREAKS.match(text[start - 1]):
        start -= 1
    while end < len(text) and not _BREAKS.match(text[end]):
        end += 1
    return (start + 1 if text[start:cursor].startswith("-") else start), end


def complete(text: str, cursor: int, vocabulary: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Whole words to put in place of `word_at(text, cursor)`, best first.

    `vocabulary` adds the values known for a field: {"sig": ("compute",), "author": ("alice",), "release": ...}.
    """
    start, _ = word_at(text, cursor)
    typed = text[start : max(start, min(cursor, len(text)))]
    if '"' in typed or text[:start].count('"') % 2:
        return ()
    name, colon, rest = typed.partition(":")
    if not colon:
        return _fields(typed.casefold())
    field = field_named(name)
    if field is None:
        return ()
    listed, comma, begun = rest.rpartition(",")
    taken = {v.casefold() for v in listed.split(",")}
    lead = f"{field.name}:{listed}{comma}"
    return tuple(
        f"{lead}{_quoted(v)}" for v in _values(field, begun.casefold(), vocabulary) if v.casefold() not in taken
    )


def _fields(begun: str) -> tuple[str, ...]:
    names = [f.name for f in FIELDS]
    states = [f"is:{word}" for f in FIELDS if f.name == "is" for word in f.words]
    if not begun:
        return tuple(f"{n}:" for n in names)
    return (
        *(f"{n}:" for n in names if n.startswith(begun)),
        *(s for s in states if s.partition(":")[2].startswith(begun)),
    )


def _values(field: Field, begun: str, vocabulary: Mapping[str, Sequence[str]]) -> list[str]:
    words = list(field.words)
    if field.kind is ValueKind.AGE:
        words = ["<1d", "<7d", "<30d", ">7d", ">30d", ">90d"]
    known = dict.fromkeys((*words, *vocabulary.get(field.name, ())))
    first = [w for w in known if w.casefold().startswith(begun)]
    within = [w for w in known if begun and begun in w.casefold() and w not in first and w not in field.words]
    return [*first, *within][:_LIMIT] or (_like(begun, known) if begun else [])


def _like(begun: str, known: Iterable[str]) -> list[str]:
    """The words that a mistyped one was probably to be."""
    from difflib import get_close_matches  # only after a slip

    folded = {word.casefold(): word for word in known}
    return [folded[word] for word in get_close_matches(begun, folded, 3, 0.6)]


def _quoted(value: str) -> str:
    return f'"{value}"' if _BREAKS.search(value) or "," in value else value
