"""Nothing typed is lost: a text is a draft until the outbox has it, whatever keeps it from getting there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from at_work import Start
from small_desk import NOW, SmallDesk
from textual.widgets import Input, TextArea

from vep_tui.store.errors import DeskError, StoreUnavailable


class Refusing(SmallDesk):
    """A desk of a profile that only reads."""

    def tick(self, *_: object, **__: object):
        raise DeskError("It only reads.")

    def say(self, *_: object, **__: object):
        raise DeskError("It only reads.")


class Full(SmallDesk):
    """A desk on a disk without room."""

    def save_draft(self, key: str, text: str) -> None:
        raise StoreUnavailable("There is no room left.")


async def test_a_note_that_is_refused_is_found_again(start: Start) -> None:
    async with start(desk=Refusing()) as bench:
        await bench.press("t", "n", *"by hand", "ctrl+s")
        assert "Not ticked: It only reads." in bench.said
        await bench.press("n")
        assert bench.app.screen.query_one(TextArea).text == "by hand"


async def test_a_comment_that_is_refused_is_found_again(start: Start) -> None:
    async with start(desk=Refusing()) as bench:
        await bench.press("c", *"hello", "ctrl+s")
        assert "Not sent: It only reads. The text is kept as a draft." in bench.said
        await bench.press("c")
        assert bench.app.screen.query_one(TextArea).text == "hello"


@pytest.mark.parametrize(("marks", "send"), [((), ("enter",)), ((), ("ctrl+s",)), (("x", "x", "x"), ("enter", "y"))])
async def test_a_check_in_that_is_refused_is_found_again(
    start: Start, marks: tuple[str, ...], send: tuple[str, ...]
) -> None:
    async with start(desk=Refusing()) as bench:
        await bench.press(*marks, "i", "1", *"e2e", *send)
        assert "Not sent: It only reads. The text is kept as a draft." in bench.said
        await bench.press("i", "2")
        assert bench.app.screen.query_one("#step", Input).value == "e2e"


async def test_a_check_in_that_is_in_the_outbox_is_no_draft(start: Start) -> None:
    async with start() as bench:
        await bench.press("i", "1", *"e2e", "enter", "i", "1")
        assert bench.app.screen.query_one("#step", Input).value == ""


async def test_a_comment_is_kept_while_its_command_waits_for_a_yes(start: Start) -> None:
    async with start() as bench:
        await bench.press("c", "slash", *"hold", "ctrl+s")
        await bench.shows("Prow will act")
        assert bench.desk.drafts["comment:190"] == "/hold"
        await bench.press("y")
        assert bench.desk.drafts["comment:190"] == ""
        assert "draft: c" not in bench.text


@pytest.mark.parametrize("leave", ["ctrl+s", "escape"])
async def test_a_text_that_cannot_be_kept_stays_on_the_screen(start: Start, leave: str) -> None:
    async with start(desk=Full()) as bench:
        await bench.press("c", *"hello", leave)
        assert "Not kept as a draft: There is no room left." in bench.said
        assert bench.app.screen.query_one(TextArea).text == "hello"


async def test_a_check_in_that_cannot_be_kept_stays_on_the_screen(start: Start) -> None:
    async with start(desk=Full()) as bench:
        await bench.press("i", "1", *"e2e", "escape")
        assert bench.app.screen.query_one("#step", Input).value == "e2e"


@pytest.mark.parametrize(
    ("keys", "draft"),
    [(("c",), "comment:190"), (("i", "1"), "next-step:190"), (("t", "n"), "note:190:1.10:prs-merged")],
)
async def test_whoever_leaves_while_writing_finds_the_text_again(
    start: Start, keys: tuple[str, ...], draft: str
) -> None:
    desk = SmallDesk()
    async with start(desk=desk) as bench:
        await bench.press(*keys, *"hello")
        await bench.app._press_keys(["ctrl+q"])
    assert desk.drafts == {draft: "hello"}


async def test_a_comment_that_was_begun_stays_when_the_tracker_is_asked_for(start: Start) -> None:
    async with start() as bench:
        await bench.press("c", *"begun", "escape", "b", "c")
        text = bench.app.screen.query_one(TextArea).text
        assert text.startswith("begun\n\nCould you bring the description up to date?")
        await bench.press("escape", "b", "c")
        assert bench.app.screen.query_one(TextArea).text == text


async def test_from_a_pull_request_the_tracker_is_asked_for_in_its_own_thread(start: Start) -> None:
    async with start() as bench:
        main = bench.app.main
        while main.queue.number != 431:
            await bench.press("j")
        assert main.vep is not None and main.vep.number == 227
        await bench.press("b", "c")
        await bench.shows("Comment on VEP 227")


async def test_a_status_is_not_begun_with_the_words_of_last_week(start: Start) -> None:
    desk, today = SmallDesk(), [NOW]
    async with start(desk=desk, now=lambda: today[0]) as bench:
        for expected in ("", "old words", ""):
            await bench.press("W")
            await bench.shows("y copy")
            await bench.press("e")
            text = bench.app.screen.query_one(TextArea).text
            assert text.startswith("old words") == bool(expected), expected
            await bench.press("ctrl+home", *"old words", "escape", "escape")
            if expected:
                today[0] = NOW + timedelta(days=7)
