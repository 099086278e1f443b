"""Reads what lies at a path of GitHub's JSON without trusting it; junk and nulls read as nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Node = dict[str, Any]
"""One object of GitHub's answer."""


def dig(data: Any, *path: str) -> Any:
    """What lies at a path of keys; None when any step is not there."""
    for step in path:
        data = data.get(step) if isinstance(data, Mapping) else None
    return data


def elements(data: Any, *path: str) -> list[Node]:
    """The objects in the list at a path, without the nulls GitHub puts in place of what it cannot show."""
    found = dig(data, *path)
    return [e for e in found if isinstance(e, dict)] if isinstance(found, list) else []


def text(data: Any, *path: str) -> str:
    """The text at a path; empty when there is none."""
    found = dig(data, *path)
    return found if isinstance(found, str) else ""


def count(data: Any, *path: str) -> int:
    """The number at a path; 0 when there is none."""
    found = dig(data, *path)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0
