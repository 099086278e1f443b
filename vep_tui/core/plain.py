"""The nearest ASCII for a character that a terminal cannot show; it looks at characters, never at what they say."""

from __future__ import annotations

from functools import lru_cache

TWINS: dict[str, str] = {
    "✓": "+",
    "✗": "x",
    "●": "#",
    "○": ".",
    "◐": "~",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "…": ".",
    "·": "-",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "⇡": "^",
    "▌": "|",
    "│": "|",
    "─": "-",
    "┼": "+",
    "━": "=",
    "▸": ">",
    "▾": "v",
    "•": "*",
    "◦": "-",
    "☑": "x",
    "☐": "o",
    "×": "x",
    "«": "<",
    "»": ">",
    "‹": "<",
    "›": ">",
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "‚": "'",
    "´": "'",
    "ß": "s",
    "Ø": "O",
    "ø": "o",
    "Ł": "L",
    "ł": "l",
    "Đ": "D",
    "đ": "d",
    "ı": "i",
}
"""Signs and letters to those that stand for them, one for one."""


@lru_cache(4096)
def twin(char: str) -> str:
    """What stands for one character: its sign or bare letter, "?" where there is none; nothing for a mark upon another.

    "é" is "e", "ﬁ" is "fi", "漢" is "?".
    """
    import unicodedata  # not before it is needed

    if char in TWINS or char.isascii():
        return TWINS.get(char, char)
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return ""
    if char.isspace():
        return " "
    bare = "".join(TWINS.get(c, c) for c in unicodedata.normalize("NFKD", char))
    letters = "".join(c for c in bare if c.isascii())
    if letters:
        return letters
    code = ord(char)
    if 0x2500 <= code < 0x25A0:  # frames and blocks, by which others draw boxes and bars
        return "|" if char in "│┃║╎╏┆┇▎▍▋▊▉▏▐▕█" else "-" if char in "─━═╌╍┄┅▀▁▂▃▄▔" else "+"
    return "?"
