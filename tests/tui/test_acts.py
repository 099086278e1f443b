"""What is said on GitHub and to the list, by pressing keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from at_work import Start
from small_desk import NOW, SmallDesk, days
from textual.widgets import OptionList, TextArea

from vep_tui.core.models import People, Vep
from vep_tui.store.desk import OutboxEntry
from vep_tui.store.errors import DeskError
from vep_tui.tui import links
from vep_tui.tui.screens.letter import Letter, Writing

SIZES = ((140, 40), (60, 20))


# ---------------------------------------------------------------- check-ins


@pytest.mark.parametrize("size", SIZES)
async def test_a_check_in_is_shown_as_it_will_stand_on_github_before_it_is_sent(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size) as bench:
        await bench.press("i", "2", *"e2e")
        shown = await bench.shows("Next step: e2e")
        assert "**Check-in v1.10:** at risk" in shown
        assert bench.desk.entries == []
        await bench.press("enter")
        (entry,) = bench.desk.entries
        assert (entry.number, entry.kind) == (190, "check-in")
        assert entry.body == "**Check-in v1.10:** at risk\n\nNext step: e2e\n"


async def test_a_retarget_names_the_next_release_and_wants_one(start: Start) -> None:
    async with start() as bench:
        await bench.press("i", "3", "enter")
        assert bench.desk.entries[0].body == "**Check-in v1.10:** retarget to v1.11\n"
        await bench.press("i", "3", "shift+tab", "ctrl+u", *"soon", "enter")
        assert "Say to which release" in bench.text
        assert len(bench.desk.entries) == 1


async def test_marked_rows_are_checked_in_together_each_under_its_own_number(start: Start) -> None:
    async with start() as bench:
        await bench.press("x", "x", "x", "x")
        assert bench.app.main.selected_numbers() == (190, 431, 227, 111)
        await bench.press("i", "1")
        await bench.shows("and so on the other ones")
        await bench.press(*"go", "enter")
        await bench.shows("This check-in goes to 3 rows (VEP 190, VEP 227, VEP 111):")
        assert bench.desk.entries == []
        await bench.press("y")
        said = {e.number: e.body for e in bench.desk.entries}
        assert list(said) == [190, 227, 111]  # 431 is a pull request of 227
        assert set(said.values()) == {"**Check-in v1.10:** on track\n\nNext step: go\n"}
        assert not bench.app.main.queue.marked


async def test_check_ins_on_many_are_shown_each_with_its_release_and_kept_when_they_are_not_sent(start: Start) -> None:
    class Several(SmallDesk):
        def vep(self, number: int) -> Vep | None:
            made = super().vep(number)
            return replace(made, release="1.9") if made is not None and number == 227 else made

    async with start(desk=Several()) as bench:
        await bench.press("x", "down", "x", "i", "1", *"go", "enter")
        shown = await bench.shows("This check-in goes to VEP 227:")
        assert "Check-in v1.9:" in shown and "Check-in v1.10:" in shown
        await bench.press("escape")
        assert bench.desk.entries == [] and "Not sent; the text is kept as a draft." in bench.said


async def test_a_next_step_that_was_begun_is_kept(start: Start) -> None:
    async with start() as bench:
        await bench.press("i", "1", *"docs", "escape")
        assert bench.desk.entries == []
        await bench.press("i", "2")
        await bench.shows("Next step: docs")


async def test_words_of_a_check_in_ping_and_command_nobody(start: Start) -> None:
    async with start() as bench:
        await bench.press("i", "1", "slash", *"close @", *"otto", "enter")
        assert bench.desk.entries[0].body == "**Check-in v1.10:** on track\n\nNext step: /close `@otto`\n"


# ---------------------------------------------------------------- Prow


@pytest.mark.parametrize("size", SIZES)
async def test_a_chosen_command_is_sent_once_and_only_after_its_exact_text_was_shown(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size) as bench:
        bench.app.main.queue.select(431)
        await bench.press("down", "up")
        await bench.press("p")
        await bench.shows("/lgtm")
        assert "/reopen" not in bench.text and "/unhold" not in bench.text
        await bench.press("enter")
        await bench.shows("Prow will act on this text in VEP PR 431")
        await bench.press("enter")
        assert bench.desk.entries == []
        await bench.press("y", "y")
        assert [(e.number, e.kind, e.body) for e in bench.desk.entries] == [(431, "command", "/lgtm")]


async def test_a_command_that_needs_a_name_is_not_offered_without_one(start: Start) -> None:
    async with start() as bench:
        await bench.press("p")
        await bench.shows("/cc")
        listing = bench.app.screen.query_one("#prow")
        at = next(n for n, o in enumerate(listing.options) if "/cc" in str(o.prompt))  # type: ignore[attr-defined]
        listing.highlighted = at  # type: ignore[attr-defined]
        await bench.press("enter")
        await bench.shows("who, as in alice bob")
        await bench.press("enter")
        assert "It does nothing without this." in bench.text
        await bench.press(*"nora", "enter")
        await bench.shows("/cc nora")
        await bench.press("escape")
        assert bench.desk.entries == []
        assert bench.desk.drafts.get("command:190", "") == ""


async def test_a_command_that_nothing_listens_to_is_named_before_it_is_sent(start: Start) -> None:
    async with start() as bench:
        await bench.press("c", "slash", *"retitle x", "ctrl+s")
        await bench.shows("Nothing there listens to /retitle.")


# ---------------------------------------------------------------- many rows at once


async def test_a_comment_on_marked_rows_is_sent_to_each_once_its_user_has_seen_where(start: Start) -> None:
    async with start() as bench:
        await bench.press("x", "x", "c", *"ping", "ctrl+s")
        await bench.shows("This comment goes to 2 rows (VEP 190, VEP PR 431):")
        await bench.press("escape")
        assert bench.desk.entries == []
        await bench.press("c", "ctrl+s", "y")
        assert [(e.number, e.kind, e.body) for e in bench.desk.entries] == [
            (190, "comment", "ping"),
            (431, "comment", "ping"),
        ]
        assert bench.desk.drafts["comment"] == "" and not bench.app.main.queue.marked


async def test_one_marked_row_is_commented_on_wherever_the_cursor_is(start: Start) -> None:
    async with start() as bench:
        await bench.press("x", "down", "c", *"hm", "ctrl+s")
        assert [(e.number, e.body) for e in bench.desk.entries] == [(190, "hm")]


async def test_a_command_goes_to_those_of_the_marked_rows_that_it_does_something_on(start: Start) -> None:
    async with start() as bench:
        await bench.press("x", "x", "x", "p")  # of VEP 190, VEP PR 431 and VEP 227
        await bench.shows("2 of 3 rows: VEP 190, VEP 227")
        listing = bench.app.screen.query_one("#prow", OptionList)
        listing.highlighted = next(n for n, o in enumerate(listing.options) if "/lifecycle frozen" in str(o.prompt))
        await bench.press("enter")
        await bench.shows("Prow will act on this text in 2 rows (VEP 190, VEP 227):")
        await bench.press("y")
        assert [(e.number, e.body) for e in bench.desk.entries] == [
            (190, "/lifecycle frozen"),
            (227, "/lifecycle frozen"),
        ]
        assert not bench.app.main.queue.marked


async def test_where_a_command_does_nothing_is_named_among_many_rows(start: Start) -> None:
    async with start() as bench:
        await bench.press("x", "x", "c", "slash", *"lgtm", "ctrl+s")
        await bench.shows("Nothing in VEP 190 listens to /lgtm.")


async def test_a_row_that_got_no_comment_stays_marked_and_the_text_a_draft(start: Start) -> None:
    desk = SmallDesk()
    say = desk.say

    def refuse(number: int, body: str, kind: str) -> OutboxEntry:
        if number == 431:
            raise DeskError("The disk is full.")
        return say(number, body, kind)

    desk.say = refuse  # type: ignore[method-assign]
    async with start(desk=desk) as bench:
        await bench.press("x", "x", "c", *"ping", "ctrl+s", "y")
        assert [e.number for e in desk.entries] == [190]
        assert bench.app.main.queue.marked == {431}
        assert "Not sent to VEP PR 431: The disk is full." in bench.said
        assert (desk.drafts["comment"], desk.drafts["comment:431"]) == ("", "ping"), "where the row alone finds it"
        await bench.press("c")
        assert bench.app.screen.query_one(TextArea).text == "ping"


# ---------------------------------------------------------------- letters


@pytest.mark.parametrize("size", SIZES)
async def test_an_exception_request_is_filled_looked_over_and_copied(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as bench:
        await bench.press("E")
        await bench.shows("Exception for VEP 190")
        await bench.press("ctrl+s")
        await bench.shows("Still to be written: Justification")
        await bench.press("y")
        assert bench.app.clipboard.startswith("Subject: Exception request for v1.10: VEP 190")
        assert "exception:190" in bench.desk.drafts
        assert bench.desk.entries == []


@pytest.mark.parametrize(("key", "more"), [("E", ("ctrl+s",)), ("W", ()), ("A", ())])
async def test_a_letter_says_what_can_be_done_with_it(start: Start, key: str, more: tuple[str, ...]) -> None:
    async with start((60, 20)) as bench:
        await bench.press(key, *more)
        turn = "" if key == "E" else "  v source"
        await bench.shows(f"y copy  m mail it  e edit{turn}  esc close")


async def test_an_exception_request_begins_where_something_is_to_be_written(start: Start) -> None:
    async with start((60, 20)) as bench:
        await bench.press("E")
        await bench.shows("why it did not make the freeze")
        area = bench.app.screen.query_one("#editor", TextArea)
        assert area.document.get_line(area.cursor_location[0]).startswith("(why it did not")


async def test_mail_is_opened_only_after_a_second_yes(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(links, "open_url", lambda url: opened.append(url) or True)
    async with start() as bench:
        await bench.press("A")
        await bench.shows("approved VEPs")
        await bench.press("m")
        await bench.shows("To: kubevirt-dev@googlegroups.com")
        assert opened == []
        await bench.press("m")
        assert opened[0].startswith("mailto:kubevirt-dev@googlegroups.com?subject=KubeVirt%20v1.10")


async def test_a_draft_is_seen_on_its_vep_until_it_is_sent(start: Start) -> None:
    async with start() as bench:
        assert "draft: c" not in bench.text
        await bench.press("c", *"hm", "escape")
        assert bench.said == "Kept as a draft: the same key opens it again."
        assert "draft: c" in bench.text
        await bench.press("down")
        assert "draft: c" not in bench.text
        await bench.press("up")
        assert "draft: c" in bench.text
        await bench.press("c", "ctrl+s")
        assert "draft: c" not in bench.text


class _Slow(SmallDesk):
    """A desk on which putting a VEP together waits until it is let go on."""

    go_on = False

    def veps(self) -> Iterator[Vep]:
        for number, vep in enumerate(super().veps()):
            if number == 3 and not self.go_on:
                yield from self._while_waiting(vep)
            yield vep

    def _while_waiting(self, vep: Vep) -> Iterator[Vep]:
        while not self.go_on:
            yield vep


async def test_a_letter_about_many_opens_at_once_and_the_keys_work_while_it_is_written(start: Start) -> None:
    desk = _Slow()
    async with start((140, 40), desk) as bench:
        await bench.press("W")
        await bench.shows("It is being written")
        assert "y copy" not in bench.text and "esc close" in bench.text
        await bench.press("y", "m", "escape")
        assert bench.app.clipboard == "" and bench.app.screen is bench.app.main
        await bench.press("down", "W")
        desk.go_on = True
        await bench.shows("status of 2026-10-09")
        assert "y copy" in bench.text


async def test_a_letter_that_is_closed_while_it_is_written_is_written_no_further(start: Start) -> None:
    async with start((140, 40), _Slow()) as bench:
        await bench.press("W")
        letter = bench.app.screen
        assert isinstance(letter, Letter)
        await bench.press("escape")
        for part in list(letter.children):
            await part.remove()  # as a machine does that is busy: before the writer hears of it
        await letter._compose_text(Writing(iter([None, None]), lambda _: "all of it"))
        assert letter.text == ""


async def test_the_weekly_status_can_be_copied(start: Start) -> None:
    async with start() as bench:
        await bench.press("W")
        await bench.shows("status of 2026")
        await bench.press("y")
        assert bench.app.clipboard.startswith("# KubeVirt v1.10 · sig-compute: status of 2026-10-09")


async def test_a_status_is_laid_out_to_be_read_and_shown_as_it_is_sent_by_a_key(start: Start) -> None:
    async with start() as bench:
        await bench.press("W")
        shown = await bench.shows("v source")
        assert "status of 2026-10-09" in shown and "# KubeVirt" not in shown and "|---" not in shown
        await bench.press("v")
        shown = await bench.shows("v layout")
        assert "# KubeVirt v1.10" in shown and "|---" in shown
        await bench.press("y")
        assert "|---" in bench.app.clipboard


def test_a_letter_too_long_for_a_link_leaves_its_body_to_the_clipboard() -> None:
    address, whole = links.mail_to("a@b.org", "A & B", "line\nnext?")
    assert whole and address == "mailto:a@b.org?subject=A%20%26%20B&body=line%0D%0Anext%3F"
    address, whole = links.mail_to("a@b.org", "x", "y" * 10_000)
    assert not whole and address == "mailto:a@b.org?subject=x"


# ---------------------------------------------------------------- once


def stranger() -> SmallDesk:
    desk = SmallDesk()
    header = desk.header
    desk.header = lambda: header()._replace(  # type: ignore[method-assign]
        my_sigs=tuple(desk.kept.get("my_sigs", ())), board_missing="The board needs the read:project scope."
    )
    return desk


@pytest.mark.parametrize("size", SIZES)
async def test_sigs_are_asked_once_and_only_when_nobody_knows_them(start: Start, size: tuple[int, int]) -> None:
    desk, renewed = stranger(), []
    async with start(size, desk, renew=lambda: renewed.append(1)) as bench:
        await bench.shows("Which SIGs are yours?")
        await bench.press("space", "down", "space", "s")
        assert desk.kept["my_sigs"] == ["compute", "network"]
        assert renewed and bench.woken == ["sync"]
    async with start(size, desk) as bench:
        assert "Which SIGs" not in bench.text


async def test_who_leaves_the_question_is_not_asked_again(start: Start) -> None:
    desk = stranger()
    async with start((140, 40), desk) as bench:
        await bench.shows("Which SIGs are yours?")
        await bench.press("escape")
        assert desk.kept["sigs_asked"] is True and desk.kept["my_sigs"] == []
    async with start((140, 40), desk) as bench:
        assert "Which SIGs" not in bench.text


async def test_whoever_has_a_sig_is_not_asked(start: Start) -> None:
    async with start() as bench:
        assert "Which SIGs" not in bench.text


async def test_a_board_that_cannot_be_read_is_said_once(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, told = stranger(), []
    desk.kept["sigs_asked"] = True
    monkeypatch.setattr("vep_tui.tui.screens.main.Main.say", lambda _self, text, **_: told.append(text))
    for _ in range(2):
        async with start((140, 40), desk) as bench:
            await bench.press("down")
    assert told == ["The board needs the read:project scope."]


# ---------------------------------------------------------------- snooze


async def test_rows_are_put_away_until_a_day_a_freeze_or_a_change(start: Start) -> None:
    async with start() as bench:
        await bench.press("Z")
        await bench.shows("until Code Freeze (Oct 21)")
        await bench.press("4")
        assert bench.desk.snoozed == {190: datetime(2026, 10, 21, tzinfo=UTC)}
        await bench.press("Z", "d", "ctrl+u", *"2026-10-01", "enter")
        assert "That day is not ahead." in bench.text
        await bench.press("ctrl+u", *"2026-11-02", "enter")
        assert bench.desk.snoozed == {190: datetime(2026, 11, 2, tzinfo=UTC)}
        await bench.press("Z", "d", "ctrl+u", *"soon", "enter")
        assert "Write the day as 2026-10-21 or 21 October." in bench.text
        await bench.press("ctrl+u", *"3rd of November", "enter")
        assert bench.desk.snoozed == {190: datetime(2026, 11, 3, tzinfo=UTC)}
        await bench.press("x", "x", "Z")
        await bench.shows("Snooze 2 rows")
        await bench.press("c")
        assert bench.desk.snoozed == {190: "change", 431: "change"}
        assert "2 rows come back when something changes; u brings them back now." in bench.said
        await bench.press("u")
        assert bench.desk.snoozed == {190: None, 431: None} and "2 rows are back." in bench.said


async def test_rows_that_were_put_away_before_the_disk_was_full_are_told_apart(start: Start) -> None:
    class Full(SmallDesk):
        def snooze(self, number: int, until: datetime | None, until_change: bool = False) -> None:
            if number == 431:
                raise DeskError("The disk is full.")
            super().snooze(number, until, until_change)

    async with start(desk=Full()) as bench:
        await bench.press("x", "x", "Z", "c")
        assert "VEP 190 comes back when something changes" in bench.said
        assert "Not put away VEP PR 431: The disk is full." in bench.said
        assert bench.app.main.queue.marked == {431}


# ---------------------------------------------------------------- what is new


async def test_what_others_said_since_i_looked_is_marked_in_the_conversation(start: Start) -> None:
    desk = SmallDesk()
    async with start((140, 40), desk) as bench:
        await bench.press("enter", "]", "]", "]")
        assert "• new" not in bench.text
    desk.looked[190] = days(400)
    async with start((140, 40), desk) as bench:
        await bench.press("enter", "]", "]", "]")
        assert "• new" in bench.text
    desk.looked[190] = NOW
    async with start((140, 40), desk) as bench:
        await bench.press("enter", "]", "]", "]")
        assert "• new" not in bench.text


async def test_a_pull_request_shows_its_own_lgtms_and_the_approval_apart_from_them(start: Start) -> None:
    people = People(sigs=(("compute", ("edna",)), ("storage", ("sam",))), approvers=("root",))
    desk = SmallDesk()
    desk.world = desk.world._replace(people=people)
    async with start((140, 40), desk) as bench:
        bench.app.main.queue.select(431)
        await bench.press("down", "up")
        shown = await bench.shows("none yet of a root approver")
        line = next(line for line in shown.split("\n") if "LGTM " in line and "compute" in line)
        assert "older than the last push (edna)" in line


@pytest.mark.parametrize("key", ["c", "E"])
async def test_the_keys_of_an_editor_fit_into_a_narrow_terminal(start: Start, key: str) -> None:
    async with start((60, 20)) as bench:
        await bench.press(key)
        assert "esc keep as draft" in bench.text


async def test_a_letter_may_be_at_work_when_the_program_is_left(start: Start) -> None:
    desk = _Slow()
    async with start((140, 40), desk) as bench:
        await bench.press("W")
        letter = bench.app.screen
        assert isinstance(letter, Letter)
        for part in list(letter.children):
            await part.remove()  # the widgets of a screen go before it
        letter.repaint()
        await letter._compose_text(Writing(iter([None]), lambda _: "all of it"))
        desk.go_on = True


@pytest.mark.parametrize("key", ["c", "p", "Z", "m", "o", "y", "Y", "w", "i", "b", "E"])
async def test_a_key_that_finds_no_row_says_so(start: Start, key: str) -> None:
    async with start() as bench:
        bench.app.main.set_filter("nothing-has-this-in-its-title")
        await bench.press(key)
        assert bench.said and bench.app.screen is bench.app.main


@pytest.mark.parametrize("pane", [("enter",), ("t",)])
async def test_the_row_that_is_read_is_put_away_and_marked_from_any_pane(start: Start, pane: tuple[str, ...]) -> None:
    async with start() as bench:
        await bench.press(*pane, "m", "Z", "c")
        assert bench.desk.seen[-1:] == [190] and bench.desk.snoozed == {190: "change"}
