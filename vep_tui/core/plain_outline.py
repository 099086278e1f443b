"""The outline of Markdown that holds nothing but headings, paragraphs, bullets and fenced code; all else it leaves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vep_tui.core.block_lines import Block, ends_fence, fence_of, heading_of, level_of

_BULLET = re.compile(r"( *)[-*+] (?=[^ \t])")
_ORDINARY = re.compile(r"(?:[^\s#>`~=+*_\d-]|\*\*\w|__[^\W_]|`(?!``)|\d+(?![\d.)]))")
"""How a line begins that can be nothing but words."""
_DEEPEST = 5
"""Lists in lists that are read here."""


class NotPlainError(ValueError):
    """Something else stands there: only a parser can tell what it means."""


@dataclass(slots=True)
class _Open:
    """A paragraph that may go on."""

    line: int
    offset: int
    """Blanks that belong to the list around it, and not to its words."""
    item: bool
    words: list[str]


class PlainOutline:
    """Reads one text, line by line."""

    def __init__(self, lines: list[str], begins: int = 0) -> None:
        self._lines, self._begins = lines, begins
        self._blocks: list[Block] = []
        self._lists: list[int] = []
        """Where the words of each open list item begin, the outermost first."""
        self._open: _Open | None = None

    def read(self) -> tuple[Block, ...]:
        """The blocks; raises `NotPlainError` where it cannot be certain of them."""
        fence = ""
        for at, line in enumerate(self._lines, start=self._begins):
            if fence:
                fence = "" if ends_fence(line, fence) else fence
            elif not line.strip(" \t"):
                self._close()
            elif mark := fence_of(line):
                fence = mark
                self._leave()
            elif level := level_of(line):
                self._leave()
                self._blocks.append(Block(heading_of(line, level), level, line=at))
            elif bullet := _BULLET.match(line):
                self._bullet(at, line, bullet)
            else:
                self._words(at, line)
        self._close()
        return tuple(self._blocks)

    def _bullet(self, at: int, line: str, bullet: re.Match[str]) -> None:
        """A list item: in the item around it, or behind one whose mark stands above its own."""
        indent = len(bullet[1])
        while self._lists and self._lists[-1] > indent + 2:
            self._lists.pop()
        if self._lists and self._lists[-1] == indent + 2:
            self._lists.pop()
        if indent != (self._lists[-1] if self._lists else 0) or len(self._lists) == _DEEPEST:
            raise NotPlainError
        self._close()
        self._lists.append(indent + 2)
        self._begin(at, line[bullet.end() :], item=True)

    def _words(self, at: int, line: str) -> None:
        indent = len(line) - len(line.lstrip(" "))
        if self._open is not None:
            if not _ORDINARY.match(line, indent):
                raise NotPlainError
            self._open.words.append(line[min(indent, self._open.offset) :])
            return
        while self._lists and self._lists[-1] > indent:
            self._lists.pop()
        if indent != (self._lists[-1] if self._lists else 0):
            raise NotPlainError
        self._begin(at, line[indent:], item=False)

    def _begin(self, at: int, words: str, *, item: bool) -> None:
        if not _ORDINARY.match(words):
            raise NotPlainError
        self._open = _Open(at, self._lists[-1] if self._lists else 0, item, [words])

    def _close(self) -> None:
        """The paragraph is over."""
        if (paragraph := self._open) is not None:
            text = "\n".join(paragraph.words).strip()
            self._blocks.append(Block(text, item=paragraph.item, line=paragraph.line))
            self._open = None

    def _leave(self) -> None:
        """The paragraph and all lists are over."""
        self._close()
        self._lists.clear()
