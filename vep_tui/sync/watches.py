"""What is watched besides what is linked: docs pull requests, picks, bugs, branches; it fetches nothing of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from vep_tui.core.focus import branch_of
from vep_tui.core.models import Bug, Part, Release
from vep_tui.core.schedule import current_release
from vep_tui.core.versions import version_key
from vep_tui.store.linked import KnownPull
from vep_tui.sync.errand import Errand
from vep_tui.sync.shapes import count, dig, elements, text

DOCS_PULLS, PICKS, BUGS, BRANCHES = Part.DOCS_PULLS, Part.PICKS, Part.BUGS, Part.BRANCHES
"""Parts of a pull, in words."""
BUG_LISTS = ("bugIssues", "bugPulls")
SLOTS = ("older", "newer")
"""The release branches at hand, as the queries call them."""
KEYS = ("docs", *SLOTS, *BUG_LISTS)
"""Every list that can be watched, as the queries call it."""
MARKS = "watched"
"""Meta key: how each list looked when it was fetched last, by its name."""
_DOCS_AGE = timedelta(days=300)
"""How far back docs pull requests go where no schedule says when earlier releases were cut."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A list on GitHub as seen from outside; whatever changes in the list changes this."""

    total: int
    newest: str
    """When anything in it changed last, as GitHub wrote it; empty for an empty list."""
    open: int

    @classmethod
    def of(cls, shown: Any) -> Probe | None:
        """The probe in an answer; None where GitHub does not show the list."""
        if not isinstance(dig(shown, "list"), dict):
            return None
        total, first = count(shown, "list", "totalCount"), elements(shown, "list", "nodes")
        open_now = count(shown, "open", "totalCount") if isinstance(dig(shown, "open"), dict) else total
        return cls(total, text(first[0], "updatedAt") if first else "", open_now)


@dataclass(frozen=True, slots=True)
class Watch:
    """A list of pull requests or bugs of one repository."""

    key: str
    """One of `KEYS`."""
    part: str
    repo: str
    branch: str = ""
    """The release branch into which these pull requests go; empty where any base will do."""
    since: datetime | None = None
    """What rested longer is of no use, unless it is open; None: all of them are."""

    @property
    def name(self) -> str:
        """The name under which the mirror remembers it; it outlives the turn of a release."""
        return f"{self.part}:{self.key if self.key in BUG_LISTS else self.branch}:{self.repo}".casefold()

    @property
    def bugs(self) -> bool:
        """True for a list of bugs, whose closed ones are of no interest."""
        return self.key in BUG_LISTS

    def holds(self, pull: KnownPull) -> bool:
        """True for a pull request whose every change shows in this list."""
        here = pull.ref.rpartition("#")[0].casefold() == self.repo.casefold()
        return here and not self.bugs and self.branch in ("", pull.base)

    def holds_bug(self, bug: Bug) -> bool:
        """True for an open bug that this list shows."""
        here = bug.ref.rpartition("#")[0].casefold() == self.repo.casefold()
        return here and bug.state == "open" and ("/pull/" in bug.url) is (self.key == "bugPulls")


@dataclass(frozen=True, slots=True)
class Watches:
    """Everything that is watched, and the variables by which the queries name it."""

    lists: tuple[Watch, ...]
    releases: tuple[Release, ...]
    """The releases at hand: the one before the current one, and the current one."""
    fixed: Mapping[str, Any]

    def names(self) -> frozenset[str]:
        """The names of all lists."""
        return frozenset(watch.name for watch in self.lists)

    def flags(self, lists: Iterable[Watch]) -> dict[str, bool]:
        """The variables that turn on some of the lists."""
        on = {watch.key for watch in lists}
        return {f"with{_capital(key)}": key in on for key in KEYS}

    def branches(self) -> dict[str, Release]:
        """The release branches at hand, whether they are there yet or not."""
        return {branch_name(release): release for release in self.releases}


def watches_of(errand: Errand, releases: Sequence[Release]) -> Watches:
    """What to watch at this point of the calendar."""
    process = errand.process
    at_hand, before = _at_hand(releases, errand.now)
    code, docs = process.repositories.get("code", ""), process.repositories.get("docs", "")
    lists: list[Watch] = []
    if docs:
        cut = before.code_freeze if before else None
        since = datetime.combine(cut, time(), UTC) if cut else errand.now - _DOCS_AGE
        lists.append(Watch("docs", DOCS_PULLS, docs, since=since))
    slots = dict(zip(("newer", "older"), (branch_name(r) for r in reversed(at_hand)), strict=False))
    lists += [Watch(key, PICKS, code, branch) for key, branch in slots.items()]
    if bug := process.labels.get("bug", ""):
        lists += [Watch(key, BUGS, code) for key in BUG_LISTS]
    fixed = {**errand.names("docs", "code"), "bug": [bug]}
    fixed |= {key: slots.get(key, "") for key in SLOTS}
    return Watches(tuple(lists), at_hand, fixed)


def moved(errand: Errand, watches: Watches, probes: Mapping[str, Probe]) -> list[Watch]:
    """The lists that are not as they were when they were fetched last; those not shown count as failed."""
    marks = errand.mirror.meta(MARKS, {})
    found: list[Watch] = []
    for watch in watches.lists:
        probe = probes.get(watch.key)
        if probe is None:
            errand.failed.add(watch.part)
        elif marks.get(watch.name) != as_mark(probe):
            found.append(watch)
        else:
            errand.done.add(watch.part)
    return found


def as_mark(probe: Probe) -> list[Any]:
    """A probe as the mirror keeps it."""
    return [probe.total, probe.newest, probe.open]


def cursor_name(key: str) -> str:
    """The variable that says where the next page of a list begins."""
    return f"after{_capital(key)}"


def branch_name(release: Release) -> str:
    """The name of a release's branch."""
    return release.branch or branch_of(release.version)


def _capital(key: str) -> str:
    return key[0].upper() + key[1:]


def _at_hand(releases: Sequence[Release], now: datetime) -> tuple[tuple[Release, ...], Release | None]:
    """The current release and the one before, older first, and the one before these."""
    current = current_release(releases, now)
    if current is None:
        return (), None
    upto = [r for r in releases if version_key(r.version) <= version_key(current.version)]
    last = sorted(upto, key=lambda release: version_key(release.version))[-3:]
    return tuple(last[-2:]), last[0] if len(last) == 3 else None
