"""Keys typed before the first frame is there: none is lost, and each finds what it needs."""

from __future__ import annotations

import pytest
from at_work import Start, settle
from textual.events import Key

from vep_tui.tui.screens.main import Main


@pytest.mark.parametrize(("key", "focus"), [("slash", "filter-input"), ("t", "checklist"), ("enter", "detail")])
async def test_a_key_before_the_rest_of_the_screen_is_up_works(
    start: Start, monkeypatch: pytest.MonkeyPatch, key: str, focus: str
) -> None:
    furnish = Main.furnish
    early: list[str] = []

    async def late(self: Main) -> None:
        if early:
            await furnish(self)

    monkeypatch.setattr(Main, "furnish", late)
    async with start() as bench:
        main = bench.app.main
        assert main.queue.rows and not main.furnished
        early.append(key)
        bench.app.post_message(Key(key, "/" if key == "slash" else None))
        await settle(bench.pilot)
        assert main.furnished
        assert bench.app.focused is not None and bench.app.focused.id == focus
