"""Times are told as ages; for whatever is selected the moment itself, in the local zone, is a key away."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import pytest
from at_work import Start
from small_desk import days

from vep_tui.tui.when import both

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot change its zone there")


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Half an hour off full hours, so that UTC cannot pass for it."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Kolkata")
        time.tzset()
        yield
    time.tzset()


def test_a_time_that_is_not_known_is_no_moment() -> None:
    assert both(None, days(0)) == "never"


async def test_a_row_tells_when_it_changed_and_was_fetched(start: Start) -> None:
    async with start() as bench:
        await bench.press("down", "w")
        await bench.shows("changed 2 days ago (2026-10-07 17:30)")
        assert "as fetched 3 minutes ago (2026-10-09 17:27)" in bench.text
        assert "since 2 days ago (2026-10-07 17:30)" in bench.text


async def test_an_item_tells_when_it_was_ticked(start: Start) -> None:
    async with start() as bench:
        await bench.press("t", "enter")
        await bench.shows("done: alice, 3 days ago (2026-10-06 17:30)")


async def test_an_entry_of_the_outbox_tells_since_when_it_waits(start: Start) -> None:
    async with start() as bench:
        bench.desk.hold()
        await bench.press("O")
        await bench.shows("1 day ago (2026-10-08 17:30)")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("g", "v"), "bob, 12 days ago (2026-09-27 17:30)"),
        (("g", "p"), "merged 20 days ago (2026-09-19 17:30)"),
        (("g", "m"), "12 days ago · 2026-09-27 17:30"),
        (("down", "g", "v"), "approved 5 days ago (2026-10-04 17:30)"),
    ],
)
async def test_the_detail_tells_both(start: Start, keys: tuple[str, ...], words: str) -> None:
    async with start((160, 60)) as bench:
        await bench.press(*keys)
        await bench.shows(words)
