"""A Markdown text as headings, paragraphs and list items with their lines; inline markup stays as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from vep_tui.core.block_lines import LONGEST_HEADING, Block, ends_fence, fence_of, level_of
from vep_tui.core.plain_outline import NotPlainError, PlainOutline

__all__ = ["LARGEST", "Block", "parsed_outline", "read_outline"]

LARGEST = 262_144
"""Characters that are read of a document; the longest real one has a quarter of this."""

_BREAK = re.compile("\r\n?")
_INDENTED_FENCE = re.compile(r" {1,3}(?:```|~~~)")


def read_outline(text: str) -> tuple[Block, ...]:
    """The blocks of a text in its order; code blocks, rules, tables and raw HTML are not among them.

    What is plain is read without the parser, which takes four times as long.
    """
    lines = _BREAK.sub("\n", text[:LARGEST]).split("\n")
    if any(line[:1] == " " and _INDENTED_FENCE.match(line) for line in lines):
        return parsed_outline("\n".join(lines))  # whether it belongs to a list decides where it ends
    blocks: list[Block] = []
    for begin, end in pairwise((*_cuts(lines), len(lines))):
        try:
            blocks += PlainOutline(lines[begin:end], begin).read()
        except NotPlainError:
            blocks += parsed_outline("\n".join(lines[begin:end]), begin)
    return tuple(blocks)


def _cuts(lines: list[str]) -> Iterator[int]:
    """Where a text can be cut so that the outlines of its parts together are its own: before headings.

    A "#" at the beginning of a line ends whatever goes before, unless it stands in a fenced block.
    """
    yield 0
    fence = ""
    for at, line in enumerate(lines):
        if fence:
            fence = "" if ends_fence(line, fence) else fence
        elif mark := fence_of(line):
            fence = mark
        elif at and level_of(line):
            yield at


def parsed_outline(text: str, begins: int = 0) -> tuple[Block, ...]:
    """The same for any text; `begins` is the line where it begins itself."""
    blocks: list[Block] = []
    level = 0
    item = False
    for token in _parser().parse(text):
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
