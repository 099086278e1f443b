"""The facts behind the evidence of one item, with its links, and the docs candidates to confirm or reject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content

from vep_tui.core.models import ChecklistItem, LinkedPr, PrKind, PullRequest
from vep_tui.core.sources import key_of
from vep_tui.core.text import clean
from vep_tui.store.errors import StoreError
from vep_tui.tui.bench import Bench
from vep_tui.tui.glyphs import ACCENT, DIM, EMPTY
from vep_tui.tui.item_lines import DOCS_ITEM, WORDS
from vep_tui.tui.screens.over import Reading
from vep_tui.tui.sheet import Sheet
from vep_tui.tui.when import both

_URL = re.compile(r"https?://[^\s)>\]]+")


class Guess(NamedTuple):
    """A docs pull request that somebody has to decide on, or has."""

    ref: str
    pull: PullRequest | None
    """None for one that was rejected: it is no pull request of the VEP any more."""
    confirmed: bool | None


def guesses(pulls: Iterable[LinkedPr], decisions: Mapping[str, bool]) -> tuple[Guess, ...]:
    """The candidates among the pull requests of a VEP and all that was decided, by ref: each stays in its place."""
    docs = {key_of(linked.pull.ref): linked for linked in pulls if linked.kind is PrKind.DOCS}
    keys = {*decisions, *(key for key, linked in docs.items() if linked.candidate)}
    found = ((key, docs[key].pull if key in docs else None) for key in sorted(keys))
    return tuple(Guess(pull.ref if pull else key, pull, decisions.get(key)) for key, pull in found)


class Facts(Reading[None]):
    """Evidence in full; y confirms a candidate, x rejects it, u leaves it open again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "decide('yes')", "Confirm"),
        Binding("x", "decide('no')", "Reject"),
        Binding("u", "decide('open')", "Leave open"),
        Binding("n", "choose(1)", "Next link"),
        Binding("N", "choose(-1)", "Link before"),
        Binding("enter", "follow", "Open"),
        Binding("space", "next_candidate", "Next candidate"),
    ]

    def __init__(self, bench: Bench, number: int, key: str) -> None:
        super().__init__(bench, f"Facts of {bench.name(number)}")
        self._number = number
        self._key = key
        self._cursor = 0
        self._guesses: tuple[Guess, ...] = ()

    def repaint(self, *, top: int | None = 0) -> None:
        """Write the page, and offer what can be said of its candidates."""
        super().repaint(top=top)
        if self.is_attached:
            links = "n:next link  enter:open"
            several = "space:next  " if len(self._guesses) > 1 else ""
            decide = f"y:confirm  x:reject  u:undecided  {several}esc:close  {links}"
            self.set_hint(decide if self._guesses else f"{links}  esc:close")

    def write(self, sheet: Sheet) -> None:
        """Title, verdict, facts, candidates."""
        vep = self.bench.desk.vep(self._number)
        item = next((i for i in vep.checklist.items if i.key == self._key), None) if vep else None
        if vep is None or item is None:
            sheet.write(Content("This item is no longer there."))
            return
        self._write_evidence(sheet, item)
        if self._key == DOCS_ITEM:
            self._guesses = guesses(vep.pulls, self.bench.desk.decisions(self._number))
        if self._guesses:
            self._write_guesses(sheet)

    def _write_evidence(self, sheet: Sheet, item: ChecklistItem) -> None:
        scene, sign = self.bench.scene(), sheet.glyphs.verdict(item.evidence.verdict)
        sheet.write(Content.styled(clean(item.title), "bold"))
        sheet.write(Content.assemble((f"{sign.glyph} {sign.word}", sign.style), f"  {clean(item.evidence.summary)}"))
        if item.at:
            who = scene.who(item.by)
            sheet.write(Content.styled(clean(f"{WORDS[item.state]}: {who}, {both(item.at, self.bench.now())}"), DIM))
        sheet.put(EMPTY)
        for fact in item.evidence.facts:
            sheet.write(linked_text(sheet, fact), first=Content(sheet.glyphs("• ")))
        if not item.evidence.facts:
            sheet.write(Content.styled("There are no further facts.", DIM))
        if item.voices:
            sheet.title("Who said what")
            for who, state, counts in item.voices:
                ignored = "" if counts else " (does not count: no voice for a SIG, or a box in another's comment)"
                sheet.write(
                    Content(f"{clean(scene.who(who))}: {WORDS[state]}{ignored}"), first=Content(sheet.glyphs("• "))
                )

    def _write_guesses(self, sheet: Sheet) -> None:
        scene = self.bench.scene()
        self._cursor %= len(self._guesses)
        sheet.title("Docs candidates", "guesses until somebody confirms them")
        for at, guess in enumerate(self._guesses):
            selected = at == self._cursor
            bar = Content.styled(sheet.glyphs("▌ ") if selected else "  ", ACCENT)
            parts = [sheet.linked(scene.short(guess.ref), guess.pull.url if guess.pull else scene.url_of(guess.ref))]
            if guess.confirmed is not None:
                parts.append(Content.styled(" confirmed" if guess.confirmed else " rejected", "bold"))
            if guess.pull is not None:
                sign = sheet.glyphs.pull(guess.pull.state, draft=guess.pull.is_draft)
                parts.append(
                    Content.assemble((f" {sign.glyph} {sign.word}", sign.style), f"  {clean(guess.pull.title)}")
                )
            sheet.write(EMPTY.join(parts), first=bar, fill="on $panel" if selected else "")

    def action_next_candidate(self) -> None:
        """Select another candidate."""
        if self._guesses:
            self._cursor = (self._cursor + 1) % len(self._guesses)
            self.repaint(top=None)

    def action_decide(self, word: str) -> None:
        """Remember what the user says about the selected candidate."""
        if not self._guesses:
            return
        ref = self._guesses[self._cursor].ref
        try:
            self.bench.desk.decide(self._number, ref, {"yes": True, "no": False, "open": None}[word])
        except StoreError as trouble:
            self.notify(f"Not noted: {trouble}", severity="warning", markup=False)
            return
        said = {"yes": "counts as the docs PR now", "no": "does not count", "open": "is undecided again"}[word]
        self.notify(f"{ref} {said}.", markup=False)
        self.repaint(top=None)

    def action_choose(self, step: int) -> None:
        """Select a link."""
        self.lines.choose(step)

    def action_follow(self) -> None:
        """Open the selected link."""
        if self.lines.chosen is not None:
            self.lines.action_visit(self.lines.chosen)


def linked_text(sheet: Sheet, text: str) -> Content:
    """A sentence whose addresses are links."""
    parts: list[Content] = []
    end = 0
    cleaned = clean(text)
    for found in _URL.finditer(cleaned):
        url = found.group().rstrip(".,;")
        parts += [Content(cleaned[end : found.start()]), sheet.linked(url, url)]
        end = found.start() + len(url)
    return EMPTY.join([*parts, Content(cleaned[end:])])
