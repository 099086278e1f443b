"""The signs on the screen: each state has a glyph, an ASCII twin, a word and a colour, and never the colour alone."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from vep_tui.core.models import Delivery, InRelease, ItemState, PrState, SignOffState, Verdict
from vep_tui.core.models.words import SIGNED
from vep_tui.core.plain import TWINS

DIM = "$foreground 64%"
"""Textual's own `$text-muted` is an automatic colour, which has no effect outside its style sheets."""
GOOD = "$text-success"
CAREFUL = "$text-warning"
BAD = "$text-error"
ACCENT = "$text-accent"
TITLE = "bold $text-primary"
EMPTY = Content("")


class Sign(NamedTuple):
    """How a state looks: glyph, word, colour."""

    glyph: str
    word: str
    style: str = ""


_DOTS = 5
"""Items of a checklist that the columns have room for as dots: those of KubeVirt's."""
_PLAIN = TWINS | {"☑": "[x]", "☐": "[ ]"}
"""Of our own signs these two have room to be as wide as they are understood."""


TIE = "\ue000"
"""A space that no line of a sheet ends at: a private character, which is shown as a space from wherever it comes."""


def tied(text: str) -> str:
    """Our own text, all on one line of a sheet."""
    return text.replace(" ", TIE)


class Glyphs(NamedTuple):
    """The glyphs in use: those of plain fonts, or their ASCII twins."""

    ascii: bool = False

    def __call__(self, text: str) -> str:
        """Our own text with every glyph replaced by its twin where ASCII is wanted."""
        if not self.ascii:
            return text
        return "".join(_PLAIN.get(c, c) for c in text)

    @property
    def dot(self) -> str:
        """What stands between two parts on a sheet; where a line ends between them it stands nowhere."""
        return f" {self('·')}{TIE}"

    @property
    def ellipsis(self) -> str:
        """What stands for text that was cut off: one cell."""
        return "~" if self.ascii else "…"

    def quoted(self, text: str) -> str:
        """Somebody's words in quotation marks, left as they are."""
        return f"{self('“')}{text}{self('”')}"

    def verdict(self, verdict: Verdict) -> Sign:
        """What GitHub shows about an item."""
        sign = _VERDICTS[verdict]
        return Sign(self(sign.glyph), sign.word, sign.style)

    def delivery(self, delivery: Delivery) -> Sign:
        """How far a wish has come."""
        sign = _DELIVERIES[delivery]
        return Sign(self(sign.glyph), sign.word, sign.style)

    def pull(self, state: PrState, *, draft: bool = False) -> Sign:
        """Where a pull request stands."""
        sign = Sign("◐", "draft", DIM) if draft and state is PrState.OPEN else _PULLS[state]
        return Sign(self(sign.glyph), sign.word, sign.style)

    def in_release(self, state: InRelease) -> Sign:
        """Whether a change is in the release branch."""
        sign = _IN_RELEASE[state]
        return Sign(self(sign.glyph), sign.word, sign.style)

    def sign_off(self, state: SignOffState) -> Sign:
        """Acknowledgement of a SIG."""
        sign = _SIGN_OFFS[state]
        return Sign(self(sign.glyph), sign.word, sign.style)

    def box(self, state: ItemState) -> str:
        """The box of an item; the same in both sets because everyone reads it."""
        return {ItemState.TODO: "[ ]", ItemState.DONE: "[x]", ItemState.NA: "[-]"}[state]

    def progress(self, done: int, total: int) -> str:
        """Done items of a checklist as dots, or as numbers where dots have no room; a dash for no checklist."""
        if total > _DOTS:
            return f"{done}/{total}"
        return self("●" * done + "○" * (total - done)) if total else self("–")


_VERDICTS = {
    Verdict.MET: Sign("✓", "met", GOOD),
    Verdict.UNMET: Sign("✗", "not met", CAREFUL),
    Verdict.UNKNOWN: Sign("?", "unknown", DIM),
}
_DELIVERIES = {
    Delivery.WAITING: Sign("↑", "waiting", ACCENT),
    Delivery.SENDING: Sign("⇡", "sending", ACCENT),
    Delivery.SENT: Sign("✓", "sent", DIM),
    Delivery.HELD: Sign("×", "held", BAD),
}
_PULLS = {
    PrState.OPEN: Sign("○", "open", ACCENT),
    PrState.MERGED: Sign("●", "merged", GOOD),
    PrState.CLOSED: Sign("✗", "closed", DIM),
    PrState.UNKNOWN: Sign("?", "unknown", DIM),
}
_IN_RELEASE = {
    InRelease.YES: Sign("✓", "in", GOOD),
    InRelease.NO: Sign("✗", "not in", CAREFUL),
    InRelease.UNKNOWN: Sign("?", "not known in", DIM),
}
_SIGN_OFFS = {
    SignOffState.GIVEN: Sign("✓", SIGNED[SignOffState.GIVEN], GOOD),
    SignOffState.STALE: Sign("◐", SIGNED[SignOffState.STALE], CAREFUL),
    SignOffState.NONE: Sign("–", SIGNED[SignOffState.NONE], DIM),
}
