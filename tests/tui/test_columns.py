"""Which columns the queue shows, in which order, and which give way in a narrow pane."""

from __future__ import annotations

import pytest
from at_work import Start
from small_desk import NOW, SmallDesk, reason

from vep_tui.core.views import SORTS
from vep_tui.tui.glyphs import Glyphs
from vep_tui.tui.look import Look
from vep_tui.tui.queue_row import COLUMNS, head, paint

ROW = SmallDesk().all_rows[0]._replace(title="Structured plugins", checklist_done=2, checklist_total=5)
NAMES = {"#": "number", "rel": "release", "list": "checklist"}


def columns_at(width: int, *wanted: str, two_lines: bool = False) -> list[str]:
    """The columns that the head names, from left to right."""
    words = head(width, Look(Glyphs(), wanted), two_lines=two_lines).plain.split()
    return [NAMES.get(word, word) for word in words]


def test_without_a_setting_all_are_there_in_their_order() -> None:
    assert columns_at(120, *COLUMNS) == ["number", "title", *COLUMNS]
    assert columns_at(120, *COLUMNS, two_lines=True) == ["number", "title", *list(COLUMNS)[1:]]


@pytest.mark.parametrize("wanted", [(), ("age",), ("release", "why", "sig"), ("age", "checklist", "stage")])
def test_those_that_are_wanted_are_there_in_the_order_they_are_named(wanted: tuple[str, ...]) -> None:
    assert columns_at(120, *wanted) == ["number", "title", *wanted]


@pytest.mark.parametrize("two_lines", [True, False])
def test_the_same_give_way_in_a_narrow_pane_wherever_they_stand(two_lines: bool) -> None:
    other = tuple(sorted(COLUMNS))
    left = []
    for width in range(110, 24, -1):
        usual, shown = (columns_at(width, *order, two_lines=two_lines) for order in (tuple(COLUMNS), other))
        assert sorted(usual) == sorted(shown)
        assert shown == ["number", "title", *(name for name in other if name in shown)]
        left.append(len(shown))
    assert left == sorted(left, reverse=True) and left[0] > left[-1] and shown == ["number", "title", "age"], (
        "of the narrowest pane: which give way stands in _WITH_ROOM of tui/queue_row.py"
    )


def test_a_column_that_is_not_wanted_leaves_its_room_to_the_others() -> None:
    assert "sig" not in columns_at(42, *COLUMNS)
    assert columns_at(42, "sig") == ["number", "title", "sig"]


@pytest.mark.parametrize("width", range(24, 140, 7))
@pytest.mark.parametrize("wanted", [(), ("age",), ("checklist", "age", "sig"), tuple(COLUMNS), tuple(COLUMNS)[::-1]])
@pytest.mark.parametrize("two_lines", [True, False])
def test_head_and_rows_stand_below_each_other(width: int, wanted: tuple[str, ...], two_lines: bool) -> None:
    look = Look(Glyphs(), wanted)
    names = head(width, look, two_lines=two_lines)
    line = paint(ROW, width, NOW, look, two_lines=two_lines)[0]
    assert names.cell_length == line.cell_length == width
    if "list" in names.plain:
        assert names.plain.index("list") == line.plain.index("●●○○○")
    if "sig" in names.plain:
        assert line.plain[names.plain.index("sig") :].startswith(ROW.owning_sig or "?")


async def test_sorting_by_a_column_that_is_not_shown_still_works(start: Start) -> None:
    async with start(look=Look(columns=("age",))) as bench:
        await bench.press("s")
        assert "Sorted by number." in bench.said
        numbers = [row.number for row in bench.app.main.queue.rows]
        assert numbers == sorted(numbers)


def test_in_one_line_the_reason_is_readable_at_80_columns_before_the_rest_is_shown() -> None:
    row = ROW._replace(reasons=(reason("checklist-open", "ready to tick: Bugs tracked; checklist untouched", 3),))
    line = paint(row, 79, NOW, Look(Glyphs()), two_lines=False)[0].plain
    assert "ready to tick: Bugs tracked" in line and "Structured plugins" in line


@pytest.mark.parametrize("wanted", [("why", "sig"), ("why",), tuple(COLUMNS)])
def test_in_one_line_nothing_gives_way_to_a_reason_that_has_room(wanted: tuple[str, ...]) -> None:
    assert columns_at(100, *wanted) == ["number", "title", *wanted]


async def test_a_click_on_the_name_of_a_column_sorts_by_it_and_another_click_as_usual(start: Start) -> None:
    async with start() as bench:
        lines = bench.text.split("\n")
        y = next(y for y, line in enumerate(lines) if "# title" in line)
        for name, order in (("title", "title"), ("title", "attention"), ("age", "age"), ("#", "number")):
            await bench.pilot.click(offset=(lines[y][: lines[y].index("│")].rindex(name), y))
            assert bench.app.main.sort == order
            assert f"by {order}" in bench.text


def test_the_column_that_was_chosen_to_sort_by_is_underlined_and_the_usual_order_marks_none() -> None:
    def marked(sort: str) -> list[str]:
        line = head(140, Look(Glyphs(), tuple(COLUMNS)), two_lines=False, sort=sort)
        return [line.plain[s.start : s.end] for s in line.spans if isinstance(s.style, str) and "underline" in s.style]

    assert [marked(sort) for sort in SORTS] == [[], ["#"], ["title"], ["sig"], ["stage"], ["rel"], ["list"], ["age"]]
