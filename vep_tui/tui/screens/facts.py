"""The facts behind the evidence of one item, with its links, and the docs candidates to confirm or reject."""

from __future__ import annotations

import re
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from vep_tui.core.models import ChecklistItem, LinkedPr, PrKind
from vep_tui.core.text import clean
from vep_tui.tui.bench import Bench
from vep_tui.tui.glyphs import ACCENT, DIM, EMPTY
from vep_tui.tui.item_lines import WORDS
from vep_tui.tui.screens.over import Reading
from vep_tui.tui.sheet import Sheet
from vep_tui.tui.when import both

_URL = re.compile(r"https?://[^\s)>\]]+")


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
        self._candidates: tuple[LinkedPr, ...] = ()

    def repaint(self, *, top: int | None = 0) -> None:
        """Write the page, and offer what can be said of its candidates."""
        super().repaint(top=top)
        if self.is_attached:
            links = "n:next link  enter:open"
            several = "space:next  " if len(self._candidates) > 1 else ""
            decide = f"y:confirm  x:reject  u:undecided  {several}esc:close  {links}"
            self.set_hint(decide if self._candidates else f"{links}  esc:close")

    def write(self, sheet: Sheet) -> None:
        """Title, verdict, facts, candidates."""
        vep = self.bench.desk.vep(self._number)
        item = next((i for i in vep.checklist.items if i.key == self._key), None) if vep else None
        if vep is None or item is None:
            sheet.write(Content("This item is no longer there."))
            return
        self._write_evidence(sheet, item)
        if self._key == "docs-merged":  # only docs can be guesses: the docs repository names no VEP
            self._candidates = tuple(p for p in vep.pulls if p.kind is PrKind.DOCS and p.candidate)
        if self._candidates:
            self._write_candidates(sheet)

    def _write_evidence(self, sheet: Sheet, item: ChecklistItem) -> None:
        sign = sheet.glyphs.verdict(item.evidence.verdict)
        sheet.write(Content.styled(clean(item.title), "bold"))
        sheet.write(Content.assemble((f"{sign.glyph} {sign.word}", sign.style), f"  {clean(item.evidence.summary)}"))
        if item.at:
            who = self.bench.scene().who(item.by)
            sheet.write(Content.styled(clean(f"{WORDS[item.state]}: {who}, {both(item.at, self.bench.now())}"), DIM))
        sheet.put(EMPTY)
        for fact in item.evidence.facts:
            sheet.write(linked_text(sheet, fact), first=Content(sheet.glyphs("• ")))
        if not item.evidence.facts:
            sheet.write(Content.styled("There are no further facts.", DIM))
        if item.voices:
            scene = self.bench.scene()
            sheet.title("Who said what")
            for who, state, counts in item.voices:
                ignored = "" if counts else " (does not count: no voice for a SIG, or a box in another's comment)"
                sheet.write(
                    Content(f"{clean(scene.who(who))}: {WORDS[state]}{ignored}"), first=Content(sheet.glyphs("• "))
                )

    def _write_candidates(self, sheet: Sheet) -> None:
        scene = self.bench.scene()
        self._cursor %= len(self._candidates)
        sheet.title("Docs candidates", "guesses until somebody confirms them")
        for at, linked in enumerate(self._candidates):
            selected = at == self._cursor
            sign = sheet.glyphs.pull(linked.pull.state, draft=linked.pull.is_draft)
            bar = Content.styled(sheet.glyphs("▌ ") if selected else "  ", ACCENT)
            ref = sheet.linked(scene.short(linked.pull.ref), linked.pull.url or scene.url_of(linked.pull.ref))
            text = Content.assemble((f" {sign.glyph} {sign.word}", sign.style), f"  {clean(linked.pull.title)}")
            sheet.write(EMPTY.join([ref, text]), first=bar, fill="on $panel" if selected else "")

    def action_next_candidate(self) -> None:
        """Select another candidate."""
        if self._candidates:
            self._cursor = (self._cursor + 1) % len(self._candidates)
            self.repaint(top=None)

    def action_decide(self, word: str) -> None:
        """Remember what the user says about the selected candidate."""
        if not self._candidates:
            return
        linked = self._candidates[self._cursor % len(self._candidates)]
        decision = {"yes": True, "no": False, "open": None}[word]
        self.bench.desk.decide(self._number, linked.pull.ref, decision)
        said = {"yes": "counts as the docs PR now", "no": "is not offered again", "open": "is undecided again"}[word]
        self.notify(f"{linked.pull.ref} {said}.", markup=False)
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
