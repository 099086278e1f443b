"""Words for GitHub that ping nobody, refer to nothing and run nothing, and the way back; it knows no checklist."""

from __future__ import annotations

import re

from vep_tui.core.text import clean

_NOISE = (
    r"(?<![^\s`()\[\]<>])[^\s`()\[\]<>]*/(?:pulls?|issues|discussions|commit)/[0-9a-f]+(?:[^\s`()\[\]<>]*[\w/])?"
    r"|(?:(?<![\w.+/-])[\w.+/-]*)?@[a-z0-9](?:[\w./-]*\w)?"
    r"|(?:(?<![\w./-])[\w./-]*)?#\d+"
    r"|\bGH-\d+"
)
"""What GitHub would turn into a ping or a cross-reference: addresses; people, teams, commits; issues. Words are read
from their beginning only, so that a long one costs no more than its length."""

_ENTITIES = {"&": "&amp;", "<": "&lt;", "`": "&#96;", "\\": "&#92;", "[": "&#91;"}
_CHARACTERS = {entity: character for character, entity in _ENTITIES.items()}
_NAMES = "|".join(entity[1:] for entity in _CHARACTERS)


def _pattern(special: str) -> re.Pattern[str]:
    special = f"{special}|&(?={_NAMES})"
    # An opening of an HTML comment is shown as text even inside code: readers of lines must not take it for one.
    # Beside another backtick it is no code of its own: what is read back would lose one with every round.
    words = rf"(?P<code>(?<!`)`(?:(?!<!--)[^`\n])+`(?!`))|(?P<noise>{_NOISE})"
    return re.compile(rf"{words}|{special}|(?<!\\)\\+(?={special}|{_NOISE})", re.I)


_WRITE = _pattern("[<`]")
_WRITE_UNLINKED = _pattern(r"[<`\[]")
_READ = re.compile(rf"`(?P<noise>{_NOISE})`|(?P<code>`[^`\n]+`)|&(?:{_NAMES})", re.I)

_BLOCK = re.compile(r"[#>+\-*=/~|:\\]|_\s*_\s*_|\[[^\]]+\]:")
"""Beginnings of a line that would start a block of Markdown, or a Prow command."""
_NUMBERED = re.compile(r"(\d+)(\\*[.)])")
_UNNUMBERED = re.compile(r"(\d+)\\(\\*[.)])")

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def tidy(text: str) -> str:
    """The text with `\\n` between its lines and nothing unprintable, and no blanks around its lines or itself."""
    text = clean(_BREAKS.sub("\n", text))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def tidy_line(text: str) -> str:
    """The text tidied into one line."""
    return " ".join(tidy(text).split())


def quiet(text: str, *, links: bool = True) -> list[str]:
    """Lines of Markdown that show `text`, which is tidy; the first one is meant to follow other words.

    Names, references and addresses of issues become code, HTML is shown and not obeyed, and no line but the first can
    begin a block or a command. With `links` false, brackets make no links either: for words that strangers chose.
    """
    first, *rest = (_WRITE if links else _WRITE_UNLINKED).sub(_written, text).split("\n")
    return [first, *(_harmless(line) for line in rest)]


def loud(lines: list[str]) -> str:
    """The text that `quiet` was given; of other Markdown, the Markdown."""
    first, *rest = lines or [""]
    return _READ.sub(_read, "\n".join([first, *(_bare(line) for line in rest)]))


def code(text: str) -> str:
    """One word or name as code."""
    return f"`{tidy_line(text).replace('`', '')}`"


def cut(text: str, size: int) -> str:
    """At most `size` characters of the text, visibly shortened."""
    return text if len(text) <= size else text[: max(0, size)].rstrip() + " … (shortened)"


def _written(match: re.Match[str]) -> str:
    if match["code"]:
        return match[0]
    if match["noise"]:
        return f"`{match[0]}`"
    return "".join(_ENTITIES[character] for character in match[0])


def _read(match: re.Match[str]) -> str:
    if match["code"]:
        return match[0]
    return match["noise"] or _CHARACTERS[match[0].lower()]


def _harmless(line: str) -> str:
    return (
        "\\" + line if _BLOCK.match(line) else _NUMBERED.sub(r"\1\\\2", line, count=1) if line[:1].isdigit() else line
    )


def _bare(line: str) -> str:
    if line[:1] == "\\" and _BLOCK.match(line[1:]):
        return line[1:]
    return _UNNUMBERED.sub(r"\1\2", line, count=1) if line[:1].isdigit() else line
