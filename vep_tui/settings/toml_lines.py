"""The lines of a TOML text: which table each is in, and where another one belongs; it reads no value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence


def head(line: str) -> str | None:
    """The dotted name of the table that a line begins, without quotes; None for any other line."""
    found = re.match(r"\[([^\[\]]+)\]\s*(#.*)?$", line.strip())
    return found[1].replace('"', "").replace("'", "").replace(" ", "") if found else None


def double_head(line: str) -> str | None:
    """The name of the [[table]] that a line begins; None for any other line."""
    found = re.match(r"\[\[([^\[\]]+)\]\]\s*(#.*)?$", line.strip())
    return found[1].strip() if found else None


def tables_of(lines: Iterable[str]) -> Iterator[str | None]:
    """For each line the dotted name of its table, its own head's included; "" above all, None in a [[table]]."""
    table: str | None = ""
    for line in lines:
        table = name if (name := head(line)) is not None else None if double_head(line) is not None else table
        yield table


def last_line(lines: Sequence[str], at_head: int) -> int:
    """The last line below a table's head that is neither empty nor a comment, else the head."""
    last = at_head
    for at in range(at_head + 1, len(lines)):
        if head(lines[at]) is not None or double_head(lines[at]) is not None:
            break
        if lines[at].strip() and not lines[at].lstrip().startswith("#"):
            last = at
    return last


def switched_off(lines: Sequence[str], begins: Sequence[str]) -> tuple[int, int]:
    """Where the lines of a switched-off table stand that begins with these, which remarks may follow; else (0, 0)."""
    for at in range(len(lines)):
        end = at
        while (
            end < len(lines) and re.match(r"#(\[\[|[\w\"'-]+ = )", lines[end]) and (end == at or lines[end][1] != "[")
        ):
            end += 1
        if end - at >= len(begins) and all(
            re.fullmatch(rf"#{re.escape(begin)}\s*(#.*)?", line)
            for begin, line in zip(begins, lines[at:], strict=False)
        ):
            return at, end
    return 0, 0


def below_others(text: str, table: str, line: str) -> str | None:
    """The text with the line behind the last of its table, or below the head that is switched off; None without one."""
    if not table:
        return None
    lines = text.split("\n")
    found = next((at for at, old in enumerate(lines) if head(old) == table), None)
    if found is not None:
        at = last_line(lines, found) + 1
        return "\n".join([*lines[:at], line, *lines[at:]])
    off = next((at for at, old in enumerate(lines) if old.startswith("#") and head(old[1:]) == table), None)
    if off is None:
        return None
    return "\n".join([*lines[:off], lines[off].removeprefix("#"), line, *lines[off + 1 :]])


def with_remarks(text: str, table: str, key: str, remarks: str) -> str:
    """The text with these lines above the one that sets a key."""
    lines = text.split("\n")
    for index, (of, line) in enumerate(zip(tables_of(lines), lines, strict=True)) if remarks else ():
        if of == table and _sets(line, key):
            return "\n".join([*lines[:index], *remarks.split("\n")[:-1], *lines[index:]])
    return text


def with_line(before: str, after: str, line: str, key: str) -> str:
    """`after`, with the switched-off line in the place that the entry had in `before`."""
    old, new = before.split("\n"), after.split("\n")
    at = alike(old, new)
    if at >= len(old) or not _sets(old[at], key):
        return after  # it stood in a line with others
    return "\n".join([*new[:at], line, *new[at:]])


def alike(some: Sequence[str], others: Sequence[str]) -> int:
    """How many lines are the same before the first that is not."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(some), len(others)))


def _sets(line: str, key: str) -> bool:
    """Whether a line begins with the entry of a key, however that is quoted."""
    return re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line) is not None
