"""The filter line and the views: completion, errors, history, and what stays when a view is switched."""

from __future__ import annotations

import pytest
from at_work import Start, settle
from small_desk import SmallDesk
from textual.widgets import Input

from vep_tui.core.fields import FIELDS, ValueKind
from vep_tui.core.views import View
from vep_tui.tui.layout import Pane


async def test_tab_completes_fields_and_values(start: Start) -> None:
    async with start() as bench:
        await bench.press("4", "slash", *"si")
        assert "tab sig:" in bench.text
        await bench.press("tab")
        assert bench.app.main.filter == "sig:"
        assert "sig:compute  sig:network  sig:storage" in bench.text
        await bench.press("s", "t", "tab")
        assert bench.app.main.filter == "sig:storage "
        assert "Incremental backup" in bench.text


async def test_the_labels_of_the_process_are_offered(start: Start) -> None:
    async with start(size=(140, 40)) as bench:
        await bench.press("slash", *"label:lif")
        assert "label:lifecycle/frozen  label:lifecycle/rotten  label:lifecycle/stale" in bench.text


async def test_values_are_offered_for_every_field_that_has_no_list_of_them(start: Start) -> None:
    open_ended = {f.name for f in FIELDS if f.kind in (ValueKind.NAME, ValueKind.PERSON, ValueKind.RELEASE)}
    async with start() as bench:
        known = bench.app.main.known_words()
        assert {name for name, values in known.items() if values} == open_ended, "known_words says what to offer"


async def test_tab_completes_inside_what_is_typed(start: Start) -> None:
    async with start() as bench:
        await bench.press("slash", *"sig:net backup", *["left"] * 7, "tab")
        assert bench.app.main.filter == "sig:network backup"


async def test_people_of_the_files_are_offered(start: Start) -> None:
    async with start() as bench:
        await bench.press("slash", *"reviewer:ni")
        assert "tab reviewer:nils" in bench.text


async def test_whoever_opened_a_row_is_offered_as_its_author_and_each_person_once(start: Start) -> None:
    async with start() as bench:
        await bench.press("slash", *"author:al")
        assert "tab author:alice" in bench.text
        assert bench.app.main.known_words()["author"] == ["alice", "bob", "edna", "nils", "sam"]
        assert "alice" not in bench.app.main.known_words()["reviewer"]


async def test_an_offered_word_can_be_clicked(start: Start) -> None:
    async with start() as bench:
        await bench.press("4", "slash", *"sig:")
        lines = bench.text.split("\n")
        y = next(n for n, line in enumerate(lines) if "tab sig:" in line)
        await bench.pilot.click(offset=(lines[y].index("sig:network") + 2, y))
        await bench.press("alt")
        assert bench.app.main.filter == "sig:network "


async def test_an_error_behind_the_cursor_is_pointed_at_while_another_word_is_typed(start: Start) -> None:
    async with start() as bench:
        await bench.press("slash", *"foo:x sig:c")
        lines = bench.text.split("\n")
        at = next(n for n, line in enumerate(lines) if "There is no field foo" in line)
        assert lines[at].index("^^^") == lines[at - 1].index("foo")


async def test_up_and_down_walk_through_earlier_filters(start: Start) -> None:
    desk = SmallDesk()
    async with start(desk=desk) as bench:
        await bench.press("slash", *"sig:storage", "enter", "escape", "slash", *"backup", "enter", "escape")
        await bench.press("slash", *"n", "up")
        assert bench.app.main.filter == "backup"
        await bench.press("up", "up")
        assert bench.app.main.filter == "sig:storage"
        await bench.press("down", "down")
        assert bench.app.main.query_one(Input).value == "n"
        await bench.press("escape")
        await bench.pilot.press("q")
        await bench.pilot.pause()
    async with start(desk=desk) as bench:
        await bench.press("slash", "up")
        assert bench.app.main.filter == "backup"


async def test_a_filter_stays_when_the_view_is_switched(start: Start) -> None:
    async with start() as bench:
        await bench.press("4", "slash", *"backup", "enter", "2")
        assert bench.app.main.filter == "backup"
        assert "No row matches “backup”" in bench.text
        assert "4: all open (6)." in bench.text
        await bench.press("4")
        assert "Incremental backup" in bench.text


async def test_a_filter_that_chooses_nothing_anywhere_names_no_other_view(start: Start) -> None:
    async with start() as bench:
        await bench.press("slash", *"zzz", "enter")
        assert "No row matches “zzz”. esc clears the filter." in bench.text


async def test_an_or_in_the_filter_stays_inside_the_view(start: Start) -> None:
    asked: list[str] = []

    class Listening(SmallDesk):
        def page(self, query: str = "", **rest: object) -> object:  # type: ignore[override]
            asked.append(query)
            return super().page(query, **rest)  # type: ignore[arg-type]

    async with start(desk=Listening()) as bench:
        await bench.press("slash", *"a OR b")
        assert "(is:attention) (a OR b)" in asked


async def test_a_long_filter_that_chooses_nothing_leaves_room_for_the_way_out(start: Start) -> None:
    async with start((60, 20)) as bench:
        bench.app.main.set_filter("long text " * 60)
        await settle(bench.pilot)
        words = " ".join(bench.text.split())
        assert "…”" in words and "esc clears the filter." in words


async def test_views_of_the_user_take_the_number_keys(start: Start) -> None:
    views = (View("mine", "sig:compute", "Mine"), View("broken", "foo:x"), View("storage", "sig:storage"))
    async with start(views=views) as bench:
        assert "[1 Mine" in bench.text
        await bench.press("3")
        assert "Incremental backup" in bench.text
        await bench.press("9")
        assert bench.app.main.view == 2
        await bench.press("2")
        assert "The view “broken” cannot be shown: There is no field foo" in bench.text
        await bench.press("1")
        assert "Structured plugins" in bench.text


async def test_a_session_takes_up_its_view_by_name(start: Start) -> None:
    desk = SmallDesk(kept={"view": "all"})
    async with start(desk=desk, views=(View("all", "kind:vep"), View("x", "sig:compute"))) as bench:
        assert bench.app.main.view == 0


async def test_an_unfinished_word_leaves_the_others_at_work(start: Start) -> None:
    async with start() as bench:
        await bench.press("4", "slash", *"sig:storage needs:")
        assert bench.app.main.filter == "sig:storage needs:"
        assert "Incremental backup" in bench.text
        assert "ARM64 secure boot" not in bench.text


async def test_a_wrong_filter_that_is_kept_is_told_and_marked(start: Start) -> None:
    async with start(size=(80, 24)) as bench:
        await bench.press("slash", *"color:red", "enter")
        assert "There is no field color" in bench.said
        assert "! / color:red" in bench.text
        await bench.press("slash", *"sig:compute", "enter")
        assert "/ sig:compute" in bench.text
        assert "! /" not in bench.text


@pytest.mark.parametrize("keys", [(), ("4",), ("slash", "z", "enter")])
async def test_an_empty_store_leads_to_no_view_that_is_empty_too(start: Start, keys: tuple[str, ...]) -> None:
    async with start(desk=SmallDesk(all_rows=())) as bench:
        await bench.press(*keys)
        assert "The last sync found no VEP. R: fetch everything anew." in bench.text


@pytest.mark.parametrize("leave", ["shift+tab", "click"])
async def test_whoever_leaves_the_filter_line_keeps_the_filter_and_finds_the_keys_again(
    start: Start, leave: str
) -> None:
    async with start() as bench:
        main = bench.app.main
        await bench.press("slash", *"sig:storage")
        if leave == "click":
            await bench.pilot.click("#detail")
            await settle(bench.pilot)
        else:
            await bench.press(leave)
        assert not main.filter_line.display and main.views_bar.display
        assert main.filter == "sig:storage" and main.focus_pane is not Pane.QUEUE
        assert "enter keep" not in bench.text


async def test_a_number_without_a_view_says_how_many_there_are(start: Start) -> None:
    async with start() as bench:
        await bench.press("7")
        assert "There are 4 views; config.toml may add more." in bench.said


async def test_a_small_or_that_finds_nothing_is_told_how_it_is_written(start: Start) -> None:
    async with start() as bench:
        bench.app.main.set_filter("nothing or neither")
        assert "“nothing or neither”. Written OR, it means either." in bench.app.main.queue.empty.plain
        bench.app.main.set_filter("nothing")
        assert "either" not in bench.app.main.queue.empty.plain
