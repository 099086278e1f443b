"""References to pull requests and issues in foreign text, brought to one form, `owner/repo#n`; it looks nothing up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

# Every repetition is bounded or begins at a word boundary, so that a megabyte of one letter costs its length only.
_OWNER = r"[A-Za-z0-9][A-Za-z0-9-]{0,38}"
_REPO = r"[A-Za-z0-9_.][A-Za-z0-9_.-]{0,99}"
_REFERENCE = re.compile(
    r"(?<![\w./%-])(?:(?:[hH][tT]{2}[pP][sS]?://)?(?P<host>[\w.-]{1,100}(?::\d{1,5})?)/)?"
    rf"(?P<owner>{_OWNER})/(?P<repo>{_REPO})/(?P<path>pulls?|issues?)/(?P<number>\d{{1,9}})(?![0-9A-Za-z])"
    r"""(?:[/?#][^\s<>()\[\],;"'`|~]*)?"""
    rf"|(?<![\w./%-])(?:(?P<short_owner>{_OWNER})/)?(?P<short_repo>{_REPO})#(?P<short>\d{{1,9}})(?![0-9A-Za-z])"
    r"|(?<![\w./%&#-])#(?P<bare>\d{1,9})(?![0-9A-Za-z])",
    re.ASCII,
)
_ANCHOR = re.compile(r"#\d|/(?:pull|issue)s?/\d", re.ASCII)
"""What every reference holds, found many times faster than a reference."""
_HOSTS = re.compile(
    r"(?:[\w-]+\.)*github(?:\.[\w-]+)*(?::\d+)?|localhost(?::\d+)?|127\.0\.0\.1(?::\d+)?", re.IGNORECASE
)
_HIGHEST = 999_999
"""No repository has come so far: a larger bare number is one of a bug tracker."""
_ESCAPES = {"%2f": "/", "%3a": ":", "%23": "#"}
_ESCAPE = re.compile("%(?:2f|3a|23)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """One place in a text that names an issue or a pull request."""

    ref: str
    """`owner/repo#n`."""
    pull: bool | None
    """True for a pull request's address, False for an issue's, None where the text does not tell."""
    bare: bool
    """Only a number: the repository is the reader's own."""
    start: int
    end: int
    """Where it stands in the decoded text, with the rest of its address."""


def spelled_out(text: str, addresses: Mapping[str, str]) -> str:
    """Text with a community's short addresses written as GitHub's: `host/7` as `owner/repo/issues/7`."""
    if not any(host in text for host in addresses):
        return text
    return _short(tuple(addresses)).sub(lambda m: f"https://github.com/{addresses[m['host']]}/{m['number']}", text)


@lru_cache(maxsize=8)
def _short(hosts: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, hosts))
    return re.compile(rf"(?<![\w./-])(?:https?://)?(?P<host>{names})/(?P<number>\d{{1,9}})(?!\w)", re.ASCII)


def decoded(text: str) -> str:
    """Text in which an address inside another one's query ("?q=https%3A%2F%2F...") can be read."""
    return _ESCAPE.sub(lambda found: _ESCAPES[found[0].casefold()], text) if "%" in text else text


def find_refs(
    text: str, default_repo: str, *, highest: int | None = None, above: str = "", known: Iterable[str] = ()
) -> tuple[Reference, ...]:
    """Every reference in a `decoded` text, in its order.

    A bare number belongs to `default_repo`, unless it is above `highest`, the largest number that repository can have
    reached: then it is one of `above`, or left out where nobody can tell. `known` are repositories, as `owner/repo`,
    that go by their name alone: "user-guide#12".
    """
    by_name = _by_name((*known, default_repo))
    found = (_reference(match, default_repo, highest, above, by_name) for match in _matches(text))
    return tuple(reference for reference in found if reference is not None)


@lru_cache(maxsize=64)
def _by_name(repositories: tuple[str, ...]) -> Mapping[str, str]:
    """`owner/repo` by the name alone, case-folded; the last one of a name."""
    return {full.rpartition("/")[2].casefold(): full for full in repositories}


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Every match in a text; no reference goes on in another line, and most lines hold none."""
    end = 0
    while anchor := _ANCHOR.search(text, end):
        start = text.rfind("\n", end, anchor.start()) + 1 or end
        end = text.find("\n", anchor.end())
        end = len(text) if end < 0 else end
        yield from _REFERENCE.finditer(text, start, end)


def read_refs(
    text: str, default_repo: str, *, highest: int | None = None, above: str = "", known: Iterable[str] = ()
) -> tuple[str, ...]:
    """Every `owner/repo#n` that a text names as an address or in short, once each, in its order: see `find_refs`."""
    found = find_refs(decoded(text), default_repo, highest=highest, above=above, known=known)
    return distinct(reference.ref for reference in found)


def read_pulls(text: str, default_repo: str, *, highest: int | None = None) -> tuple[str, ...]:
    """As `read_refs`, without what an address shows to be an issue."""
    references = find_refs(decoded(text), default_repo, highest=highest)
    return distinct(reference.ref for reference in references if reference.pull is not False)


def distinct(words: Iterable[str]) -> tuple[str, ...]:
    """The words without repetitions that differ in case only; the first spelling stays."""
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(word.casefold(), word)
    return tuple(first.values())


def _reference(
    match: re.Match[str], default_repo: str, highest: int | None, above: str, by_name: Mapping[str, str]
) -> Reference | None:
    host, bare = match["host"], match["bare"]
    if host is not None and not _HOSTS.fullmatch(host):
        return None
    number = int(match["number"] or match["short"] or bare)
    if number == 0:
        return None
    if match["number"]:
        repository = f"{match['owner']}/{match['repo']}"
    elif match["short_owner"]:
        repository = f"{match['short_owner']}/{match['short_repo']}"
    elif bare:
        repository = default_repo if highest is None or number <= highest else above if number <= _HIGHEST else ""
    else:
        repository = by_name.get(match["short_repo"].casefold(), "")
    if not repository:
        return None
    if repository.casefold() == default_repo.casefold():
        repository = default_repo
    pull = match["path"].startswith("pull") if match["path"] else None
    return Reference(f"{repository}#{number}", pull, bare is not None, match.start(), match.end())
