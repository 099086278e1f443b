"""Keys typed before the rest of the screen is up: none is lost, and each finds what it needs."""

from __future__ import annotations

import pytest
from at_work import Start, settle
from textual.events import Key

from vep_tui.tui.screens.main import Main


@pytest.mark.parametrize(("key", "focus"), [("slash", "filter-input"), ("t", "checklist"), ("enter", "detail")])
async def test_a_key_before_the_rest_of_the_screen_is_up_works(
    start: Start, monkeypatch: pytest.MonkeyPatch, key: str, focus: str
) -> None:
    mount, first = Main.on_mount, []

    def typed(self: Main) -> None:
        mount(self)
        first.append(self.furnished)
        self.app.call_later(lambda: self.app.post_message(Key(key, "/" if key == "slash" else None)))

    monkeypatch.setattr(Main, "on_mount", typed)
    async with start() as bench:
        assert first == [False]
        assert bench.app.focused is not None and bench.app.focused.id == focus


async def test_text_typed_in_one_go_behind_the_slash_is_the_filter(start: Start) -> None:
    async with start() as bench:
        for key in ("slash", "m", "e", "m", "slash"):
            bench.app.post_message(Key(key, "/" if key == "slash" else key))
        await settle(bench.pilot)
        assert bench.app.main.filter == "mem/"
        assert bench.app.focused is not None and bench.app.focused.id == "filter-input"


async def test_whoever_leaves_before_the_rest_of_the_screen_is_up_just_leaves(start: Start) -> None:
    async with start() as bench:
        main = bench.app.main
        await main.body.remove()  # as it is when a signal comes right behind the first frame
        main.furnished = False
        await main.furnish()
    assert not bench.app.return_code
