"""Notes for oneself."""

from __future__ import annotations

from datetime import UTC, datetime

from vep_tui.core.queue import LocalNotes
from vep_tui.store.outbox import Outbox

MONDAY = datetime(2026, 6, 29, 9, tzinfo=UTC)


def test_what_was_seen_and_put_off_is_remembered_per_row(outbox: Outbox) -> None:
    local = outbox.local
    local.mark_seen(10, MONDAY)
    local.snooze(10, None, MONDAY)
    local.snooze(11, MONDAY)
    assert local.notes() == {
        10: LocalNotes(seen_at=MONDAY, snoozed_until_change=MONDAY),
        11: LocalNotes(snoozed_until=MONDAY),
    }
    local.snooze(11, None)
    assert local.notes().keys() == {10}


def test_decisions_do_not_depend_on_the_case_of_names_and_can_be_taken_back(outbox: Outbox) -> None:
    local = outbox.local
    local.decide(10, "KubeVirt/user-guide#3", True)
    local.decide(10, "kubevirt/user-guide#4", False)
    assert local.decisions(10) == {"kubevirt/user-guide#3": True, "kubevirt/user-guide#4": False}
    local.decide(10, "kubevirt/user-guide#3", None)
    assert local.decisions(10) == {"kubevirt/user-guide#4": False}
    assert local.decisions(11) == {}


def test_drafts_are_kept_until_emptied(outbox: Outbox) -> None:
    outbox.local.save_draft("comment:10", "half a thought \ud83d")
    assert outbox.local.draft("comment:10") == "half a thought \ufffd"
    outbox.local.save_draft("comment:10", "")
    assert outbox.local.draft("comment:10") == ""


def test_the_state_of_the_screen_is_merged_by_key(outbox: Outbox) -> None:
    outbox.local.save_ui_state({"view": "all", "zoom": None})
    outbox.local.save_ui_state({"view": "my-sig"})
    assert outbox.local.ui_state() == {"view": "my-sig", "zoom": None}
