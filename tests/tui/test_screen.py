"""The rules of the screen, held by pressing keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from at_work import ASCII, Start
from small_desk import NOW, SmallDesk

from vep_tui.core.models import Checklist, Delivery, ItemState, Vep
from vep_tui.store.desk import DocumentText
from vep_tui.tui import messages
from vep_tui.tui.commands import COMMANDS, Scope
from vep_tui.tui.queue_pane import QueuePane

SIZES = ((140, 40), (80, 24), (60, 20))


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_frame_shows_the_queue_the_freeze_and_the_help_key(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as bench:
        for words in ("Structured plugins", "Needs me 13", "Code Freeze in 12 days", "? help", "1.10"):
            assert words in bench.text


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20), (40, 10), (20, 5), (3, 2), (250, 70)])
async def test_no_size_breaks_the_screen(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as bench:
        for key in ("down", "enter", "]", "]", "]", "]", "t", "z", "z", "escape", "question_mark", "escape", "O"):
            await bench.press(key)
        assert bench.app.return_code is None


async def test_a_tick_shows_as_waiting_at_once_and_wakes_the_engine(start: Start) -> None:
    async with start() as bench:
        await bench.press("t", "down", "space")
        assert bench.desk.ticks[(190, "docs-merged")].state is ItemState.DONE
        assert "done · you · now · ↑ waiting" in bench.text
        assert "1 waiting" in bench.text.split("\n")[0]
        assert bench.woken == ["wake"]


async def test_space_outside_the_checklist_ticks_nothing(start: Start) -> None:
    async with start() as bench:
        await bench.press("space", "enter", "space")
        assert bench.desk.ticks == {}


async def test_a_note_is_kept_as_draft_until_it_is_said(start: Start) -> None:
    async with start((60, 20)) as bench:
        await bench.press("t", "n", *"ok", "escape")
        assert bench.desk.drafts["note:190:1.10:prs-merged"] == "ok"
        await bench.press("n", *"ay", "ctrl+s")
        assert bench.desk.ticks[(190, "prs-merged")].note == "okay"
        assert bench.desk.drafts["note:190:1.10:prs-merged"] == ""


async def test_a_comment_goes_into_the_outbox(start: Start) -> None:
    async with start() as bench:
        await bench.press("c", *"hello", "ctrl+s")
        assert [(e.number, e.kind, e.body) for e in bench.desk.entries] == [(190, "comment", "hello")]


async def test_a_prow_command_is_sent_only_after_it_was_shown(start: Start) -> None:
    async with start() as bench:
        await bench.press("c", "slash", *"hold", "ctrl+s")
        await bench.shows("Prow will act on this text")
        assert "/hold" in bench.text
        await bench.press("escape")
        assert bench.desk.entries == []
        assert bench.desk.drafts["comment:190"] == "/hold"
        await bench.press("c", "ctrl+s", "enter")
        assert bench.desk.entries == []
        await bench.press("y")
        assert [e.kind for e in bench.desk.entries] == ["command"]


async def test_a_check_in_begins_with_the_form(start: Start) -> None:
    async with start() as bench:
        await bench.press("i", "1", *"docs", "enter")
        assert bench.desk.entries[0].body == "**Check-in v1.10:** on track\n\nNext step: docs\n"
        assert bench.desk.entries[0].kind == "check-in"


@pytest.mark.parametrize("size", SIZES)
async def test_a_filter_narrows_while_it_is_typed_and_escape_clears_it(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as bench:
        await bench.press("4", "slash", *"sig:storage")
        assert "Incremental backup" in bench.text
        assert "Structured plugins" not in bench.text.split("──")[1]
        await bench.press("enter")
        assert "/ sig:storage" in bench.text.split("\n")[1]
        await bench.press("escape")
        assert bench.app.main.filter == ""
        assert "Structured plugins" in bench.text


@pytest.mark.parametrize("size", SIZES)
async def test_the_keys_named_while_a_filter_is_typed_are_those_of_its_line(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size) as bench:
        before = bench.text.split("\n")[-1]
        await bench.press("slash", "a")
        assert bench.text.split("\n")[-1].startswith(" enter keep  tab complete  esc clear")
        assert bench.text.split("\n")[1].startswith(" / a")
        await bench.press("escape")
        assert bench.text.split("\n")[-1] == before


async def test_a_wide_title_that_is_cut_says_so(start: Start) -> None:
    rows = tuple(row._replace(title="ディスクの複製と永続的な仮想マシン" * 4) for row in SmallDesk().all_rows)
    async with start((80, 24), desk=SmallDesk(all_rows=rows)) as bench:
        title = next(line for line in bench.text.split("\n") if line.startswith("── VEP"))
        assert "…" in title


async def test_a_wrong_filter_is_pointed_at_and_the_rows_stay(start: Start) -> None:
    async with start() as bench:
        await bench.press("slash", *"sig:compute", "space", *"foo:x")
        lines = bench.text.split("\n")
        at = next(n for n, line in enumerate(lines) if "There is no field foo" in line)
        assert lines[at].index("^^^") == lines[at - 1].index("foo")


async def test_an_error_of_the_filter_that_has_no_room_is_cut_at_a_word_and_says_so(start: Start) -> None:
    async with start((60, 20)) as bench:
        await bench.press("slash", *"needs:x")
        line = next(line for line in bench.text.split("\n") if "does not know 'x'" in line)
        assert line.endswith(", ...") and len(line) <= 60


@pytest.mark.parametrize("size", [(140, 40), (80, 24)])
async def test_a_detail_of_nothing_says_what_would_be_there(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as bench:
        await bench.press("slash", *"zzzz", "enter")
        assert "Nothing is selected: what you select in the queue is told here." in bench.text
        await bench.press("escape")
        assert "Nothing is selected" not in bench.text


async def test_number_keys_switch_views(start: Start) -> None:
    async with start() as bench:
        for key, name in (("2", "My SIG"), ("3", "Post-freeze"), ("4", "All open"), ("1", "Needs me")):
            await bench.press(key)
            assert f"[{key} {name}" in bench.text


async def test_an_empty_view_says_what_to_do_next(start: Start) -> None:
    rows = tuple(r for r in SmallDesk().all_rows if not any(x.mine for x in r.reasons))
    async with start(desk=SmallDesk(all_rows=rows)) as bench:
        assert f"Nothing needs you. 4: all open ({len(rows)})." in bench.text


async def test_the_first_sync_shows_its_progress(start: Start) -> None:
    async with start(desk=SmallDesk(all_rows=(), synced_at=None)) as bench:
        bench.app.post_message(messages.SyncProgress("issues 100 of 300"))
        await bench.press("down")
        assert "The first sync is running: issues 100 of 300" in bench.text
        assert "◐ issues 100 of 300" in bench.text.split("\n")[-1]


async def test_the_last_line_leads_on_from_where_one_is(start: Start) -> None:
    async with start((60, 20)) as bench:
        assert "t checklist" in bench.text.split("\n")[-1]
        await bench.press("t")
        last = bench.text.split("\n")[-1]
        assert last.startswith(" esc back  space tick") and "checklist" not in last


class Bare(SmallDesk):
    """A desk whose VEPs aim at no release, and whose pull requests belong to none."""

    def vep(self, number: int) -> Vep | None:
        known = super().vep(number)
        return known and replace(known, release=None, checklist=Checklist(None, ()))

    def vep_of_pull(self, number: int) -> int | None:
        return None


async def test_the_last_line_names_no_key_that_does_nothing_here(start: Start) -> None:
    desk = Bare()
    desk.all_rows = tuple(row._replace(vep=None) if row.kind == "pr" else row for row in desk.all_rows)
    async with start(desk=desk) as bench:
        await bench.press("t")
        last = bench.text.split("\n")[-1]
        assert "/ filter" in last and "i check-in" in last
        assert not any(word in last for word in ("tick", "n/a", "note", "facts"))
        await bench.press("escape", "down")
        last = bench.text.split("\n")[-1]
        assert "c comment" in last and "p prow" in last
        assert not any(word in last for word in ("checklist", "check-in", "tracker gaps"))
        assert "There is no checklist: no VEP is selected." in bench.text


async def test_without_rows_the_last_line_offers_what_leads_out(start: Start) -> None:
    async with start(desk=SmallDesk(all_rows=())) as bench:
        last = bench.text.split("\n")[-1]
        assert "/ filter  r sync  ? help  , settings  q quit" in last and "open" not in last


async def test_without_a_token_one_screen_explains_and_offers_the_demo(start: Start) -> None:
    async with start((60, 20), desk=SmallDesk(all_rows=(), synced_at=None), signed_in=False) as bench:
        await bench.shows("gh auth login")
        await bench.pilot.press("d")
        await bench.pilot.pause()
    assert bench.app.return_value == "demo"


async def test_without_a_token_for_another_host_that_host_is_named(start: Start) -> None:
    desk, site = SmallDesk(all_rows=(), synced_at=None), "https://ghe.example.com"
    async with start(desk=desk, signed_in=False, site=site) as bench:
        shown = await bench.shows("gh auth login --hostname ghe.example.com")
        assert "GH_TOKEN" not in shown and "vep-tui doctor names" in shown


async def test_offline_is_a_state_in_the_status_line(start: Start) -> None:
    async with start((60, 20)) as bench:
        bench.app.post_message(messages.Offline("no route to host"))
        await bench.press("down")
        assert "○ offline" in bench.text.split("\n")[-1]


async def test_a_sync_moves_neither_cursor_nor_scroll(start: Start) -> None:
    async with start() as bench:
        await bench.press("4", *["down"] * 25)
        queue = bench.app.main.query_one(QueuePane)
        number, offset = queue.number, queue.scroll_offset.y - queue.cursor * queue.height_of_row
        bench.desk.all_rows = bench.desk.all_rows[5:]
        bench.app.post_message(messages.StoreChanged())
        await bench.press("alt")
        assert queue.number == number
        assert queue.scroll_offset.y - queue.cursor * queue.height_of_row == offset


async def test_a_sync_leaves_the_scroll_of_the_detail_alone(start: Start) -> None:
    async with start() as bench:
        await bench.press("right_square_bracket", "enter", "down", "down")
        before = bench.app.main.detail.scroll_offset.y
        assert before == 2
        bench.app.post_message(messages.StoreChanged())
        await bench.press("alt")
        assert bench.app.main.detail.scroll_offset.y == before


async def test_a_held_tick_is_seen_from_everywhere_and_can_be_retried(start: Start) -> None:
    desk = SmallDesk()
    desk.hold()
    async with start((60, 20), desk=desk) as bench:
        assert "1 held" in bench.text
        await bench.press("O")
        await bench.shows("403: the")
        await bench.press("r")
        assert desk.entries[0].delivery is Delivery.WAITING
        assert bench.woken == ["wake"]
        await bench.press("x")
        assert desk.entries == []


async def test_docs_candidates_are_confirmed_by_a_key(start: Start) -> None:
    async with start() as bench:
        await bench.press("t", "down", "enter")
        await bench.shows("Docs candidates")
        for key, word, decided in (("y", " confirmed ", True), ("x", " rejected", False), ("y", " confirmed ", True)):
            await bench.press(key)
            assert f"user-guide#1021{word}" in bench.text
            assert bench.desk.decisions_made == {"kubevirt/user-guide#1021": decided}
        await bench.press("escape", "enter")
        await bench.shows("user-guide#1021 confirmed ")
        await bench.press("u")
        assert "confirmed " not in bench.text.split("Docs candidates")[1].split("user-guide#1021")[1][:20]
        assert bench.desk.decisions_made == {"kubevirt/user-guide#1021": None}


async def test_text_from_github_is_shown_harmlessly(start: Start) -> None:
    async with start(desk=SmallDesk()) as bench:
        await bench.press("slash", *"hold", "enter", "enter")
        for tab in range(4):
            await bench.press("right_square_bracket")
            raw = "".join(seg.text for strip in bench.app.screen._compositor.render_strips() for seg in strip)
            assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(raw), tab
        assert "[/hold] [red]x[/]" in bench.text


async def test_seen_snooze_and_why(start: Start) -> None:
    async with start() as bench:
        await bench.press("m", "Z", "c")
        assert bench.desk.seen == [190]
        assert bench.desk.snoozed == {190: "change"}
        await bench.press("w")
        await bench.shows("docs-missing")


async def test_marked_rows_are_acted_on_together_and_escape_unmarks_them(start: Start) -> None:
    async with start() as bench:
        await bench.press("x", "x")
        assert bench.app.main.selected_numbers() == (190, 431)
        assert "2 marked" in bench.text
        await bench.press("escape")
        assert bench.app.main.selected_numbers() == (bench.app.main.queue.number,)
        await bench.press("home", "x", "down", "x", "m")
        assert bench.desk.seen == [190, 227]
        assert bench.app.main.queue.marked == frozenset()


async def test_nothing_is_done_to_marked_rows_out_of_sight(start: Start) -> None:
    async with start() as bench:
        await bench.press("4", "X", "slash", *"sig:storage", "enter")
        main = bench.app.main
        assert main.selected_numbers() == tuple(r.number for r in main.queue.rows)
        assert len(main.selected_numbers()) == 11
        await bench.press("X")
        assert main.queue.marked == frozenset()


async def test_copying_shows_the_text_too(start: Start) -> None:
    async with start() as bench:
        await bench.press("Y")
        assert bench.app.clipboard == "https://github.com/kubevirt/enhancements/issues/190"
        await bench.press("y")
        assert bench.app.clipboard == "#190 Structured plugins"


async def test_the_address_of_the_selected_link_is_copied_where_the_keys_are(start: Start) -> None:
    async with start() as bench:
        await bench.press("right_square_bracket", "right_square_bracket", "enter", "n", "Y")
        assert bench.app.clipboard == "https://github.com/kubevirt/kubevirt/pull/17000"
        await bench.press("n", "Y")
        assert bench.app.clipboard != "https://github.com/kubevirt/kubevirt/pull/17000"
        await bench.press("escape", "Y")
        assert bench.app.clipboard == "https://github.com/kubevirt/enhancements/issues/190"


async def test_the_command_to_try_a_pull_request_is_copied(start: Start) -> None:
    async with start() as bench:
        await bench.press("right_square_bracket", "right_square_bracket", "enter", "B")
        assert bench.said.endswith("Select a pull request first: in the tab of the pull requests n does.")
        await bench.press("n", "B")
        assert bench.app.clipboard == "gh pr checkout 17000 -R kubevirt/kubevirt"
        await bench.press("escape", "j", "B")
        assert bench.app.clipboard == "gh pr checkout 431 -R kubevirt/enhancements"


async def test_a_link_elsewhere_is_shown_with_its_host_first(start: Start) -> None:
    async with start() as bench:
        bench.app.main.visit("https://github.com@evil.example/x", "https://github.com/a/b")
        await bench.press("alt")
        await bench.shows("This leads to evil.example")


async def test_a_link_to_a_heading_scrolls_there(start: Start) -> None:
    desk = SmallDesk()
    text = "[down](#the-end)\n\n" + "line\n\n" * 60 + "## The end\n"
    desk.document = lambda number: DocumentText("vep.md", text, "https://github.com/x")  # type: ignore[method-assign]
    async with start(desk=desk) as bench:
        await bench.press("enter", "right_square_bracket", "n", "n", "enter")
        assert "The end" in bench.text


async def test_the_next_session_takes_up_where_this_one_ended(start: Start) -> None:
    desk = SmallDesk()
    async with start(desk=desk) as bench:
        await bench.press("4", "s", "down", "down", "right_square_bracket")
        number = bench.app.main.queue.number
        await bench.pilot.press("q")
        await bench.pilot.pause()
    async with start(desk=desk) as bench:
        main = bench.app.main
        assert (main.view, main.sort, main.tab, main.queue.number) == (3, "number", "document", number)


async def test_sync_keys_ask_the_engine(start: Start) -> None:
    async with start() as bench:
        await bench.press("r", "R")
        assert bench.woken == ["sync", "full"]


async def test_tab_walks_through_the_panes_and_escape_returns(start: Start) -> None:
    for size in SIZES:
        async with start(size) as bench:
            focus = []
            for _ in range(3):
                await bench.press("tab")
                focus.append(bench.app.focused.id if bench.app.focused else None)
            assert focus == ["detail", "checklist", "queue"], size
            await bench.press("tab", "escape")
            assert bench.app.focused is bench.app.main.queue


async def test_help_lists_every_key_of_the_pane(start: Start) -> None:
    async with start((140, 120)) as bench:
        await bench.press("t", "question_mark")
        await bench.shows("1 ... 9")
        for entry in COMMANDS:
            if entry.scope in (Scope.CHECKLIST, Scope.ANYWHERE, Scope.MOVE) and not entry.call:
                await bench.shows(entry.help[:40])


async def test_every_command_has_its_action(start: Start) -> None:
    async with start() as bench:
        from vep_tui.tui.screens.outbox import Outbox
        from vep_tui.tui.screens.settings import Settings

        main = bench.app.main
        for entry in COMMANDS:
            owners = {Scope.MOVE: QueuePane, Scope.OUTBOX: Outbox, Scope.SETTINGS: Settings}
            owner, action = owners.get(entry.scope, type(main)), entry.action.partition("(")[0]
            if action.startswith("focused."):
                owner, action = QueuePane, action.removeprefix("focused.")
            assert hasattr(owner, f"action_{action}"), f"{entry.name}: {owner.__name__} has no action_{action}"


async def test_keys_can_be_rebound(start: Start) -> None:
    async with start(keys={"tick": "v"}) as bench:
        await bench.press("t", "down", "v")
        assert (190, "docs-merged") in bench.desk.ticks
        assert "v tick" in bench.text.split("\n")[-1]


async def test_ascii_only_draws_no_other_letters_of_ours(start: Start) -> None:
    rows = tuple(r for r in SmallDesk().all_rows if r.title.isascii())
    async with start(desk=SmallDesk(all_rows=rows), look=ASCII) as bench:
        for keys in (("t", "space"), ("question_mark",), ("end",), ("escape", "O"), ("escape", "i"), ("escape", "C")):
            await bench.press(*keys)
            assert {c for c in bench.text if ord(c) > 126} == set(), keys
        await bench.press("escape", "escape", "slash", *"zzz", "enter")
        assert 'No row matches "zzz".' in bench.text
        assert {c for c in bench.text if ord(c) > 126} == set()


async def test_age_follows_the_clock_that_is_handed_in(start: Start) -> None:
    async with start() as bench:
        assert bench.app.bench.now() == NOW
        assert "synced 3 minutes ago" in bench.text


async def test_work_beside_the_screen_begins_after_the_first_frame(start: Start) -> None:
    began: list[bool] = []
    async with start(started=lambda: began.append(True)) as bench:
        await bench.press("down")
        assert began == [True]


async def test_ctrl_z_gives_the_terminal_back_to_the_shell(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    async with start() as bench:
        monkeypatch.setattr(bench.app, "action_suspend_process", lambda: asked.append("suspend"))
        await bench.press("ctrl+z")
        assert asked == ["suspend"]
