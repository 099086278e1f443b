"""What the mouse wheel brought into sight stays there, whatever a sync brings; a key goes back to the cursor."""

from __future__ import annotations

from at_work import Start, settle


async def test_a_sync_leaves_the_queue_where_the_wheel_brought_it(start: Start) -> None:
    async with start((80, 24)) as bench:
        main, queue = bench.app.main, bench.app.main.queue
        queue.scroll_to(y=7, animate=False, immediate=True, force=True)
        main.reread()
        await settle(bench.pilot)
        assert (queue.cursor, round(queue.scroll_offset.y)) == (0, 7)
        await bench.press("j")
        assert round(queue.scroll_offset.y) == 1
        queue.scroll_to(y=7, animate=False, immediate=True, force=True)
        await bench.press("s")
        assert queue.in_sight


async def test_a_sync_leaves_the_checklist_where_the_wheel_brought_it(start: Start) -> None:
    async with start((80, 24)) as bench:
        main, checklist = bench.app.main, bench.app.main.checklist
        await bench.press("t")
        bottom = checklist.max_scroll_y
        assert bottom
        checklist.scroll_to(y=bottom, animate=False, immediate=True, force=True)
        main.reread()
        await settle(bench.pilot)
        assert (checklist.cursor, round(checklist.scroll_offset.y)) == (0, bottom)
        await bench.press("space")
        assert round(checklist.scroll_offset.y) == 0


async def test_another_checklist_begins_in_sight_of_its_item(start: Start) -> None:
    async with start((80, 24)) as bench:
        checklist = bench.app.main.checklist
        await bench.press("t")
        checklist.scroll_to(y=checklist.max_scroll_y, animate=False, immediate=True, force=True)
        await bench.press("escape", "j", "j")
        assert round(checklist.scroll_offset.y) == 0
