"""Lines of Markdown that begin a heading or a fenced block, and the blocks an outline is made of; it reads no text."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_HEADING = 300
"""Characters of a heading that are kept."""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph or list item."""

    text: str
    """Its own text, without markers and without what is nested in it; lines joined by newlines, a
    heading's by spaces."""
    level: int = 0
    """1 to 6 for a heading, else 0."""
    item: bool = False
    """True for the first paragraph of a list item."""
    line: int = 0
    """Where it begins, counted from 0."""


def level_of(line: str) -> int:
    """The level of the heading that is this line; 0 for another line."""
    if line[:1] != "#":
        return 0
    level = len(line) - len(line.lstrip("#"))
    return level if level <= 6 and line[level : level + 1] in ("", " ", "\t") else 0


def heading_of(line: str, level: int) -> str:
    """The words of a heading, without the marks before and behind them."""
    words = line[level:].rstrip(" \t")
    bare = words.rstrip("#")
    words = bare if bare[-1:] in (" ", "\t") else words
    return " ".join(words.split())[:LONGEST_HEADING]


def fence_of(line: str) -> str:
    """The mark that begins a fenced block with this line; empty when none does."""
    mark = line[:1]
    if mark not in ("`", "~"):
        return ""
    length = len(line) - len(line.lstrip(mark))
    return mark * length if length >= 3 and not (mark == "`" and "`" in line[length:]) else ""


def ends_fence(line: str, mark: str) -> bool:
    """True for the line that ends the fenced block which `mark` began."""
    return line.startswith(mark) and not line.lstrip(mark[0]).strip(" \t")
