"""A Markdown text as headings, paragraphs and list items with their lines; inline markup stays as written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

LARGEST = 262_144
"""Characters that are read of a document; the longest real one has a quarter of this."""

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


def read_outline(text: str) -> tuple[Block, ...]:
    """The blocks of a text in its order; code blocks, rules, tables and raw HTML are not among them."""
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
            line = token.map[0] if token.map else 0
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
