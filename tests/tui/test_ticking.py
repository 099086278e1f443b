"""Ticks on the screen: my word and that of others, undo, held ticks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from at_work import Start
from small_desk import NOW, SmallDesk, items

from vep_tui.core.models import ChecklistItem, Delivery, ItemState
from vep_tui.store.desk import OutboxEntry, QueuePage
from vep_tui.tui.scene import Scene
from vep_tui.tui.voices import agreeing, my_word, others

SCENE = Scene(NOW, "edna", (), "https://github.com", "kubevirt/enhancements")
DONE, TODO, NA = ItemState.DONE, ItemState.TODO, ItemState.NA


def item(*voices: tuple[str, ItemState, bool]) -> ChecklistItem:
    first = next((v for v in voices if v[2]), ("", TODO, True))
    return replace(items()[1], state=first[1], by=first[0] or None, voices=voices)


def wish(state: ItemState) -> OutboxEntry:
    return OutboxEntry(1, "tick", 190, "docs-merged", "1.10", state, "", "", Delivery.WAITING, "", NOW, "")


@pytest.mark.parametrize(
    ("voices", "waiting", "mine", "names"),
    [
        ((), None, TODO, ()),
        ((("bela", DONE, True),), None, TODO, ("bela",)),
        ((("bela", DONE, True), ("Edna", DONE, True)), None, DONE, ("bela", "you")),
        ((("bela", DONE, True),), DONE, DONE, ("bela", "you")),
        ((("bela", DONE, True), ("edna", DONE, True)), TODO, TODO, ("bela",)),
        ((("bela", DONE, True), ("carol", NA, True), ("mallory", DONE, False)), None, TODO, ("bela",)),
        ((("edna", DONE, False), ("bela", DONE, True)), None, TODO, ("bela",)),
    ],
)
def test_everybody_on_whose_word_an_item_stands_is_named(
    voices: tuple[tuple[str, ItemState, bool], ...],
    waiting: ItemState | None,
    mine: ItemState,
    names: tuple[str, ...],
) -> None:
    entry = wish(waiting) if waiting is not None else None
    assert my_word(item(*voices), "edna", entry) is mine
    assert agreeing(item(*voices), SCENE, entry) == names


def test_others_begin_with_the_last_word() -> None:
    said = replace(item(("carol", NA, True), ("bela", DONE, True)), by="bela", state=DONE)
    assert others(said, "edna") == (("bela", DONE), ("carol", NA))


async def test_space_adds_my_tick_to_that_of_another_and_takes_only_mine_back(start: Start) -> None:
    async with start() as bench:
        await bench.press("t", "space")
        assert bench.desk.ticks[(190, "prs-merged")].state is DONE
        assert "Yours is added: done, beside `alice`." in bench.said
        await bench.press("space")
        assert bench.desk.ticks[(190, "prs-merged")].state is TODO
        assert "still done: `alice` ticked it" in bench.said
        assert "done · alice · 3d · ↑ waiting" in bench.text


async def test_a_voice_that_does_not_count_is_marked_as_such(start: Start) -> None:
    async with start() as bench:
        assert "mallory: to do (does not count)" in bench.text


async def test_minus_says_it_does_not_apply_and_takes_that_back(start: Start) -> None:
    async with start() as bench:
        await bench.press("t", "down", "minus")
        assert bench.desk.ticks[(190, "docs-merged")].state is NA
        await bench.press("space")
        assert bench.desk.ticks[(190, "docs-merged")].state is TODO
        await bench.press("space", "minus", "minus")
        assert bench.desk.ticks[(190, "docs-merged")].state is TODO


async def test_a_note_to_what_another_ticked_is_no_tick_of_mine(start: Start) -> None:
    async with start() as bench:
        await bench.press("t", "n", *"hm", "ctrl+s")
        assert bench.desk.ticks[(190, "prs-merged")].state is TODO
        assert bench.desk.ticks[(190, "prs-merged")].note == "hm"
        assert "note: hm" in bench.text


async def test_undo_takes_a_waiting_tick_back(start: Start) -> None:
    async with start() as bench:
        await bench.press("t", "down", "space", "u")
        assert (190, "docs-merged") not in bench.desk.ticks
        assert bench.desk.entries == []


async def test_a_tick_can_be_taken_back_for_a_moment_before_it_is_sent(start: Start) -> None:
    async with start((60, 20), grace=600) as bench:
        await bench.press("t", "down", "space", "down", "space")
        assert "2 waiting" in bench.text and "u undo" in bench.text
        assert bench.woken == []
        await bench.press("u", "u")
        assert bench.desk.entries == [] and bench.woken == []
        assert "u undo" not in bench.text


async def test_ticks_are_sent_when_that_moment_is_over(start: Start) -> None:
    async with start(grace=0.01) as bench:
        await bench.press("t", "down", "space")
        while not bench.woken:
            await bench.pilot.pause()
        assert bench.woken == ["wake"]


async def test_what_else_is_sent_takes_waiting_ticks_along_at_once(start: Start) -> None:
    async with start(grace=600) as bench:
        await bench.press("t", "down", "space")
        await bench.press("c", *"hm", "ctrl+s")
        assert bench.woken == ["wake"]


async def test_undo_of_a_second_wish_returns_to_the_first(start: Start) -> None:
    async with start() as bench:
        await bench.press("t", "down", "space", "minus", "u")
        assert bench.desk.ticks[(190, "docs-merged")].state is DONE
        await bench.press("u")
        assert bench.desk.entries == []


async def test_undo_takes_back_what_waits_since_an_earlier_session(start: Start) -> None:
    desk = SmallDesk()
    desk.tick(190, "docs-merged", DONE)
    desk.tick(227, "prs-merged", NA)
    desk.say(190, "hello", "comment")
    async with start(desk=desk) as bench:
        await bench.press("u")
        assert "Taken back: “PRs merged” of VEP 227 is as it was." in bench.said
        await bench.press("u", "u")
        assert [entry.kind for entry in desk.entries] == ["comment"]
        assert "There is nothing to take back." in bench.said


async def test_undo_leaves_what_another_instance_said_since(start: Start) -> None:
    async with start() as bench:
        desk = bench.desk
        await bench.press("t", "down", "space")
        (mine,) = desk.entries
        desk.entries = [mine._replace(id=mine.id + 1, state=NA)]
        await bench.press("u")
        assert [(entry.id, entry.state) for entry in desk.entries] == [(mine.id + 1, NA)]
        assert "waits no more" in bench.said


async def test_a_tick_beside_one_that_is_being_sent_can_be_turned_and_taken_back(start: Start) -> None:
    async with start() as bench:
        desk = bench.desk
        await bench.press("t", "down", "space")
        desk.entries = [desk.entries[0]._replace(delivery=Delivery.SENDING)]
        for state in (TODO, DONE, TODO):
            await bench.press("space")
            assert [entry.state for entry in desk.entries] == [DONE, state]
        await bench.press("d")
        assert [entry.delivery for entry in desk.entries] == [Delivery.SENDING]
        await bench.press("minus", "u")
        assert [(entry.state, entry.delivery) for entry in desk.entries] == [(DONE, Delivery.SENDING)]
        assert "is as it was" in bench.said
        await bench.press("u")
        assert "is on its way already" in bench.said


async def test_a_held_tick_is_retried_or_dropped_where_it_stands(start: Start) -> None:
    for key, left in (("a", [Delivery.WAITING]), ("d", [])):
        desk = SmallDesk()
        desk.hold_tick("docs-merged")
        async with start(desk=desk) as bench:
            await bench.press("t", "down")
            assert "× held: GitHub refused the comment" in bench.text
            assert "a send again   d drop it" in bench.text
            await bench.press(key)
            assert [e.delivery for e in desk.entries] == left
            assert bench.woken == ["wake"]


async def test_what_a_held_tick_offers_can_be_clicked(start: Start) -> None:
    desk = SmallDesk()
    desk.hold_tick("docs-merged")
    async with start(desk=desk) as bench:
        lines = bench.text.split("\n")
        y = next(n for n, line in enumerate(lines) if "d drop it" in line)
        await bench.pilot.click(offset=(lines[y].index("d drop it") + 2, y))
        await bench.press("alt")
        assert desk.entries == []


class Finishing(SmallDesk):
    """A desk on which a ticked VEP fits its view no more."""

    def page(self, query: str = "", *, sort: str = "attention", offset: int = 0, limit: int = 200) -> QueuePage:
        page = super().page(query, sort=sort, limit=1000)
        done = {number for number, _ in self.ticks}
        rows = [row for row in page.rows if row.number not in done]
        return QueuePage(tuple(rows[offset : offset + limit]), len(rows))


async def test_the_next_key_meets_the_same_vep_though_it_left_the_view(start: Start) -> None:
    desk = Finishing()
    async with start(desk=desk) as bench:
        queue, before = bench.app.main.queue, [row.number for row in bench.app.main.queue.rows]
        await bench.press("t", "space", "j", "space")
        assert {number for number, _ in desk.ticks} == {190}
        assert queue.number == 190
        assert [row.number for row in queue.rows] == before
        bench.app.main.reread()  # a sync that ends meanwhile changes nothing either
        assert queue.number == 190
        # It goes when the cursor goes; its neighbour is where the cursor was led to.
        queue.focus()
        await bench.press("j")
        assert [row.number for row in queue.rows] == [number for number in before if number != 190]
        assert queue.number == before[before.index(190) + 1]
        assert bench.app.main.subject is not None and bench.app.main.subject.number == queue.number


async def test_another_view_does_not_keep_what_is_not_in_it(start: Start) -> None:
    desk = Finishing()
    async with start(desk=desk) as bench:
        await bench.press("t", "space")
        assert bench.app.main.queue.number == 190
        bench.app.main.action_view(bench.app.main.view)
        assert 190 not in [row.number for row in bench.app.main.queue.rows]


async def test_a_tick_that_was_dropped_is_not_said_to_be_on_its_way(start: Start) -> None:
    async with start() as bench:
        await bench.press("t", "down", "space", "d", "u")
        assert bench.desk.entries == []
        assert "“The docs PR is merged” of VEP 190 waits no more: space changes it again." in bench.said


@pytest.mark.parametrize("key", ["space", "minus", "n", "enter"])
async def test_where_there_is_no_checklist_its_keys_say_so(start: Start, key: str) -> None:
    async with start(desk=SmallDesk(all_rows=())) as bench:
        await bench.press("t", key)
        assert bench.said == "There is no checklist here."


@pytest.mark.parametrize("ansi", [False, True])
async def test_a_click_on_a_box_ticks_it_and_one_beside_it_only_selects(start: Start, ansi: bool) -> None:
    async with start() as bench:
        if ansi:
            bench.app.theme = "ansi-dark"
            await bench.press("t", "down")
        lines = bench.text.split("\n")
        y = next(y for y, line in enumerate(lines) if "The docs PR is merged" in line)
        await bench.pilot.click(offset=(lines[y].index("The docs PR is merged") + 4, y))
        assert bench.desk.ticks == {} and bench.app.main.checklist.item.key == "docs-merged"
        await bench.pilot.click(offset=(lines[y].index("[ ] The docs PR") + 1, y))
        assert bench.desk.ticks[(190, "docs-merged")].state is DONE


async def test_a_docs_candidate_names_the_key_that_decides_on_it(start: Start) -> None:
    async with start() as bench:
        lines = bench.text.split("\n")
        y = next(y for y, line in enumerate(lines) if "enter look at it and decide" in line)
        await bench.pilot.click(offset=(lines[y].index("look at it and decide") + 2, y))
        await bench.shows("Docs candidates")
        await bench.press("y", "escape")
        assert "look at it and decide" not in bench.text
