"""The pull requests of a VEP by what they are for, each with its state, whether it is listed, and whether it is in."""

from __future__ import annotations

from textual.content import Content

from vep_tui.core.focus import branch_of
from vep_tui.core.models import LinkedPr, PrKind, PrState, Vep
from vep_tui.core.models.words import stage_word
from vep_tui.core.text import clean
from vep_tui.tui.glyphs import CAREFUL, DIM, EMPTY
from vep_tui.tui.scene import Scene
from vep_tui.tui.sheet import Sheet
from vep_tui.tui.when import both

_TITLES = {PrKind.CODE: "Code", PrKind.DOCS: "Docs", PrKind.VEP: "", PrKind.OTHER: "Other"}
"""Heads of the groups, in their order; proposals are called what the community calls them."""


def write_pulls(sheet: Sheet, vep: Vep, scene: Scene) -> None:
    """All pull requests, grouped."""
    if not vep.pulls:
        sheet.write(Content.styled("No pull request is known: the tracker lists none and none refers to it.", DIM))
        return
    for kind, name in _TITLES.items():
        title = name or scene.proposal
        group = [p for p in vep.pulls if p.kind is kind]
        if not group:
            continue
        counted = [p for p in group if not p.candidate]
        merged = sum(p.pull.state is PrState.MERGED for p in counted)
        guesses = len(group) - len(counted)
        remark = f"{merged} of {len(counted)} merged" if counted else ""
        if guesses:
            remark += f"{', ' if remark else ''}{guesses} candidate{'s' if guesses > 1 else ''}"
        sheet.title(title, remark)
        for linked in group:
            _write_one(sheet, linked, vep, scene)


def _write_one(sheet: Sheet, linked: LinkedPr, vep: Vep, scene: Scene) -> None:
    pull = linked.pull
    sign = sheet.glyphs.pull(pull.state, draft=pull.is_draft)
    lead = Content.styled(f"{sign.glyph} {sign.word:<8}", sign.style)
    where = sheet.linked(scene.short(pull.ref), pull.url or scene.url_of(pull.ref))
    title = clean(pull.title) or "(title not known yet)"
    sheet.write(EMPTY.join([where, Content(f"  {title}")]), first=lead)
    sheet.write(_remarks(sheet, linked, vep, scene), first=Content(" " * lead.cell_length))


def _remarks(sheet: Sheet, linked: LinkedPr, vep: Vep, scene: Scene) -> Content:
    """What else is known: release, list, origin, age."""
    pull, dot = linked.pull, sheet.glyphs.dot
    parts: list[Content] = []
    if linked.candidate:
        parts.append(Content.styled("? candidate: nobody has confirmed it", CAREFUL))
    if linked.kind is PrKind.CODE and pull.state is PrState.MERGED:
        sign = sheet.glyphs.in_release(linked.in_release)
        release = branch_of(vep.release) if vep.release else "the release"
        parts.append(Content.styled(f"{sign.glyph} {sign.word} {release}", sign.style))
        if linked.picked_by:
            parts.append(Content.styled(f"picked by {clean(scene.short(linked.picked_by))}", DIM))
    elif linked.kind is PrKind.DOCS and pull.state is PrState.MERGED and pull.merged_at is None:
        parts.append(Content.styled("merged, day not known", DIM))
    listed = "listed" if linked.listed else "not in the tracker's lists"
    parts.append(Content.styled(listed, DIM if linked.listed else CAREFUL))
    if linked.stage:
        parts.append(Content.styled(f"for {stage_word(linked.stage)}", DIM))
    if linked.found:
        parts.append(Content.styled(f"found by {', '.join(linked.found)}", DIM))
    if pull.base and pull.base not in ("main", "master"):
        parts.append(Content.styled(f"on {clean(pull.base)}", DIM))
    moment, word = (pull.merged_at, "merged") if pull.merged_at else (pull.updated_at, "changed")
    if moment:
        parts.append(Content.styled(f"{word} {both(moment, scene.now)}", DIM))
    return Content.styled(dot, DIM).join(parts)
