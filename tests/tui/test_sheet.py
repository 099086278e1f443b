"""The sheet: parts in a row break between each other, and no line begins or ends with what stands between them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from at_work import Start
from small_desk import NOW, SmallDesk, items
from textual.content import Content
from textual.style import Style

from vep_tui.core.models import Delivery, ItemState, SignOff, SignOffState
from vep_tui.core.signoff import Signs
from vep_tui.tui.glyphs import TIE, Glyphs, tied
from vep_tui.tui.ink import Ink
from vep_tui.tui.item_lines import ItemLook, write_item
from vep_tui.tui.overview import _write_place, _write_sign_offs, _write_signs
from vep_tui.tui.scene import Scene
from vep_tui.tui.sheet import Sheet


def written(text: str, width: int, *, ascii_only: bool = False) -> list[str]:
    glyphs = Glyphs(ascii_only)
    sheet = Sheet(Ink({}, Style()), width, glyphs)
    sheet.write(Content(text.replace(" + ", glyphs.dot)))
    return [line.rstrip() for line in sheet.page().plain]


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (60, ["sig-compute · ga at v1.9 · gate VMPersistentTPM · owner mara"]),
        (50, ["sig-compute · ga at v1.9 · gate VMPersistentTPM", "owner mara"]),
        (24, ["sig-compute · ga at v1.9", "gate VMPersistentTPM", "owner mara"]),
        (12, ["sig-compute", "ga at v1.9", "gate", "VMPersistent", "TPM · owner", "mara"]),
    ],
)
def test_no_line_ends_or_begins_with_a_dot(width: int, lines: list[str]) -> None:
    text = "sig-compute + ga at v1.9 + gate VMPersistentTPM + owner mara"
    assert written(text, width) == lines
    assert written(text, width, ascii_only=True) == [line.replace("·", "-") for line in lines]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("VEP 仮想マシンの移行", 12, ["VEP 仮想マシ", "ンの移行"]),
        ("名を「移行」とする、以上。", 12, ["名を「移行」", "とする、以", "上。"]),
        ("仮想の「移行」", 13, ["仮想の「移", "行」"]),
        ("see 移行の計画（VM）now", 14, ["see 移行の計画", "（VM）now"]),
        ("가상 머신 마이그레이션", 14, ["가상 머신", "마이그레이션"]),
    ],
)
def test_text_without_spaces_breaks_between_its_signs(text: str, width: int, lines: list[str]) -> None:
    assert written(text, width) == lines


def test_a_break_between_signs_keeps_links_and_colours() -> None:
    sheet = Sheet(Ink({}, Style()), 12, Glyphs())
    sheet.write(Content.assemble(("VEP ", ""), ("仮想マシンの移行", "bold")))
    bold = [[s.text for s in line if s.style and s.style.bold] for line in sheet.page().lines]
    assert ["".join(parts) for parts in bold] == ["仮想マシ", "ンの移行"]


def test_what_is_tied_stays_on_one_line() -> None:
    assert written("ready: Bugs tracked + " + tied("6 days ago"), 26) == ["ready: Bugs tracked", "6 days ago"]


@pytest.mark.parametrize("text", ["one ·", "· one"])
def test_a_dot_of_somebody_is_left_as_it_is(text: str) -> None:
    assert written(text, 12) == [text]


def test_nothing_is_cut_where_later_lines_are_indented_further() -> None:
    sheet = Sheet(Ink({}, Style()), 20, Glyphs())
    words = " ".join(f"word{number}" for number in range(30))
    sheet.write(Content(words), first=Content("- "), rest=Content("      "))
    assert " ".join(line.strip("- ") for line in sheet.page().plain) == words


async def test_the_overview_repeats_a_title_only_where_the_line_above_cuts_it(start: Start) -> None:
    long = "A title of which the line above the pane at eighty columns has to cut a good part, as it is long"
    short, *others = SmallDesk().all_rows
    desk = SmallDesk(all_rows=(short, short._replace(number=191, title=long), *others))
    async with start((80, 24), desk=desk) as bench:
        assert bench.text.count(short.title) == 2, "in the queue and above the detail"
        await bench.press("down", "enter")
        assert long.split()[-1] in bench.text


def test_an_open_item_does_not_spend_a_line_on_the_word_that_its_box_says() -> None:
    item = replace(items()[0], title="word " * 12, state=ItemState.TODO, by=None, at=None, voices=(), delivery=None)
    sheet = Sheet(Ink({}, Style()), 50, Glyphs())
    write_item(sheet, item, ItemLook(Scene(NOW, "edna", (), "", "")))
    page = sheet.page().plain
    assert page[0].startswith(" [ ] word") and "to do" not in [line.strip() for line in page]


def test_what_somebody_says_is_told_once_however_often_it_was_said() -> None:
    voices = (("ann", ItemState.DONE, True), ("ann", ItemState.DONE, False), ("bea", ItemState.NA, False))
    item = replace(items()[0], state=ItemState.TODO, by=None, at=None, voices=voices)
    sheet = Sheet(Ink({}, Style()), 120, Glyphs())
    write_item(sheet, item, ItemLook(Scene(NOW, "edna", (), "", "")))
    told = next(line.strip() for line in sheet.page().plain if "also said by" in line)
    assert told == "also said by ann: done, bea: does not apply (does not count)"


@pytest.mark.parametrize("width", range(30, 100))
def test_a_sigs_word_stays_beside_its_name(width: int) -> None:
    states = ((SignOffState.GIVEN, ("edna",)), (SignOffState.STALE, ("nils",)), (SignOffState.NONE, ()))
    sign_offs = tuple(
        SignOff(sig, *state) for sig, state in zip(("compute", "network", "storage"), states, strict=True)
    )
    sheet = Sheet(Ink({}, Style()), width, Glyphs())
    _write_sign_offs(sheet, sign_offs)
    text = "\n".join(line.strip() for line in sheet.page().plain)
    for told in ("compute ✓ given", "network ◐ older", "storage – none"):
        assert told in text


@pytest.mark.parametrize("width", range(30, 100))
def test_a_label_stays_beside_what_it_says(width: int) -> None:
    known = replace(SmallDesk().vep(190), other_sigs=tuple(f"sig{n}" for n in range(width % 7)))
    sheet = Sheet(Ink({}, Style()), width, Glyphs())
    _write_place(sheet, known, Scene(NOW, "edna", (), "", ""))
    text = "\n".join(line.strip() for line in sheet.page().plain)
    for told in ("alpha → v1.10", "gate Plugins", "owner alice", "board: Tracked"):
        assert told in text


@pytest.mark.parametrize(
    ("unseen", "told"),
    [
        ((), "approve none yet of a root approver"),
        (("approved",), "approve given by somebody (only the label shows it)"),
        (("lgtm",), "label lgtm, given by somebody (only the label shows it)"),
    ],
)
def test_what_only_a_label_shows_is_not_said_to_be_missing(unseen: tuple[str, ...], told: str) -> None:
    sheet = Sheet(Ink({}, Style()), 100, Glyphs())
    _write_signs(sheet, Signs((), (), None, unseen), Scene(NOW, "edna", (), "", ""))
    lines = [" ".join(line.split()) for line in sheet.page().plain]
    assert told in lines


@pytest.mark.parametrize("width", range(24, 80))
def test_how_far_a_tick_is_stays_on_one_line(width: int) -> None:
    item = replace(items()[0], by="somebody-with-a-long-name", voices=(), delivery=Delivery.WAITING)
    sheet = Sheet(Ink({}, Style()), width, Glyphs())
    write_item(sheet, item, ItemLook(Scene(NOW, "edna", (), "", "")))
    lines = [line.strip() for line in sheet.page().plain]
    assert any(line.endswith("↑ waiting") for line in lines)
    assert not any(line.endswith("·") or line.startswith("·") for line in lines)
    assert TIE not in "".join(lines)
