"""Versions as people write them, read leniently and kept as minor versions; what is unreadable is never guessed."""

from __future__ import annotations

import re
from functools import lru_cache

from vep_tui.core.text import standing

# Patches need the same separator again, so that "1.7,1.8" is two versions and "1,9" is one.
_VERSION = re.compile(r"(?<![\w.])v?\.?(\d{1,3})([.,])(\d{1,3})(?:\2\d{1,4})?(?!\d)", re.IGNORECASE)
_NO_VERSION = re.compile(
    r"[\s*_`~(\[<:.-]*"
    r"(?:tbd|tba|n/?a|never|skip(?:s|ped|ping)?|none|nil|null|not|no|to\s?do|to be|unknown|undecided|after)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)")
_LIST = re.compile(r"[\s,;/&?+~`*)\](\[=>–—-]*(?:(?:and|or|to|then|→)[\s,]*)*", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:(?:moved?|re-?target(?:ed)?|postponed?|deferr?(?:ed)?|delayed|pushed|slipped|bumped)(?:\s{1,3}(?:out|back))?"
    r"\s{1,3}(?:to|until|till)|now)\s{1,3}(?=v?\.?\d)",
    re.IGNORECASE,
)
"""Ahead of the version that counts: "1.8, moved to 1.9"."""
_LONGEST = 500
_NEVER_RELEASED = "0.0"
"""Written where a form wants a version and there is none."""


def read_version(text: str | None) -> str | None:
    """The minor version a text names, as "1.9", or None.

    Of a list ("1.7.0, 1.8.0") the last one; remarks behind it, in parentheses and struck out do not count, unless the
    parentheses hold all there is. "TBD", "N/A" and the like are no version, whatever they are followed by.
    """
    if not isinstance(text, str):
        return None
    text = text[:_LONGEST]
    if denies_version(text):
        return None
    text = standing(text)
    *_, moved = (None, *_MOVED.finditer(text))
    if moved is not None and (version := _last_of_list(text[moved.end() :])):
        return version
    return _last_of_list(_ASIDE.sub(" ", text)) or _last_of_list(text)


def bare_versions(text: str, projects: tuple[str, ...]) -> str:
    """Text in which a version stands without its project's name: "kubevirt 1.9" becomes "1.9"."""
    return _before_version(projects).sub("", text)


@lru_cache(maxsize=8)
def _before_version(projects: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in projects if name) or r"(?!)"
    return re.compile(rf"(?<![\w./-])(?:{names})[ \t]{{1,3}}(?=v?\d{{1,3}}[.,]\d)", re.IGNORECASE)


def denies_version(text: str) -> bool:
    """True for a text that says there is no version (yet): "TBD", "N/A (...)", "Never"."""
    return _NO_VERSION.match(text[:_LONGEST]) is not None


def _last_of_list(text: str) -> str | None:
    found = _VERSION.search(text)
    if found is None:
        return None
    while True:
        gap = _LIST.match(text, found.end())
        following = _VERSION.match(text, gap.end() if gap else found.end())
        if following is None or following.start() == found.end():
            version = f"{int(found[1])}.{int(found[3])}"
            return None if version == _NEVER_RELEASED else version
        found = following


def version_key(version: str | None) -> tuple[int, int]:
    """Sorts versions by number, "1.10" after "1.9"; what is no version comes first."""
    read = read_version(version)
    if read is None:
        return (-1, -1)
    major, _, minor = read.partition(".")
    return (int(major), int(minor))
