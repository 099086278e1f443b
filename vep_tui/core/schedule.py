"""Release schedules (YAML lists, or Markdown tables) as calendars, and what a day means in them; no file, no guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from vep_tui.core.clock import read_day
from vep_tui.core.models import Milestone, Phase, Release
from vep_tui.core.text import one_line, standing
from vep_tui.core.versions import read_version, version_key

if TYPE_CHECKING:
    from vep_tui.core.process import Process

ENHANCEMENT_FREEZE = "Enhancement Freeze"
CODE_FREEZE = "Code Freeze"
GENERAL_AVAILABILITY = "GA"

_BRANCH = re.compile(r"\bbranch\s+`?(release-\d{1,3}\.\d{1,3})\b", re.IGNORECASE)
_CANDIDATE = re.compile(r"\bRC[ .-]?(\d{1,2})\b|\bv(\d{1,3}\.\d{1,3})\.\d{1,3}-rc\.(\d{1,2})\b", re.IGNORECASE)
_MOVED = re.compile(r"[-=]>|→|\bmoved to\b|\bnow\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*(?:[,/&+]|\band\b)\s*")
_ANEW = re.compile(r"\bextended\b(?!\s+(?:to|until|by)\b)|\bnew date\b", re.IGNORECASE)
_GA = re.compile(r"(?:v?\d{1,3}\.\d{1,3}(?:\.0)?\s+)?(?:ga|general availability)")
_HERALD = re.compile(
    r"\bremind|\bin (?:an?|one|two|three|\d{1,2}) (?:day|week)s?\b|\bnext week\b|\btomorrow\b", re.IGNORECASE
)
_GA_TAG = re.compile(r"\btag\s+`?v(\d{1,3}\.\d{1,3})\.0(?![\w.+-]*\w)", re.IGNORECASE)


def read_schedule(version: str, text: str, process: Process) -> Release | None:
    """The calendar of one release; None when the version, or any row of the project, cannot be read.

    `version` may be the path of the file. Dates are accepted in both forms met ("2023-03-02", "2026/04/30"); rows of
    other projects are dropped; releases before v1.6 have no Enhancement Freeze.
    """
    read = read_version(version.replace("/", " ").replace("-", " ") if isinstance(version, str) else None)
    table = process.schedule.get("form") == "table"
    if table:
        from vep_tui.core.schedule_table import read_table  # a header needs no reader of tables

        rows = read_table(text, str(process.schedule.get("what", "What")), str(process.schedule.get("when", "When")))
    else:
        from vep_tui.core.yamls import read_yaml

        rows = _rows(read_yaml(text), str(process.schedule.get("who", "")))
    if read is None or not rows:
        return None
    freezes = [(row.name, row, (name,)) for name in process.schedule.get("code_freeze", ()) for row in rows]
    cuts = [(row, found[1]) for row in rows if (found := _BRANCH.search(row.what))]
    cut = next((cut for cut in cuts if read_version(cut[1]) == read), cuts[0] if cuts else None)
    code_freeze = _freeze(freezes) or (cut[0] if cut else None)
    freeze_words = tuple(process.schedule.get("enhancement_freeze", ()))
    others = tuple((name,) for name in process.schedule.get("enhancement_freeze_names", ()))
    named = ([(row.what, row, words) for row in rows] for words in (freeze_words, *others) if words)
    freeze = next((row for rows_of_name in named if (row := _freeze(rows_of_name))), None)
    released = _first(rows, lambda row: _is_ga(row, read, process))
    branch = cut[1] if cut else None
    from vep_tui.core.focus import branch_of  # a header needs none of its neighbours

    if branch is None and table:
        branch = branch_of(read)  # such tables never name it
    return Release(
        version=read,
        enhancement_freeze=freeze.day if freeze else None,
        code_freeze=code_freeze.day if code_freeze else None,
        ga=released.day if released else None,
        branch=branch,
        candidates=_candidates(rows, read),
        milestones=rows,
    )


_OWN_DATES = ("enhancement_freeze", "code_freeze", "ga")


def with_overrides(
    releases: Iterable[Release], overrides: Mapping[str, Mapping[str, date | str]]
) -> tuple[Release, ...]:
    """The releases with the user's own dates in place of the file's, ordered by version.

    Fields are `enhancement_freeze`, `code_freeze` and `ga`; a release that has no file yet is made of the dates given.
    Days that cannot be read are left out.
    """
    known = {release.version: release for release in releases}
    for key, fields in overrides.items():
        version = read_version(key)
        given = {name: day for name in _OWN_DATES if (day := read_day(fields.get(name))) is not None}
        if version and given:
            release = known.get(version, Release(version))
            was = {name: getattr(release, name) for name in given}
            moved = tuple((name, was[name]) for name, day in given.items() if was[name] != day)
            known[version] = release._replace(
                enhancement_freeze=given.get("enhancement_freeze", release.enhancement_freeze),
                code_freeze=given.get("code_freeze", release.code_freeze),
                ga=given.get("ga", release.ga),
                moved=moved,
            )
    return tuple(sorted(known.values(), key=lambda release: version_key(release.version)))


def current_release(releases: Sequence[Release], now: datetime) -> Release | None:
    """The earliest release that is still to come (its GA is ahead or today), else the latest one known."""
    ordered = sorted(releases, key=lambda release: version_key(release.version))
    coming = ((day, release) for release in ordered if (day := _last_day(release)) and day >= now.date())
    return min(coming, key=lambda pair: pair[0], default=(None, ordered[-1] if ordered else None))[1]


def phase_of(release: Release | None, now: datetime) -> Phase:
    """Where a release stands on a day; unknown where the date that would decide it is.

    The day of a freeze belongs to what it ends for Enhancement Freeze (there is time until its evening), and to what it
    begins for Code Freeze (the branch is cut that day). The day of GA is still stabilisation.
    """
    if release is None:
        return Phase.UNKNOWN
    today = now.date()
    if release.ga and today > release.ga:
        return Phase.RELEASED
    if release.code_freeze and today >= release.code_freeze:
        return Phase.STABILISATION
    if release.enhancement_freeze is None:
        return Phase.UNKNOWN
    if today <= release.enhancement_freeze:
        return Phase.DESIGN
    return Phase.IMPLEMENTATION if release.code_freeze else Phase.UNKNOWN


def next_milestone(release: Release | None, now: datetime) -> tuple[str, date] | None:
    """The next day that matters, today included: Enhancement Freeze, Code Freeze, "RC 1", GA."""
    if release is None:
        return None
    named = (
        (ENHANCEMENT_FREEZE, release.enhancement_freeze),
        (CODE_FREEZE, release.code_freeze),
        *((f"RC {number}", day) for number, day in release.candidates),
        (GENERAL_AVAILABILITY, release.ga),
    )
    ahead = [(name, day) for name, day in named if day is not None and day >= now.date()]
    return min(ahead, key=lambda pair: pair[1], default=None)


# ---------------------------------------------------------------- rows


def _rows(raw: Any, who: str) -> tuple[Milestone, ...]:
    """The project's own dated rows, by day."""
    from vep_tui.core.yamls import text_at

    rows = raw if isinstance(raw, list) else []
    found = []
    for row in rows:
        day = _day(text_at(row, "when"))
        if day is not None and who.casefold() in _doers(row):
            found.append(Milestone(day, _plain(text_at(row, "milestone")), _plain(text_at(row, "what"))))
    return tuple(sorted(found, key=lambda milestone: milestone.day))


def _doers(row: Any) -> set[str]:
    """Whose row it is, case-folded: one name, several ("KubeVirt, CDI"), or a list of them."""
    from vep_tui.core.yamls import texts

    who = texts(row.get("who")) if isinstance(row, dict) else ()
    return {name.strip("* ").casefold() for text in who for name in _SEVERAL.split(text)}


def _day(when: str) -> date | None:
    """The day of a row; where it was moved ("~~2026/06/24~~ 2026/07/01", "2026/06/24 -> 2026/07/01"), the new one."""
    parts = _MOVED.split(standing(when))
    day = next((day for part in reversed(parts) if (day := read_day(part)) is not None), None)
    if day is not None or not re.search(r"\d{4}", when):
        return day
    from vep_tui.core.schedule_table import day_in  # "September 2, 2026", "~2026/09/02": hardly ever

    return next((day for part in reversed(parts) if (day := day_in(part)) is not None), None)


def _plain(text: str) -> str:
    return one_line(text.replace("*", ""))


def _first(rows: Iterable[Milestone], wanted: Callable[[Milestone], bool]) -> Milestone | None:
    return next((row for row in rows if wanted(row)), None)


def _freeze(rows: Iterable[tuple[str, Milestone, tuple[str, ...]]]) -> Milestone | None:
    """Of the rows whose text holds all the words, the one that has the fewest others ahead of them, then the earliest.

    A herald of the same freeze says more before it names it ("Brace yourself, Code Freeze is coming") or says that it
    is one ("VEP Freeze in a week"). A row that says it was extended counts before all.
    """
    found: list[tuple[tuple[bool, bool, int], Milestone]] = []
    for text, row, words in rows:
        first = min(text.casefold().find(word.casefold()) for word in words)
        if first >= 0:
            rank = (_ANEW.search(text) is None, _HERALD.search(text) is not None, len(text[:first].split()))
            found.append((rank, row))
    return min(found, key=lambda pair: (pair[0], pair[1].day), default=(None, None))[1]


def _is_ga(row: Milestone, version: str, process: Process) -> bool:
    released = (str(words).format(version=version).casefold() for words in process.schedule.get("released", ()))
    if any(words in row.name.casefold() for words in released):
        return True
    who = str(process.schedule.get("who", "")).casefold()
    name = row.name.casefold().replace(who, "") if who else row.name.casefold()
    tag = _GA_TAG.search(row.what)
    return _GA.fullmatch(name.strip()) is not None or (tag is not None and read_version(tag[1]) == version)


def _candidates(rows: Iterable[Milestone], version: str) -> tuple[tuple[int, date], ...]:
    """The days of this release's candidates; a row may tag one of another release, too."""
    days: dict[int, date] = {}
    for row in rows:
        for text in (row.name, row.what):
            found = _CANDIDATE.search(text)
            if found and read_version(found[2]) in (None, version):
                days.setdefault(int(found[1] or found[3]), row.day)
    return tuple(sorted(days.items()))


def _last_day(release: Release) -> date | None:
    """GA; where it is unknown, the last day that is known."""
    days = (release.enhancement_freeze, release.code_freeze, *(day for _, day in release.candidates))
    return release.ga or max((day for day in days if day), default=None)
