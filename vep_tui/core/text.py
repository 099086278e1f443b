"""Foreign text made harmless: for a terminal, for the store and for line-wise reading; it interprets nothing."""

from __future__ import annotations

import json
import re

_HARMFUL = (
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1: ESC and CSI live here
    "\u00ad\u061c\u180e"  # soft hyphen, Arabic letter mark, Mongolian vowel separator
    "\u200b-\u200f\u202a-\u202e"  # zero-width characters, bidi marks, embeddings and overrides
    "\u2060-\u206f\ufeff\ufff9-\ufffb"  # word joiner to nominal digit shapes, BOM, annotations
    "\ufffe\uffff"
    "\U000e0000-\U000e0fff"  # tags and variation selectors that can carry hidden text
    "]"
)
_LONE_SURROGATE = "[\ud800-\udfff]"
_NOT_STORABLE = "[\x00\ud800-\udfff]"
_STACKED = (
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]+"
)
"""More marks on one letter than any script needs: they would grow over the lines around it."""
_SEPARATORS = "[\u2028\u2029]"
_BLANKS = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_HTML_BOLD = r"(?i:</?(?:b|strong)\s{0,2}>)"
_ANCHOR = r"(?i:<a\s+(?:name|id)\s*=[^<>\n]{1,100}>\s{0,2}</a>)"
_NEWLINE = re.compile("\r?\n")
_SPACE = re.compile(r"\s+")
_STRUCK = re.compile(r"~{1,2}[^~\n]+~{1,2}")

REPLACEMENT = "\ufffd"
"""What stands for a character that cannot be kept."""


def clean(text: str) -> str:
    """Text that cannot move the cursor, recolour, reorder or hide anything on a terminal; keeps tabs and newlines.

    Markup is left alone: a caller shows the result as plain content.
    """
    if text.isascii() and text.isprintable():
        return text  # nearly all of it; patterns of wide classes are slow to make, too, and made when first needed
    text = re.sub(_HARMFUL, "", text)
    if text.isascii():
        return text
    text = re.sub(_STACKED, r"\1", re.sub(_SEPARATORS, " ", text))
    return re.sub(_LONE_SURROGATE, REPLACEMENT, text)


def even(text: str) -> str:
    """Text that is to be read and not shown: blanks and colons as the plain ones, bold of HTML as Markdown's."""
    if not text.isascii():
        text = re.sub(_BLANKS, " ", text).replace("\uff1a", ":")
    return re.sub(_ANCHOR, "", re.sub(_HTML_BOLD, "**", text)) if "<" in text else text


def one_line(text: str) -> str:
    """`clean` text on one line, with every run of white space made one space."""
    return _SPACE.sub(" ", clean(text)).strip()


def escape_json(document: str) -> str:
    r"""The same JSON document with everything `clean` takes away written as `\u....`: it says what it said, harmlessly.

    For documents without control characters between their values, as `json.dumps` writes them.
    """
    not_plain = f"{_HARMFUL}|{_SEPARATORS}|{_LONE_SURROGATE}"
    return re.sub(not_plain, lambda found: json.dumps(found[0])[1:-1], document)


FENCED = r"^[ \t]*(```(?![^\n]*`)|~~~).*?(?:^[ \t]*\1|\Z)"
"""Pattern of a fenced block with its content, under DOTALL and MULTILINE; its mark is the first group."""


def is_quoted(line: str) -> bool:
    """True for what somebody else, or an earlier text, said."""
    return line.lstrip().startswith(">")


def standing(text: str) -> str:
    """Text without what its author struck out; a blank stays in its place."""
    return _STRUCK.sub(" ", text) if "~" in text else text


def lines(text: str) -> list[str]:
    r"""The lines of GitHub text, split at \n and \r\n only: `str.splitlines` would split at U+2028 and others."""
    return _NEWLINE.split(text)


def safe_store(text: str) -> str:
    """Text that SQLite and UTF-8 can hold: NUL and lone surrogates become U+FFFD, all else stays as it came."""
    return text if text.isascii() and "\0" not in text else re.sub(_NOT_STORABLE, REPLACEMENT, text)


def strip_html_comments(text: str) -> str:
    """Text as GitHub shows it, without HTML comments; linear in its length.

    As in the browser, a comment that begins a line and is never closed hides the rest; elsewhere, an opening without
    an end and an end without an opening are only marks that somebody forgot, and just the marks go.
    """
    kept: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0:
        kept.append(text[position:start])
        end = text.find("-->", start + 4)
        if end < 0:
            begins_line = not text[text.rfind("\n", 0, start) + 1 : start].strip()
            kept.append("" if begins_line else text[start:].replace("<!--", ""))
            position = len(text)
            break
        if "\n" in text[start:end]:
            kept.append("\n")
        position = end + 3
    kept.append(text[position:])
    return "".join(kept).replace("-->", "")
