"""What is wrong with a profile as it is written: of another kind, missing, or without a meaning; it mends nothing.

Every sentence begins with the dotted name of what it is about, so that whoever tells it can say where that stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vep_tui.settings.nearest import nearest

_FREE = ("kinds", "addresses", "statuses", "time_box", "fields", "lists")
"""Tables whose keys are the community's own."""
_KINDS: dict[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a table",
}
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_ADDRESS = re.compile(r"[\w.-]+/[\w.-]+/(?:issues|pull)")
_POINT = ("key", "title", "short")
"""What every point of the checklist has."""


def of_another_kind(known: Mapping[str, Any], given: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """What is a text where a number is wanted, and the like."""
    for key, value in given.items():
        wanted = type(known[key]) if key in known else type(value)
        name = _dotted(above, key)
        if isinstance(value, Mapping) and wanted is dict:
            yield from of_another_kind(known.get(key, {}), value, name)
        elif type(value) is not wanted and not (wanted is float and type(value) is int):
            example = "" if wanted in (bool, list, dict) else f", as {known[key]!r} is"
            yield f"{name} must be {_KINDS.get(wanted, wanted.__name__)}{example}"
        elif isinstance(value, list):
            tables = any(isinstance(entry, Mapping) for entry in known.get(key, ()))
            if not all(isinstance(entry, Mapping if tables else str) for entry in value):
                yield f"{name} must be a list of {'tables' if tables else 'texts'}"


def unknown(known: Mapping[str, Any], given: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """What changes nothing because there is no such word."""
    for key, value in given.items():
        name = _dotted(above, key)
        if key not in known:
            yield f"{name} changes nothing{nearest(key, tuple(known))}"
        elif isinstance(value, Mapping) and isinstance(known[key], Mapping) and key not in _FREE:
            yield from unknown(known[key], value, name)
        elif isinstance(value, list) and isinstance(known[key], list):
            words = {word: "" for one in known[key] if isinstance(one, Mapping) for word in one}
            for place, one in enumerate(value, 1):
                if words and isinstance(one, Mapping):
                    yield from unknown(words, one, f"{name}[{place}]")


def missing(whole: Sequence[Mapping[str, Any]], given: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """What every process of `whole` says and this one does not."""
    for key in [key for key in whole[0] if all(key in other for other in whole)]:
        name, tables = _dotted(above, key), [other[key] for other in whole]
        if key not in given:
            yield f"{name} is missing"
        elif key not in _FREE and all(isinstance(table, Mapping) for table in (given[key], *tables)):
            yield from missing(tables, given[key], name)


def meaningless(data: Mapping[str, Any], rules: Sequence[str]) -> Iterator[str]:
    """What is of the right kind and yet says nothing; `rules` are the lint rules there are."""
    from vep_tui.core.models import PrKind
    from vep_tui.core.sections import NAMED

    kinds = tuple(kind.value for kind in PrKind)
    fields = tuple(field.name.lower() for field in NAMED)
    tracker, schedule = data["tracker"], data["schedule"]
    yield from (f"{name} must not be empty" for name in ("name", "title", "proposal") if not data[name].strip())
    if not data["paths"]["documents"].strip("/ "):
        yield "paths.documents must name a folder"
    for role, name in data["repositories"].items():
        if isinstance(name, str) and not _REPOSITORY.fullmatch(name):
            yield f"repositories.{role} must be written as owner/name"
    for host, place in data.get("addresses", {}).items():
        if not _ADDRESS.fullmatch(str(place)):
            yield f"addresses.{host} must be written as owner/name/issues or owner/name/pull"
    yield from _none_of("repositories.kinds", data["repositories"]["kinds"].values(), kinds)
    yield from _none_of("tracker.fields", tracker["fields"], fields)
    yield from _none_of("tracker.lists", tracker["lists"], kinds)
    yield from _none_of("tracker.headings", tracker["headings"], kinds)
    yield from _none_of("tracker.rules", tracker["rules"], rules)
    yield from _none_of("schedule.form", [schedule["form"]], ("yaml", "table"))
    for words in schedule.get("released", ()):
        if strange := _strange(words, "{version}"):
            yield f"schedule.released has {words!r}: {strange} means nothing there, only {{version}} does"
    for place, commands in data["commands"].items():
        yield from (f"commands.{place} has {one!r}: a command begins with /" for one in commands if one[:1] != "/")
    yield from _points(data["checklist"])


def _points(checklist: Sequence[Any]) -> Iterator[str]:
    """The points of the checklist, counted from 1."""
    for number, point in enumerate(checklist, 1):
        lacking = [word for word in _POINT if not isinstance(point, Mapping) or not isinstance(point.get(word), str)]
        if lacking:
            yield f"checklist, point {number}: {' and '.join(lacking)} must be there, as text"
        elif strange := _strange(point["title"], "{branch}"):
            yield f"checklist, point {number}: {strange} means nothing in a title, only {{branch}} does"
    named = (point.get("key") for point in checklist if isinstance(point, Mapping))
    keys = Counter(key for key in named if isinstance(key, str))
    yield from (f"checklist has the key {key!r} more than once" for key, count in keys.items() if count > 1)


def _strange(text: str, known: str) -> str:
    """The first piece in braces that is not the one there is."""
    found = re.search(r"\{\w*\}?|\}", text.replace(known, ""))
    return found[0] if found else ""


def _none_of(name: str, words: Any, valid: Sequence[str]) -> Iterator[str]:
    yield from (f"{name} has {word!r}{nearest(str(word), valid)}" for word in words if word not in valid)


def _dotted(above: str, key: str) -> str:
    return f"{above}.{key}" if above else key
