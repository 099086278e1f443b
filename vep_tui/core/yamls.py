"""The one door through which foreign YAML comes in: junk is None, bombs are refused, every scalar stays text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from vep_tui.core.text import lines, safe_store

LARGEST = 524_288
"""Characters; a `sigs.yaml` of 192,000 is in use, and a parser in plain Python must still end."""
DEEPEST = 32
"""Levels of nesting."""
MOST_NODES = 50_000

_UNQUOTED = re.compile(
    r"(?P<ahead>[ ]*(?:-[ ]+(?=@)|(?:-[ ]+)?[A-Za-z][\w-]*:[ ]+))(?P<value>@.*|[^\s\"'\[\]{}|>#&*!%`,?:-].*?:[ ].*)"
)
"""A line whose value YAML takes only in quotes: a handle, or words with a colon among them."""
_HANDLE_IN_LIST = re.compile(r"(?<=[\[, ])@[\w-]+(?=[ ]*[,\]])", re.ASCII)
# Everything the YAML reader refuses; the file is worth reading without it.
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_yaml(text: str) -> Any:
    """Mappings, lists and strings, or None for an empty, broken, too large, too deep or self-referring text.

    Numbers and dates stay strings: as a number, the version 1.10 would be 1.1. Of several documents the first counts;
    values that only lack their quotes ("- @alice", "title: One: two") are read as they were meant.
    """
    if not isinstance(text, str) or len(text) > LARGEST:
        return None
    text = _UNREADABLE.sub(" ", safe_store(text)).removeprefix("\ufeff")
    found = _loaded(text)
    return _loaded(_quoted(text)) if found is None else found


def _loaded(text: str) -> Any:
    import yaml

    loader = _text_loader()
    try:
        return next(iter(yaml.load_all(text, loader)), None) if _is_modest(text, loader) else None
    except Exception:
        # Explicit tags ("!!int x") make the library's constructors raise nearly anything; all of it means junk.
        return None


def _quoted(text: str) -> str:
    return "\n".join(_quoted_line(line.rstrip()) for line in lines(text))


def _quoted_line(line: str) -> str:
    found = _UNQUOTED.fullmatch(line)
    if found is None:
        return _HANDLE_IN_LIST.sub(lambda handle: f"'{handle[0]}'", line)
    doubled = found["value"].replace("'", "''")
    return f"{found['ahead']}'{doubled}'"


def texts(value: Any) -> tuple[str, ...]:
    """The strings in a list, or in a lone string; anything else is left out."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        return ()
    return tuple(v.strip() for v in value if isinstance(v, str) and v.strip())


def text_at(mapping: Any, key: str) -> str:
    """The string under a key, stripped; empty where there is none."""
    value = mapping.get(key) if isinstance(mapping, dict) else None
    return value.strip() if isinstance(value, str) else ""


@cache
def _text_loader() -> Any:
    """The library's safe loader (in C where it is there) without its ideas of numbers, dates and booleans."""
    import yaml

    null = "tag:yaml.org,2002:null"

    class TextLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """Safe loading in which only null is not a string."""

    TextLoader.yaml_implicit_resolvers = {
        first: [resolver for resolver in resolvers if resolver[0] == null]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return TextLoader


def _is_modest(text: str, loader: Any) -> bool:
    """False for aliases (a billion laughs), too many nodes or too deep a nest; looks at events, so builds nothing."""
    import yaml

    depth = 0
    for count, event in enumerate(yaml.parse(text, loader)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > DEEPEST or count > MOST_NODES:
            return False
    return True
