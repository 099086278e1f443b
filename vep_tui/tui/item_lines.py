"""How an item of the checklist looks: box, voices, delivery, evidence, notes; it holds no state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from vep_tui.core.models import ChecklistItem, Delivery, ItemState
from vep_tui.core.text import clean
from vep_tui.tui.bars import button
from vep_tui.tui.glyphs import ACCENT, BAD, CAREFUL, DIM, EMPTY, GOOD, Glyphs, tied
from vep_tui.tui.scene import Scene
from vep_tui.tui.sheet import Sheet
from vep_tui.tui.voices import agreeing, others
from vep_tui.tui.when import age

if TYPE_CHECKING:
    from vep_tui.store.desk import OutboxEntry

WORDS = {ItemState.TODO: "to do", ItemState.DONE: "done", ItemState.NA: "does not apply"}
"""The states as the screen says them."""
DOCS_ITEM = "docs-merged"
"""The item whose evidence can be a guess: the docs repository names no VEP."""
_BOXES = {ItemState.TODO: "bold", ItemState.DONE: f"bold {GOOD}", ItemState.NA: DIM}


@dataclass(frozen=True, slots=True)
class ItemLook:
    """The circumstances in which an item is drawn."""

    scene: Scene
    wish: OutboxEntry | None = None
    """My wish about the item that is not on GitHub yet."""
    selected: bool = False
    focused: bool = False
    guessed: bool = False
    """A docs pull request was found that nobody has confirmed or rejected."""
    plain: bool = False
    """With 16 colours the selected title is in reverse video and has no colours of its own."""


def write_item(sheet: Sheet, item: ChecklistItem, look: ItemLook) -> None:
    """One item: box and title, who and how far, evidence, note."""
    glyphs = sheet.glyphs
    fill = ("on $selected" if look.focused else "on $panel") if look.selected else ""
    bar = Content.styled(glyphs("▌") if look.selected else " ", ACCENT)
    box = button(glyphs.box(item.state), f"screen.tick('{item.key}')", _BOXES[item.state]) + Content(" ")
    title = Content.styled(clean(item.title), "bold" if item.state is ItemState.TODO else "")
    status = _status(item, look, glyphs)
    lead, rest = bar + box, bar + Content("    ")
    gap = sheet.width - lead.cell_length - title.cell_length - status.cell_length - 1
    reverse = look.plain and look.selected and look.focused
    if reverse:
        lead, title = bar + button(box.plain, f"screen.tick('{item.key}')"), Content(title.plain)
    if gap >= 2:
        line = lead + title + Content(" " * gap) + (Content(status.plain) if reverse else status)
        sheet.put(sheet.untied(line), "reverse" if reverse else fill)
    else:
        sheet.write(title, first=lead, rest=rest, fill="reverse" if reverse else fill)
        if status.plain != tied(WORDS[ItemState.TODO]):  # the empty box says it; the word alone is not worth a line
            sheet.write(status, first=rest, rest=rest, fill=fill)
    sign = glyphs.verdict(item.evidence.verdict)
    sheet.write(
        Content.assemble((f"{sign.glyph} {sign.word}", sign.style), ("  " + clean(item.evidence.summary), DIM)),
        first=rest,
        rest=rest + Content("  "),
        fill=fill,
    )
    for remark in _remarks(item, look, glyphs):
        sheet.write(remark, first=rest, rest=rest + Content("  "), fill=fill)


def _status(item: ChecklistItem, look: ItemLook, glyphs: Glyphs) -> Content:
    """State, everybody on whose word it is, age and delivery, as in `done · bela, you · 3d · ↑ waiting`."""
    dot = glyphs.dot
    words = [tied(WORDS[item.state])]
    if names := agreeing(item, look.scene, look.wish):
        words.append(clean(", ".join(names)))
    if item.at:
        words.append(age(item.at, look.scene.now))
    parts: list[tuple[str, str]] = [(dot.join(words), DIM)]
    if item.delivery is not None and (item.delivery is not Delivery.SENT or item.by):
        sign = glyphs.delivery(item.delivery)
        parts += [(dot, DIM), (tied(f"{sign.glyph} {sign.word}"), sign.style)]
    return Content.assemble(*parts)


def _remarks(item: ChecklistItem, look: ItemLook, glyphs: Glyphs) -> list[Content]:
    """Lines that only some items have."""
    found: list[Content] = []
    if item.turned:
        found.append(Content.styled("! the evidence is no longer what it was when this was ticked", CAREFUL))
    if item.note:
        found.append(Content(f"note: {clean(item.note)}"))
    if look.guessed and item.key == DOCS_ITEM:
        found.append(button(f"{look.scene.key('facts')} look at it and decide", f"screen.facts('{item.key}')", ACCENT))
    wish = look.wish
    if wish is not None and wish.state == ItemState.TODO and item.state is not ItemState.TODO:
        found.append(Content.styled("your tick is taken back; this is what others say", DIM))
    if wish is not None and wish.note and wish.note != item.note:
        found.append(Content(f"note: {clean(wish.note)}"))
    if item.delivery is Delivery.HELD:
        found += _held(item, look, glyphs)
    elif item.reason:
        found.append(Content.styled(clean(item.reason), DIM))
    differing = [f"{look.scene.who(w)}: {WORDS[s]}" for w, s in others(item, look.scene.me) if s is not item.state]
    ignored = [
        f"{look.scene.who(who)}: {WORDS[state]} (does not count)"
        for who, state, counts in item.voices
        if not counts and (who, state, True) not in item.voices  # what counts is told already
    ]
    if differing or ignored:
        found.append(Content.styled(clean("also said by " + ", ".join((*differing, *ignored))), DIM))
    return found


def _held(item: ChecklistItem, look: ItemLook, glyphs: Glyphs) -> list[Content]:
    """Why a wish is held, and what can be done about it here."""
    offers = [
        button(f"{look.scene.key(name)} {words}", f"screen.{action}('{item.key}')", ACCENT)
        for name, action, words in (("retry-tick", "retry_tick", "send again"), ("drop-tick", "drop_tick", "drop it"))
    ]
    why = clean(item.reason) or "see the outbox"
    return [Content.styled(glyphs(f"× held: {why}"), BAD), EMPTY.join([offers[0], Content("   "), offers[1]])]
