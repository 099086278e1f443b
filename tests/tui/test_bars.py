"""The lines around the panes: what must be seen is seen at any width."""

from __future__ import annotations

import pytest
from at_work import Start
from small_desk import NOW, SmallDesk
from textual.content import Content

from vep_tui.core.views import BUILT_IN, View
from vep_tui.tui.bars import header_line, status_line, views_line
from vep_tui.tui.commands import COMMANDS
from vep_tui.tui.glyphs import Glyphs
from vep_tui.tui.scene import Scene

TROUBLES: tuple[dict[str, object], ...] = (
    {"stale": ("pull requests of kubevirt/kubevirt",)},
    {"few_points": (120, NOW)},
    {"stale": ("issues", "documents"), "few_points": (120, NOW)},
)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
@pytest.mark.parametrize("troubles", TROUBLES, ids=repr)
def test_what_waits_and_what_is_held_is_seen_whatever_else_there_is(width: int, troubles: dict[str, object]) -> None:
    header = SmallDesk().header()._replace(waiting=2, in_doubt=1, held=3, **troubles)
    line = header_line(header, "KubeVirt", Scene(NOW, "edna", (), "", ""), Glyphs(), width)
    assert line.cell_length <= width
    for told in ("2 waiting", "1 sending", "3 held"):
        assert told in line.plain


@pytest.mark.parametrize("width", [16, 24, 30, 31, 32, 33, 34, 60])
def test_how_the_sync_stands_is_seen_at_any_width(width: int) -> None:
    line = status_line(COMMANDS, {}, Content("◐ linked pull requests 120/1700"), width)
    assert "◐ linked pull" in line.plain
    assert line.cell_length <= width


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("known", [4, 9])
def test_a_filter_is_seen_beside_any_number_of_views_and_says_that_it_is_cut(width: int, known: int) -> None:
    views = tuple(View(f"view {n}", "") for n in range(known))
    for typed in ("sig:compute", "sig:compute release:1.10 needs:lgtm and words " * 3):
        line = views_line(views, [100] * known, 0, typed, "attention", width, glyphs=Glyphs()).plain
        assert "[1 view 0 100]" in line
        assert "/ sig:compute" in line
        assert (typed.rstrip() in line) is not ("…" in line)
        assert Content(line).cell_length <= width


def test_views_that_have_no_room_still_have_their_numbers() -> None:
    views = tuple(View(f"view {n}", "") for n in range(9))
    line = views_line(views, [1000] * 9, 4, "", "attention", 60, glyphs=Glyphs()).plain
    assert line.split() == ["1", "2", "3", "4", "[5", "view", "4", "1000]", "6", "7", "8", "9", "by", "attention"]


def test_before_the_first_sync_nothing_is_said_of_the_schedule() -> None:
    scene = Scene(NOW, "edna", (), "", "")
    for synced, told in ((None, False), (NOW, True)):
        header = SmallDesk().header()._replace(release=None, synced_at=synced)
        assert ("no schedule file yet" in header_line(header, "KubeVirt", scene, Glyphs(), 80).plain) is told


@pytest.mark.parametrize(("width", "sort", "told"), [(60, "attention", True), (60, "age", False), (80, "age", True)])
def test_the_names_of_the_views_are_told_before_their_counts_and_the_usual_sort(
    width: int, sort: str, told: bool
) -> None:
    line = views_line(BUILT_IN, [32, 30, 19, 38], 0, "", sort, width, glyphs=Glyphs())
    assert line.cell_length <= width
    assert all(view.label in line.plain for view in BUILT_IN) is told
    assert "[1 Needs me 32]" in line.plain
    assert ("by age" in line.plain) is (sort == "age")


async def test_the_last_line_names_the_keys_of_the_detail_where_they_do_something(start: Start) -> None:
    async with start((80, 24)) as bench:
        assert "next link" not in bench.text.split("\n")[-1]
        await bench.press("enter")
        last = bench.text.split("\n")[-1]
        assert "n next link" in last and "fold bots" not in last and "? help" in last
        await bench.press("g", "m")
        last = bench.text.split("\n")[-1]
        assert "n next link  f fold bots" in last and "? help" in last
