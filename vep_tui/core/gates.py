"""Feature gate names in a tracker's field and in a document's prose; a word that may be none is not taken."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vep_tui.core.refs import distinct
from vep_tui.core.text import standing

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_ADDRESS = re.compile(r"https?://[^\s()]+|#\d+")
_CODE = re.compile(r"(`{1,2})[ \t]*([A-Za-z][\w.-]{1,79})[ \t]*\1")
_ASIDE = re.compile(r"\([^()]*\)")
_BULLET = re.compile(r"[\s>]*(?:[-*+][ \t]+)?(?:\[[^\[\]]{0,3}\][ \t]*)?[\s*_]*")
_STAGE_BEHIND = re.compile(r"[ \t]*:[ \t]*(?:alpha|beta|ga|stable|deprecated)\W*$", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:(?:new|existing|name|fg|gate|feature ?gate|alpha|beta|ga)s?[ \t*_]*[:=]|yes[ \t]*[:,;–—-])[ \t*_]*",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"[\s*_`<({\[-]*(?:n[./]?a\.?|none|not|no|nil|null|without|tbd|tba|todo|to be|unknown|undecided|will be|\?+)(?!\w)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+){0,5}", re.ASCII)
_CAPITALISED = re.compile(r"[A-Z][A-Za-z0-9]{2,79}", re.ASCII)
_WORD = r"[A-Za-z][A-Za-z0-9]{2,79}"
_CAMEL = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2}")
_SEPARATORS = re.compile(r"[ \t]*(?:[,;/&+]|\band\b)[ \t]*")
_PROSE = re.compile(
    rf"\b(?:feature[ -]?gates?|FG)(?:[ \t]+(?:named|called|name|is))?[ \t:,]{{1,3}}[`*]{{0,2}}({_WORD})\b"
    rf"|\b(?=\w{{0,78}}(?:[a-z0-9][A-Z]|[A-Z]{{2}}))({_WORD})[`*]{{0,2}}"
    r"[ \t]+(?:(?:alpha|beta)[ \t]+)?(?:feature[ -]?gate|FG)\b"
)
_NO_GATE_WORDS = (
    "alpha beta ga stable new existing deprecated yes pending required optional later same unknown undefined"
    " undecided feature gate fg available enabled disabled default future soon external"
)
_NO_GATES = frozenset(_NO_GATE_WORDS.split())

_MOST_WORDS_BESIDE = 3
"""With more words than this beside it, a name in code ticks may be anything that a sentence quotes."""

_QUOTED = r"`{1,2}([A-Za-z][A-Za-z0-9]{2,79})`{1,2}"
_IN_DOCUMENT = re.compile(
    rf"{_QUOTED}(?:[ \t]+|\*\*)(?:(?:\*\*)?(?:alpha|beta|new)(?:\*\*)?[ \t]+)?feature[ -]?gates?\b"
    rf"|\bfeature[ -]?gates?(?:\*\*)?(?:,|:|[ \t]+(?:is|will be introduced))?"
    rf"(?:[ \t]+(?:named|called|name))?(?:,|:|[ \t]+name:)?"
    rf"(?:\s+(?:{_QUOTED}|[(]{_QUOTED})|(?<!,)(?<!gates)[ \t]+({_WORD})\b)",
    re.IGNORECASE,
)


def read_gates(lines: Iterable[str]) -> tuple[str, ...]:
    """The gate names in the lines of a tracker's Feature Gate fields.

    A name is what stands in code ticks, or alone on its line, or in a list of such names; in prose only a name in
    camel case next to the words "feature gate". Lines that begin with a denial ("N/A", "TBD, ...") name none.
    """
    return distinct(name for line in lines for name in _gates_of(line[:1000]))


def gates_named(blocks: Iterable[str]) -> tuple[str, ...]:
    """The gate names in a document's blocks: next to the words "feature gate", in their order.

    One in code ticks may stand in the block behind, and is a plain word with a capital or one with humps; in
    parentheses it has a capital, and without ticks it has humps.
    """
    text = "\n".join(" ".join(block.split()) for block in blocks)
    folded = text.casefold()
    if "feature" not in folded or "gate" not in folded:
        return ()
    return distinct(
        name
        for ahead, behind, aside, bare in _IN_DOCUMENT.findall(text)
        if (name := ahead or behind or aside or bare).casefold() not in _NO_GATES
        and ((name[0].isupper() and name != bare) or (_is_camel(name) and name != aside))
    )


def _gates_of(line: str) -> tuple[str, ...]:
    text = standing(_ADDRESS.sub(" ", _LINK.sub(r"\1", line)))
    bullet = _BULLET.match(text)
    text = text[bullet.end() if bullet else 0 :]
    while label := _LABEL.match(text):
        text = text[label.end() :]
    if not text.strip() or _DENIAL.match(text) or line.lstrip().startswith((">", "/")):
        return ()
    prose = len(_CODE.sub(" ", text).split()) > _MOST_WORDS_BESIDE
    quoted = tuple(n for _, n in _CODE.findall(text) if _may_be_gate(n) and (_is_camel(n) or not prose))
    if quoted:
        return quoted
    bare = _ASIDE.sub(" ", text).strip(" \t*_`~.,;:\"'<>")
    bare = _STAGE_BEHIND.sub("", bare)
    bare = re.split(r"[ \t]+[-–—][ \t]+", bare, maxsplit=1)[0].strip()
    parts = [part.strip("`*") for part in _SEPARATORS.split(bare)]
    if len(parts) == 1 and _NAME.fullmatch(bare):
        return (bare,) if _may_be_gate(bare) else ()
    if len(parts) > 1 and all(_CAPITALISED.fullmatch(part) and _may_be_gate(part) for part in parts):
        return tuple(parts)
    if _NAME.fullmatch(parts[0]) and _is_camel(parts[0]):
        return tuple(part for part in parts if _is_camel(part) and _may_be_gate(part))
    named = (first or second for first, second in _PROSE.findall(text))
    return tuple(name for name in named if _is_camel(name) and _may_be_gate(name))


def _may_be_gate(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and name.casefold() not in _NO_GATES and not _DENIAL.fullmatch(name)


def _is_camel(name: str) -> bool:
    """True for a word with humps or in capitals: no ordinary word of a sentence."""
    return _CAMEL.search(name) is not None
