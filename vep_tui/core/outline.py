"""A Markdown text as headings, paragraphs and list items with their lines; inline markup stays as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

LARGEST = 262_144
"""Characters that are read of a document; the longest real one has a quarter of this."""

LONGEST_HEADING = 300
"""Characters of a heading that are kept."""
_BREAK = re.compile("\r\n?")
_INDENTED_FENCE = re.compile(r" {1,3}(?:```|~~~)")
_MAY_BE_HEADING = re.compile(r"[ \t>*+\-0-9.)]*(?:#{1,6}(?:[ \t]|$)|=+[ \t]*$|-+[ \t]*$)")


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


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands below it, up to the next heading that begins a line."""

    text: str
    line: int
    """Where it begins, counted from 0."""
    heading: Block | None
    """Its heading, when it is certain that it has no other; what has none is only the beginning of a text."""

    def blocks(self) -> tuple[Block, ...]:
        """Everything in it."""
        return read_outline(self.text, self.line)


def parts_of(text: str) -> Iterator[Part]:
    """A text cut before its headings: the outlines of all parts together are the outline of the text.

    Reading an outline takes long, and most parts of a document are of no interest. A "#" at the beginning of a line
    ends whatever goes before, unless it stands in a fenced block. Such a block that is indented may be part of a list;
    a text with one is not cut.
    """
    lines = _BREAK.sub("\n", text[:LARGEST]).split("\n")
    if any(line[:1] == " " and _INDENTED_FENCE.match(line) for line in lines):
        yield Part(text, 0, None)
        return
    begin, fence, plain = 0, "", True
    for at, line in enumerate(lines):
        if fence:
            fence = "" if line.startswith(fence) and not line.lstrip(fence[0]).strip(" \t") else fence
        elif mark := _fence(line):
            fence = mark
        elif _level(line):
            if at:
                yield _part(lines, begin, at, plain)
            begin, plain = at, True
        elif plain and _MAY_BE_HEADING.match(line):
            plain = False
    yield _part(lines, begin, len(lines), plain)


def _part(lines: list[str], begin: int, end: int, plain: bool) -> Part:
    level = _level(lines[begin])
    heading = Block(_heading(lines[begin], level), level, line=begin) if plain and level else None
    return Part("\n".join(lines[begin:end]), begin, heading)


def _level(line: str) -> int:
    """The level of the heading that is this line; 0 for another line."""
    if line[:1] != "#":
        return 0
    level = len(line) - len(line.lstrip("#"))
    return level if level <= 6 and line[level : level + 1] in ("", " ", "\t") else 0


def _heading(line: str, level: int) -> str:
    """The words of a heading, without the marks before and behind them."""
    words = line[level:].rstrip(" \t")
    bare = words.rstrip("#")
    words = bare if bare[-1:] in (" ", "\t") else words
    return " ".join(words.split())[:LONGEST_HEADING]


def _fence(line: str) -> str:
    """The mark that begins a fenced block with this line; empty when none does."""
    mark = line[:1]
    if mark not in ("`", "~"):
        return ""
    length = len(line) - len(line.lstrip(mark))
    return mark * length if length >= 3 and not (mark == "`" and "`" in line[length:]) else ""


def read_outline(text: str, begins: int = 0) -> tuple[Block, ...]:
    """The blocks of a text in its order; code blocks, rules, tables and raw HTML are not among them.

    `begins` is the line where the text itself begins.
    """
    blocks: list[Block] = []
    level = 0
    item = False
    for token in _parser().parse(text[:LARGEST]):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "list_item_open":
            item = True
        elif token.type == "list_item_close":
            item = False
        elif token.type == "inline":
            line = begins + (token.map[0] if token.map else 0)
            text = " ".join(token.content.split())[:LONGEST_HEADING] if level else token.content
            blocks.append(Block(text, level, item and not level, line))
            item = False
    return tuple(blocks)


@cache
def _parser() -> Any:
    """Block structure only: inline parsing is most of the cost, and nothing here needs it."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False})
    parser.core.ruler.disable(["inline", "text_join"])
    parser.block.ruler.disable(["reference", "html_block"])
    return parser
