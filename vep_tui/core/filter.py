"""The query language of the queue: text to a frozen tree; it compiles no SQL and knows no rows.

A filter is a list of words; all of them must hold. `OR` (in capitals) lets either side hold, parentheses group, a
leading `-` or `NOT` turns a word around, a comma list lets any of its values hold. Case does not matter elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import NamedTuple

from vep_tui.core.completion import complete, word_at
from vep_tui.core.fields import FIELDS, NEEDS, SYNONYMS, Field, ValueKind, field_named
from vep_tui.core.query import AGE, And, FilterError, Node, Not, Operator, Or, Query, Term, Words, span

__all__ = [
    "FIELDS",
    "NEEDS",
    "And",
    "FilterError",
    "Node",
    "Not",
    "Operator",
    "Or",
    "Query",
    "Term",
    "Words",
    "complete",
    "parse",
    "span",
    "word_at",
]


class _Token(NamedTuple):
    text: str
    start: int
    end: int


_TOKEN = re.compile(r'-(?=\()|[()]|(?:[^\s()"]|"[^"]*"?)+')
_FIELD = re.compile(r"([A-Za-z][\w-]*):(?!//)(.*)", re.DOTALL)
_THREAD = re.compile(r"https?://github\.com/[\w.-]+/[\w.-]+/(?:issues|pull)/(\d+)\S*", re.IGNORECASE)
_COMPARED = re.compile(r"(<=|>=|<|>|=)?(.*)", re.DOTALL)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def parse(text: str, known: Mapping[str, Collection[str]] | None = None) -> Query:
    """Read a filter; raises `FilterError`.

    `known` names the only values a field may hold beside its own words, as in {"sig": ("compute", ...)}.
    """
    tokens = [_Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    return Query(text, _Parser(tokens, known or {}, len(text)).whole() if tokens else None)


DEEPEST = 50
"""Most groups and denials inside each other: more than anybody means, and less than anybody's stack."""


class _Parser:
    """Recursive descent over the tokens: or, and, not, word."""

    def __init__(self, tokens: list[_Token], known: Mapping[str, Collection[str]], length: int) -> None:
        self._tokens = tokens
        self._known = known
        self._length = length
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._either()
        if (left := self._peek()) is not None:
            raise FilterError("There is no ( for this )", left.start, left.end, left.text)
        return node

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next(self, before: str) -> _Token:
        token = self._peek()
        if token is None or token.text in (")", "OR", "AND"):
            last = self._tokens[self._at - 1] if self._at else token
            if last is None:
                raise FilterError("The filter is empty", 0, self._length, "")
            raise FilterError(f"Something is missing {before} {last.text}", last.start, last.end, last.text)
        self._at += 1
        return token

    def _either(self) -> Node:
        nodes = [self._all()]
        while (token := self._peek()) is not None and token.text == "OR":
            self._at += 1
            nodes.append(self._all())
        return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))

    def _all(self) -> Node:
        nodes = [self._one()]
        while (token := self._peek()) is not None and token.text not in (")", "OR"):
            self._at += token.text == "AND"
            nodes.append(self._one())
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _one(self) -> Node:
        token = self._next("before" if not self._at else "after")
        if token.text in ("-", "NOT", "("):
            self._depth += 1
            if self._depth > DEEPEST:
                raise FilterError(
                    f"More than {DEEPEST} of ( and NOT inside each other", token.start, token.end, token.text
                )
            node = self._group(token) if token.text == "(" else Not(self._one())
            self._depth -= 1
            return node
        if token.text.startswith("-") and len(token.text) > 1:
            return Not(_word(_Token(token.text[1:], token.start + 1, token.end), self._known))
        return _word(token, self._known)

    def _group(self, begin: _Token) -> Node:
        node = self._either()
        if self._peek() is None:
            raise FilterError("There is no ) for this (", begin.start, begin.end, begin.text)
        self._at += 1
        return node


def _word(token: _Token, known: Mapping[str, Collection[str]]) -> Node:
    """A word outside the grammar: a number, a field with its values, or free text."""
    if token.text.count('"') % 2:
        start = token.start + token.text.rindex('"')
        raise FilterError('This " is not closed', start, token.end, token.text[start - token.start :])
    number = _THREAD.fullmatch(token.text) or re.fullmatch(r"#?(\d{1,9})", token.text)
    if number is not None:
        return Term("number", Operator.IS, (str(int(number.group(1))),), token.start, token.end)
    split = _FIELD.fullmatch(token.text)
    if split is None:
        return Words(token.text.replace('"', ""), token.start, token.end)
    field = field_named(split.group(1))
    if field is None:
        raise _unknown_field(split.group(1), token)
    return _condition(field, split.group(2), token, known.get(field.name))


def _unknown_field(name: str, token: _Token) -> FilterError:
    near = _nearest(name, [f.name for f in FIELDS])
    hint = f"did you mean {near}:?" if near else f'put "{token.text}" in quotes to search for the text'
    return FilterError(f"There is no field {name}: {hint}", token.start, token.start + len(name), name)


def _nearest(word: str, words: Collection[str]) -> str | None:
    folded = word.casefold()
    begun = sorted(w for w in words if len(folded) > 1 and w.startswith(folded))
    return next(iter(begun or get_close_matches(folded, sorted(words), 1, 0.6)), None)


def _condition(field: Field, raw: str, token: _Token, known: Collection[str] | None) -> Node:
    """A field with its comma list; values that mean another field become terms of that field."""
    terms: list[Term] = []
    start = token.end - len(raw)
    for piece in re.split(r',(?=(?:[^"]*"[^"]*")*[^"]*$)', raw):
        word = piece.replace('"', "").strip().casefold()
        place = _Token(piece or token.text, start if piece else token.start, start + len(piece) if piece else token.end)
        name, value = SYNONYMS.get((field.name, word), (field.name, word))
        operator, value = _value(field, value, place, known) if name == field.name else (Operator.IS, value)
        same = next((t for t in terms if t.field == name != "updated" and t.operator == operator == Operator.IS), None)
        if same is not None:
            terms[terms.index(same)] = Term(name, operator, (*same.values, value), token.start, token.end)
        else:
            terms.append(Term(name, operator, (value,), token.start, token.end))
        start += len(piece) + 1
    return terms[0] if len(terms) == 1 else Or(tuple(terms))


def _value(field: Field, word: str, place: _Token, known: Collection[str] | None) -> tuple[Operator, str]:
    """The operator and the plain value of one word; raises `FilterError` that says what is wanted."""
    compared = _COMPARED.fullmatch(word)
    mark, rest = (compared.group(1) or "", compared.group(2)) if compared else ("", word)
    if field.kind not in (ValueKind.AGE, ValueKind.COUNT, ValueKind.NUMBER):
        mark, rest = "", word
    value = _READERS[field.kind](field, rest) if rest else None
    if value is None or (known is not None and value not in known and value not in field.words):
        raise _wrong_value(field, word, place, known)
    if field.kind is ValueKind.AGE and not mark and AGE.fullmatch(value):
        mark = "<"
    return Operator(mark or "="), value


def _wrong_value(field: Field, word: str, place: _Token, known: Collection[str] | None) -> FilterError:
    choices = (*field.words, *sorted(known or ()))
    near = _nearest(word, choices) if word else None
    if near:
        hint = f"did you mean {field.name}:{near}?"
    elif field.kind in (ValueKind.CHOICE, ValueKind.NAME) and choices:
        hint = f"it takes {', '.join(choices)}"
    else:
        hint = f"it takes {field.kind.value}"
    said = f"{field.name}: does not know {place.text!r}" if word else f"{field.name}: wants a value"
    return FilterError(f"{said}; {hint}", place.start, place.end, place.text)


def _choice(field: Field, word: str) -> str | None:
    return word if word in field.words else None


def _name(field: Field, word: str) -> str | None:
    return re.sub(r"^sig[-/]", "", word) if field.name == "sig" else word


def _person(field: Field, word: str) -> str | None:
    if word in field.words:
        return word
    return word.removeprefix("@") if re.fullmatch(r"@?[a-z\d](?:[a-z\d-]*)(?:\[bot\]|/[\w.-]+)?", word) else None


def _release(field: Field, word: str) -> str | None:
    found = re.fullmatch(r"v?(\d+)\.(\d+)(?:\.\d+)?", word)
    return f"{int(found[1])}.{int(found[2])}" if found else _choice(field, word)


def _age(_field: Field, word: str) -> str | None:
    day = _DAY.fullmatch(word)
    if day is None:
        return word if AGE.fullmatch(word) else None
    try:
        return datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=UTC).date().isoformat()
    except ValueError:
        return None


def _count(field: Field, word: str) -> str | None:
    found = re.fullmatch(r"(\d{1,3})(?:/\d{1,3})?", word)
    return str(int(found[1])) if found else _choice(field, word)


def _number(_field: Field, word: str) -> str | None:
    found = re.fullmatch(r"#?(\d{1,9})", word)
    return str(int(found[1])) if found else None


_READERS = {
    ValueKind.CHOICE: _choice,
    ValueKind.NAME: _name,
    ValueKind.PERSON: _person,
    ValueKind.RELEASE: _release,
    ValueKind.AGE: _age,
    ValueKind.COUNT: _count,
    ValueKind.NUMBER: _number,
}
