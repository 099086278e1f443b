"""The hidden lines by which our comments are found again, and which lines of a comment can be seen; no checklists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

VERSION = 1
"""Version of the comment's form."""

END = "<!-- vep-tui:end -->"
"""Behind the checklist; what follows is its author's own."""

_MARKER = re.compile(
    r"<!--\s*vep-tui:(?P<version>\d{1,9})(?:\s+release=(?P<release>\d{1,9}\.\d{1,9}))?\s+op=(?P<op>[\w-]{1,64})\s*-->\s*"
)
_END = re.compile(r"\s{0,1}<!--\s*vep-tui:end\s*-->\s*")
_FENCE = re.compile(r"(?P<indent>\s*)(?P<mark>`{3,}+(?!.*`)|~{3,}+)(?P<info>.*)")
_CODE = re.compile(r"`[^`]*`")
_ACCORDING = re.compile(r"\baccording to `([^`\s]+)`")
_OPENING = 8
"""Within so many lines a checklist names whose it is."""
_LINE_BREAK = re.compile(r"\r?\n")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a hidden line says."""

    version: int
    op: str
    """Operation that wrote the comment last."""
    release: str | None = None
    """The release of a checklist; None in other comments."""


def lines_of(body: str) -> list[str]:
    """The lines of a comment; only `\\n` and `\\r\\n` end one."""
    return _LINE_BREAK.split(body)


def read_marker(line: str) -> Marker | None:
    """The marker that is this line."""
    match = _MARKER.fullmatch(line.removeprefix("\ufeff"))
    return Marker(int(match["version"]), match["op"], match["release"]) if match else None


def marker_of(body: str, *, author: str = "") -> Marker | None:
    """The marker of a comment; `author` is as for `marked`."""
    found = marked(body, author=author)
    return found[0] if found else None


def marked(body: str, *, author: str = "") -> tuple[Marker, list[str]] | None:
    """The marker of a comment and its other lines; most comments have none, which is seen at once.

    With `author`, the login of who wrote and has edited it, text may stand above the marker, which is then taken for
    text behind it.
    """
    if "vep-tui:" not in body:
        return None
    lines = lines_of(body)
    if author and not read_marker(lines[0]):
        lines = _marker_first(lines, author)
    marker = read_marker(lines[0])
    return (marker, lines[1:]) if marker else None


def holds_checklist(body: str) -> bool:
    """True when the marker of a checklist stands anywhere in a text, whosever it is."""
    return "vep-tui:" in body and any(m is not None and m.release for m in map(read_marker, lines_of(body)))


def _marker_first(lines: list[str], author: str) -> list[str]:
    """The lines of a comment, the marker before the text that its author has set above it since; else as they are.

    We write it first: only a comment that was edited can have come to begin otherwise. Who sends on somebody's
    checklist has several marks, has it in a quote or a code block, or has another name in it: then no text above is
    looked through.
    """
    at = [(n, mark) for n, (line, seen) in enumerate(with_sight(lines)) if seen and (mark := read_marker(line))]
    if len(at) != 1 or at[0][1].release is None:
        return lines
    above, marker, below = lines[: at[0][0]], lines[at[0][0]], lines[at[0][0] + 1 :]
    named = _ACCORDING.search("\n".join(below[:_OPENING]))
    if named and named[1].casefold() != author.casefold():
        return lines
    gap = [""] if above[-1].strip() and below and below[0].strip() else []  # the marker has parted two paragraphs
    return [marker, *above, *gap, *below]


def is_end(line: str) -> bool:
    """True for the line behind a checklist."""
    return bool(_END.fullmatch(line))


def write_marker(op: str, release: str | None = None) -> str:
    """The hidden line of an operation."""
    return f"<!-- vep-tui:{VERSION}{f' release={release}' if release else ''} op={op} -->"


def sign(body: str, op: str) -> str:
    """A free comment with its operation on the last line, where it disturbs neither reader nor Prow."""
    if any(not seen for _, seen in with_sight([*lines_of(body), ""])[-1:]):
        return f"{write_marker(op)}\n{body}"  # the text ends inside a code block, where a marker would be shown
    return f"{body}\n\n{write_marker(op)}"


def carries(body: str, op: str) -> bool:
    """True when the mark of this operation is a line of the text, wherever its author has moved it since."""
    return op in body and any(m is not None and m.op == op for m in map(read_marker, lines_of(body)))


def with_sight(lines: list[str]) -> list[tuple[str, bool]]:
    """Each line and whether it is plain text: not inside a fenced code block, nor in a hidden stretch of lines."""
    return list(_sighted(lines))


def _sighted(lines: list[str]) -> Iterator[tuple[str, bool]]:
    fence, indent, hidden = "", 0, False
    for line in lines:
        match = None if hidden else _FENCE.fullmatch(line)
        if fence and indent > 1 and line.strip() and len(line) - len(line.lstrip()) < 2:
            fence = ""  # a block inside a list item ends with the item
        if fence:
            if match and match["mark"].startswith(fence) and not match["info"].strip():
                fence = ""
            yield line, False
        elif match:
            fence, indent = match["mark"], len(match["indent"])
            yield line, False
        else:
            before = hidden
            plain = line if hidden or line.lstrip().startswith("<!--") else _CODE.sub("", line)
            hidden = plain.rfind("<!--") > plain.rfind("-->") if "<!--" in plain or "-->" in plain else hidden
            yield line, not before and not hidden
