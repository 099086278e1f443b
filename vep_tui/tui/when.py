"""Times as people say them; the clock is an argument."""

from __future__ import annotations

from datetime import date, datetime, timedelta

_STEPS = (("y", 365 * 86400), ("mo", 30 * 86400), ("w", 7 * 86400), ("d", 86400), ("h", 3600), ("min", 60))


def age(then: datetime | None, now: datetime) -> str:
    """The age in its largest unit, four cells at most: "3d", "2mo"; "now" below a minute."""
    if then is None:
        return ""
    seconds = (now - then).total_seconds()
    for unit, size in _STEPS:
        if unit == "w" and seconds < 21 * 86400:
            continue
        if seconds >= size:
            return f"{int(seconds // size)}{'m' if unit == 'min' else unit}"
    return "now"


_WORDS = {"y": "year", "mo": "month", "w": "week", "d": "day", "h": "hour", "min": "minute"}


def ago(then: datetime | None, now: datetime) -> str:
    """The age as a phrase: "3 days ago", "just now", "never"."""
    if then is None:
        return "never"
    seconds = (now - then).total_seconds()
    for unit, size in _STEPS:
        if unit == "w" and seconds < 21 * 86400:
            continue
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {_WORDS[unit]}{'s' if count > 1 else ''} ago"
    return "just now"


def absolute(then: datetime) -> str:
    """The moment in the local zone, to the minute."""
    return then.astimezone().strftime("%Y-%m-%d %H:%M")


def both(then: datetime | None, now: datetime) -> str:
    """The age, and the moment itself: "3 days ago (2026-10-06 14:00)"; "never"."""
    return f"{ago(then, now)} ({absolute(then)})" if then else ago(then, now)


def until(day: date, now: datetime) -> str:
    """How far away a day is: "today", "in 12 days", "3 days ago"."""
    days = (day - now.date()).days
    if days == 0:
        return "today"
    word = "day" if abs(days) == 1 else "days"
    return f"in {days} {word}" if days > 0 else f"{-days} {word} ago"


def day(of: date) -> str:
    """A day of this or the next months: "Oct 21"."""
    return f"{of:%b} {of.day}"


def clock(at: datetime) -> str:
    """The time of day in the local zone."""
    return at.astimezone().strftime("%H:%M")


def later(now: datetime, days: int) -> datetime:
    """The same hour some days later."""
    return now + timedelta(days=days)
