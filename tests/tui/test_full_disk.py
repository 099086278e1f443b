"""A store that cannot be written for a while is told in words and ends nothing."""

from __future__ import annotations

import pytest
from at_work import Start
from small_desk import SmallDesk

from vep_tui.store.errors import StoreUnavailable


class Full(SmallDesk):
    """A desk on a disk without room."""

    def mark_seen(self, number: int) -> None:
        raise StoreUnavailable(f"There is no room left for {number}.")

    def snooze(self, number: int, until: object, until_change: bool = False) -> None:
        raise StoreUnavailable(f"There is no room left for {number}.")

    def decide(self, number: int, ref: str, confirmed: bool | None) -> None:
        raise StoreUnavailable(f"There is no room left for {number}.")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("m",), "Not marked as seen: There is no room left for 190."),
        (("Z", "1"), "Not put away: There is no room left for 190."),
        (("t", "j", "enter", "y"), "Not noted: There is no room left for 190."),
    ],
)
async def test_what_cannot_be_noted_is_said(start: Start, keys: tuple[str, ...], said: str) -> None:
    async with start(desk=Full()) as bench:
        await bench.press(*keys)
        assert bench.said == said


async def test_reading_goes_on_though_it_cannot_be_noted(start: Start) -> None:
    async with start(desk=Full(), moment=0.01) as bench:
        await bench.press("l")
        for _ in range(200):
            if bench.said:
                break
            await bench.pilot.pause(0.01)
        assert bench.said == "Not marked as seen: There is no room left for 190."
