"""A release schedule kept as a Markdown table, as dated rows; it does not know which of them is a freeze."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from vep_tui.core.clock import read_day
from vep_tui.core.models import Milestone
from vep_tui.core.text import lines, one_line, strip_html_comments

_LONGEST = 262_144
_LINK = re.compile(r"\[([^\[\]]{1,200})\](?:\([^()\s]{0,400}\)|\[[^\[\]]{0,100}\])?")
_MARKS = re.compile(r"[*`]|~~|<br ?/?>")
_RULE = re.compile(r"[|:\s-]*-[|:\s-]*")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_ISO = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}")
_SPOKEN = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},? (?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})", re.IGNORECASE),
)


def read_table(text: str, what: str, when: str) -> tuple[Milestone, ...]:
    """The dated rows of every table with these two column heads, by day; other tables and undated rows are left out."""
    found = list(_rows(strip_html_comments(text[:_LONGEST]) if isinstance(text, str) else "", what, when))
    return tuple(sorted(found, key=lambda row: row.day))


def day_in(text: str) -> date | None:
    """The first day a cell names: "2025-02-14", "Friday 14th February 2025", "February 14, 2025"."""
    found = [(match.start(), read_day(match[0])) for match in _ISO.finditer(text)]
    found += [(match.start(), _spoken(match)) for pattern in _SPOKEN for match in pattern.finditer(text)]
    return next((day for _, day in sorted(found, key=lambda pair: pair[0]) if day is not None), None)


def coming_day(text: str, after: date) -> date | None:
    """The day a text names; one without its year is the next such day, `after` being the first that may be meant."""
    if (day := read_day(text) or day_in(text)) is not None:
        return day
    days = (day_in(f"{text} {year}") for year in (after.year, after.year + 1))
    return next((day for day in days if day is not None and day >= after), None)


def _rows(text: str, what: str, when: str) -> Iterator[Milestone]:
    """A blank line within a table does not end it; other words do, and the rule under the heads of another table."""
    columns: tuple[int, int] | None = None
    head = False
    for line in lines(text):
        cells = _cells(line)
        if not cells or (not head and _RULE.fullmatch(line.strip())):
            columns = None if line.strip() else columns
            continue
        heads = [cell.casefold() for cell in cells]
        head = what.casefold() in heads and when.casefold() in heads
        if head:
            columns = (heads.index(what.casefold()), heads.index(when.casefold()))
        elif columns is not None and max(columns) < len(cells) and (day := day_in(cells[columns[1]])):
            yield Milestone(day, cells[columns[0]], cells[columns[0]])


def _cells(line: str) -> list[str]:
    """The cells of a table's line without links and emphasis; empty for another line."""
    line = line.strip()
    if "|" not in line or len(line) > 4000:
        return []
    return [one_line(_MARKS.sub("", _LINK.sub(r"\1", cell))) for cell in line.strip("|").split("|")]


def _spoken(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), _MONTHS.index(found["month"].casefold()) + 1, int(found["day"]))
    except ValueError:
        return None
