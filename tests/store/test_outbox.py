"""The outbox: on disk before a call returns, never lost, never two wishes for one item, never sent by two at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vep_tui.core.models import Delivery, ItemState, Tick
from vep_tui.store.errors import WishError
from vep_tui.store.lease import LeaseLost
from vep_tui.store.outbox import Outbox
from vep_tui.store.wishes import WishChanged

DONE = ItemState.DONE


def want(outbox: Outbox, item: str = "prs-merged", number: int = 10, *, seen: str = "", note: str = "") -> Tick:
    return outbox.want(number, "1.9", item, DONE, note, "met, all merged", seen)


def other(outbox: Outbox) -> Outbox:
    return Outbox.open(outbox.database.path)


@pytest.mark.parametrize(
    "call", ["want(10, '1.9', 'prs-merged', ItemState.DONE, '', '', '')", "say(10, 'hi', 'comment')"]
)
def test_a_wish_survives_a_kill_right_after_the_call(tmp_path: Path, call: str) -> None:
    code = (
        "import os, signal, pathlib\n"
        "from vep_tui.core.models import ItemState\n"
        "from vep_tui.store.outbox import Outbox\n"
        f"Outbox.open(pathlib.Path({str(tmp_path / 'outbox.db')!r})).{call}\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    outbox = Outbox.open(tmp_path / "outbox.db")
    assert [e.delivery for e in outbox.entries()] == [Delivery.WAITING]
    outbox.close()


def test_every_commit_is_forced_to_disk(outbox: Outbox) -> None:
    assert outbox.database.rows("PRAGMA synchronous")[0][0] == 2
    assert outbox.database.rows("PRAGMA journal_mode")[0][0] == "wal"


def test_a_newer_wish_replaces_a_waiting_one_and_keeps_what_was_seen(outbox: Outbox) -> None:
    first = want(outbox, seen="first")
    second = want(outbox, seen="second")
    assert [t.id for t in outbox.waiting(10)] == [second.id] != [first.id]
    assert second.seen == "first"


def test_a_newer_wish_replaces_a_held_one_and_is_weighed_against_what_is_seen_now(outbox: Outbox) -> None:
    outbox.hold([want(outbox, seen="first").id], "bob set it meanwhile")
    second = want(outbox, seen="bob's")
    assert [(t.id, t.seen, t.delivery) for t in outbox.waiting(10)] == [(second.id, "bob's", Delivery.WAITING)]


def test_a_newer_wish_does_not_disturb_one_that_is_being_sent(outbox: Outbox) -> None:
    first = want(outbox)
    outbox.claim([first.id], "op1", "post", "", "body")
    second = want(outbox)
    assert [t.id for t in outbox.waiting(10)] == [first.id, second.id]
    assert outbox.groups() == ()
    outbox.delivered("op1", "77", "url")
    assert [g.ids for g in outbox.groups()] == [(second.id,)]


@pytest.mark.parametrize("back", ["unsent", "refuse"])
def test_a_wish_that_comes_back_gives_way_to_the_newer_one(outbox: Outbox, back: str) -> None:
    first = want(outbox, seen="first")
    outbox.claim([first.id], "op1", "post", "", "body")
    second = want(outbox, seen="second")
    if back == "unsent":
        outbox.unsent("op1")
    else:
        outbox.refuse("op1", "locked")
    assert [(t.id, t.seen, t.delivery) for t in outbox.waiting(10)] == [(second.id, "first", Delivery.WAITING)]


def test_ticks_go_together_by_vep_and_release_and_posts_alone_in_order(outbox: Outbox) -> None:
    a = want(outbox, "prs-merged")
    b = want(outbox, "prs-merged", 11)
    c = want(outbox, "docs-merged")
    d = outbox.say(10, "/lgtm", "command")
    e = outbox.say(10, "thanks", "comment")
    f = outbox.want(10, "1.10", "prs-merged", DONE, "", "", "")
    assert [g.ids for g in outbox.groups()] == [(a.id, c.id), (b.id,), (d.id,), (e.id,), (f.id,)]


def test_a_post_waits_for_an_earlier_one_in_doubt_in_the_same_thread(outbox: Outbox) -> None:
    hold, unhold, elsewhere = (outbox.say(n, t, "command") for n, t in ((10, "/hold"), (10, "/unhold"), (11, "/hold")))
    outbox.claim([hold.id], "op1", "post", "", "/hold")
    assert [g.ids for g in outbox.groups()] == [(elsewhere.id,)]
    outbox.unsent("op1")
    assert [g.ids for g in outbox.groups()] == [(hold.id,), (unhold.id,), (elsewhere.id,)]


def test_an_attempt_is_written_down_before_it_is_sent_and_settled_once(outbox: Outbox) -> None:
    ids = [want(outbox).id, want(outbox, "docs-merged").id]
    attempt = outbox.claim(ids, "op1", "patch", "77", "body", after="IC_5")
    with_another = other(outbox)
    assert with_another.attempts() == (attempt,)
    assert (attempt.ids, attempt.body, attempt.after, attempt.comment_id) == (tuple(ids), "body", "IC_5", "77")
    assert outbox.looked("op1") == 1
    assert outbox.attempts()[0].looks == 1
    with_another.delivered("op1", "77", "https://x")
    outbox.delivered("op1", "78", "https://y")
    outbox.unsent("op1")
    assert outbox.attempts() == outbox.waiting() == ()
    assert {(e.delivery, e.comment_url) for e in outbox.all()} == {(Delivery.SENT, "https://x")}
    with_another.close()


def test_a_refused_wish_is_held_with_its_reason_until_retried_or_dropped(outbox: Outbox) -> None:
    tick = want(outbox, seen="old")
    outbox.claim([tick.id], "op1", "post", "", "body")
    outbox.refuse("op1", "The conversation is locked.")
    assert [(e.delivery, e.reason) for e in outbox.entries(10)] == [(Delivery.HELD, "The conversation is locked.")]
    assert outbox.groups() == ()
    outbox.retry(tick.id, seen="new")
    assert [(t.delivery, t.reason, t.seen) for t in outbox.waiting()] == [(Delivery.WAITING, "", "new")]
    outbox.drop(tick.id)
    assert outbox.all() == ()


def test_only_what_may_be_dropped_or_retried_is(outbox: Outbox) -> None:
    tick = want(outbox)
    with pytest.raises(WishError, match="waits to be sent"):
        outbox.retry(tick.id)
    outbox.claim([tick.id], "op1", "post", "", "body")
    for act in (outbox.retry, outbox.drop):
        with pytest.raises(WishError, match="next sync"):
            act(tick.id)
    with pytest.raises(WishError, match="no entry 99"):
        outbox.drop(99)
    with pytest.raises(WishError, match="'shout'"):
        outbox.say(10, "x", "shout")


def test_a_push_that_read_an_older_wish_cannot_claim_the_newer_one(outbox: Outbox) -> None:
    (group,) = (want(outbox), outbox.groups())[1]
    want(outbox)
    with pytest.raises(WishChanged):
        outbox.claim(group.ids, "op1", "post", "", "body")
    assert outbox.attempts() == ()


def test_what_github_already_shows_needs_no_sending(outbox: Outbox) -> None:
    tick = want(outbox)
    outbox.satisfied([tick.id], "77", "url")
    assert (outbox.groups(), outbox.waiting()) == ((), ())


def test_counts_are_of_what_is_on_its_way(outbox: Outbox) -> None:
    outbox.hold([want(outbox).id], "x")
    want(outbox, "docs-merged")
    outbox.claim([outbox.say(11, "x", "comment").id], "op1", "post", "", "x")
    assert outbox.counts() == {Delivery.WAITING: 1, Delivery.SENDING: 1, Delivery.HELD: 1}
    assert {n: (note.waiting, note.held) for n, note in outbox.noted().items()} == {10: (1, 1), 11: (1, 0)}


def test_sent_wishes_are_kept_for_ninety_days(outbox: Outbox) -> None:
    for number, days in ((10, 89), (11, 91)):
        outbox.satisfied([want(outbox, number=number).id], "", "")
        stamp = (datetime.now(UTC) - timedelta(days=days)).isoformat()
        outbox.database.run("UPDATE wish SET sent_at = ? WHERE number = ?", (stamp, number))
    want(outbox, number=12)
    again = other(outbox)
    assert [e.number for e in again.all()] == [10, 12]
    again.close()


def test_ids_are_never_used_again(outbox: Outbox) -> None:
    first = want(outbox)
    outbox.drop(first.id)
    assert want(outbox).id > first.id


def test_the_clock_dates_wishes_but_not_the_history(tmp_path: Path) -> None:
    then = datetime(2031, 1, 1, tzinfo=UTC)
    outbox = Outbox.open(tmp_path / "outbox.db", clock=lambda: then)
    assert want(outbox).created_at == then
    outbox.satisfied([outbox.waiting()[0].id], "", "")
    outbox.prune()
    assert len(outbox.all()) == 1
    outbox.close()


class TestLease:
    def test_only_one_instance_sends(self, outbox: Outbox) -> None:
        second = other(outbox)
        assert outbox.lease.take()
        assert outbox.lease.take()
        assert not second.lease.take()
        with pytest.raises(LeaseLost, match=str(os.getpid())):
            second.claim([want(outbox).id], "op1", "post", "", "x")
        outbox.lease.release()
        assert second.lease.take()
        second.close()

    def test_a_dead_process_leaves_nothing_locked(self, outbox: Outbox) -> None:
        code = (
            "import os, signal, pathlib\nfrom vep_tui.store.outbox import Outbox\n"
            f"assert Outbox.open(pathlib.Path({str(outbox.database.path)!r})).lease.take()\n"
            "os.kill(os.getpid(), signal.SIGKILL)\n"
        )
        subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
        assert outbox.database.row("SELECT 1 FROM lease") is not None
        assert outbox.lease.take()

    @pytest.mark.parametrize("seconds", [-1.0, 1e9])
    def test_a_lease_that_ran_out_or_cannot_be_true_is_free(self, outbox: Outbox, seconds: float) -> None:
        second = other(outbox)
        assert outbox.lease.take(seconds)
        assert second.lease.take()
        second.close()

    @pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="nothing tells of ended processes here")
    def test_a_lease_of_a_process_that_ended_unasked_is_free(self, outbox: Outbox) -> None:
        # What a screen leaves behind when it is left during a sync, until somebody asks how it ended.
        second, ended = other(outbox), subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
        assert ended.stdout is not None and ended.stdout.read() == b""
        while b") Z" not in Path(f"/proc/{ended.pid}/stat").read_bytes():
            time.sleep(0.005)
        second.lease.take()
        outbox.database.run("UPDATE lease SET pid = ?", (ended.pid,))
        try:
            assert outbox.lease.take()
        finally:
            ended.stdout.close()
            ended.wait()
            second.close()

    def test_a_lease_of_another_machine_holds_until_it_runs_out(self, outbox: Outbox) -> None:
        second = other(outbox)
        second.lease.take()
        outbox.database.run("UPDATE lease SET boot = 'elsewhere/1', pid = 999999999")
        assert not outbox.lease.take()
        outbox.database.run("UPDATE lease SET until = 0")
        assert outbox.lease.take()
        second.close()

    def test_a_lease_from_before_the_restart_is_free(self, outbox: Outbox) -> None:
        second = other(outbox)
        second.lease.take()
        outbox.database.run("UPDATE lease SET boot = substr(boot, 1, instr(boot, '/')) || 'earlier'")
        assert outbox.lease.take()
        second.close()


def test_two_connections_wish_and_push_without_losing_anything(outbox: Outbox) -> None:
    second = other(outbox)
    for number in range(1, 21):
        want(outbox if number % 2 else second, number=number)
        outbox.say(number, "x", "comment")
    for group in second.groups():
        second.claim(group.ids, f"op{group.ids}", "post", "", "x")
        (outbox if group.number % 2 else second).delivered(f"op{group.ids}", "1", "u")
    assert len(outbox.all()) == 40
    assert outbox.entries() == second.entries() == ()
    second.close()
