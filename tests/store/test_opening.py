"""Opening a store: damaged, newer, older, read-only, full or busy, it ends in a sentence and without a loss."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from github_nodes import issue_node

from vep_tui.core.models import Delivery, ItemState
from vep_tui.store import database
from vep_tui.store.database import open_database
from vep_tui.store.errors import CorruptStore, NewerStore, StoreError, StoreUnavailable
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.salvage import salvage
from vep_tui.store.schema import MIRROR, OUTBOX

Opener = Callable[[Path], Any]
BOTH = pytest.mark.parametrize("opener", [Mirror.open, Outbox.open], ids=["mirror", "outbox"])
EXAMPLES = Path(__file__).parent / "examples"


def filled_outbox(path: Path, wishes: int = 300) -> None:
    with closing(Outbox.open(path)) as outbox:
        for number in range(1, wishes + 1):
            outbox.want(number, "1.9", "prs-merged", ItemState.DONE, "note " * 20, "", "")
        outbox.claim([wishes], "op1", "post", "", "body")
        outbox.local.save_draft("comment:1", "half a thought")
        outbox.database.run("PRAGMA wal_checkpoint(TRUNCATE)")


def test_a_damaged_cache_is_set_aside_and_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "mirror.db"
    path.write_bytes(b"this is no database" * 100)
    with closing(Mirror.open(path)) as mirror:
        assert "cache was damaged" in mirror.notice
        assert mirror.numbers() == ()
    assert [p.read_bytes()[:7] for p in tmp_path.glob("mirror.db.damaged-*")] == [b"this is"]
    with closing(Mirror.open(path)) as mirror:
        assert mirror.notice == ""


def test_a_damaged_outbox_is_kept_and_what_can_be_read_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    filled_outbox(path)
    whole = bytearray(path.read_bytes())
    at = whole.index(b"note note", len(whole) // 2) & ~4095
    whole[at : at + 4096] = b"\xff" * 4096
    path.write_bytes(whole)
    with closing(Outbox.open(path)) as outbox:
        entries = outbox.entries()
        assert 200 < len(entries) < 300
        assert f"{len(entries)} of its entries" in outbox.notice
        assert outbox.local.draft("comment:1") == "half a thought"
        assert {e.delivery for e in entries} <= {Delivery.WAITING, Delivery.SENDING}
        assert [a.op for a in outbox.attempts()] == ["op1"]
    (aside,) = (p for p in tmp_path.glob("outbox.db.damaged-*") if p.suffix not in ("-wal", "-shm"))
    assert aside.read_bytes() == bytes(whole)


def test_an_outbox_that_is_no_database_is_kept_too(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    path.write_bytes(b"scribble" * 1000)
    with closing(Outbox.open(path)) as outbox:
        assert "0 of its entries" in outbox.notice
        assert outbox.all() == ()
    assert len(list(tmp_path.glob("outbox.db.damaged-*"))) == 1


def test_a_wish_whose_attempt_is_lost_is_held_for_the_user(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    filled_outbox(path, 5)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TABLE attempt")
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("DELETE FROM sqlite_master WHERE name = 'wish_by_op'")
        raw.commit()
    with closing(Outbox.open(path)) as outbox:
        (held,) = (e for e in outbox.entries() if e.delivery is Delivery.HELD)
        assert "Look at the thread on GitHub" in held.reason


def test_what_a_damaged_outbox_of_an_older_version_says_is_taken_over(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db")) as raw:
        raw.executescript((EXAMPLES / "outbox-1.sql").read_text("utf-8"))
    with closing(Outbox.open(tmp_path / "outbox.db")) as outbox:
        assert salvage(tmp_path / "old.db", outbox.database) == 2
        assert [(entry.number, entry.login) for entry in outbox.entries()] == [(10, ""), (11, "")]


def test_two_damaged_files_never_take_each_others_place(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    for text in (b"first", b"second"):
        path.write_bytes(text * 1000)
        Outbox.open(path).close()
    assert {p.read_bytes()[:5] for p in tmp_path.glob("outbox.db.damaged-*")} == {b"first", b"secon"}


@BOTH
def test_a_damaged_file_is_only_reported_when_reading(tmp_path: Path, opener: Callable[..., Any]) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"scribble" * 1000)
    with pytest.raises(CorruptStore, match="damaged"):
        opener(path, read_only=True)
    assert path.read_bytes() == b"scribble" * 1000


@BOTH
def test_a_newer_store_is_left_as_it_is(tmp_path: Path, opener: Opener) -> None:
    path = tmp_path / "store.db"
    opener(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 99")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()
    with pytest.raises(NewerStore, match="newer vep-tui"):
        opener(path)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*damaged*"))


@BOTH
def test_a_folder_that_cannot_be_used_is_said_to_be_so(tmp_path: Path, opener: Opener) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        opener(tmp_path / "file" / "store.db")


def test_a_read_only_store_refuses_writes_in_a_sentence(tmp_path: Path) -> None:
    Mirror.open(tmp_path / "mirror.db").close()
    with closing(Mirror.open(tmp_path / "mirror.db", read_only=True)) as mirror:
        assert mirror.numbers() == ()
        with pytest.raises(StoreUnavailable, match="cannot be written"):
            mirror.set_meta("a", 1)


def test_a_store_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be used"):
        Mirror.open(tmp_path / "none.db", read_only=True)
    assert not (tmp_path / "none.db").exists()


def test_a_full_disk_loses_nothing_that_was_stored(outbox: Outbox) -> None:
    tick = outbox.want(10, "1.9", "prs-merged", ItemState.DONE, "", "", "")
    pages = outbox.database.rows("PRAGMA page_count")[0][0]
    outbox.database.run(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreUnavailable, match="no room left"):
        outbox.say(10, "x" * 100_000, "comment")
    assert [e.id for e in outbox.entries()] == [tick.id]
    outbox.database.run("PRAGMA max_page_count = 100000")
    assert outbox.say(10, "x" * 100_000, "comment").id > tick.id


def test_a_busy_store_says_so(outbox: Outbox) -> None:
    with closing(sqlite3.connect(outbox.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with outbox.database.impatient(), pytest.raises(StoreUnavailable, match="busy"):
            outbox.say(10, "x", "comment")


def test_where_a_write_ahead_log_is_impossible_a_rollback_journal_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class OnNetworkFolder(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:  # type: ignore[override]
            if sql == "PRAGMA journal_mode = WAL":
                return super().execute("PRAGMA journal_mode")
            return super().execute(sql, *values)

    real = sqlite3.connect

    def connect(*given: Any, **named: Any) -> sqlite3.Connection:
        return real(*given, factory=OnNetworkFolder, **named)

    monkeypatch.setattr(database.sqlite3, "connect", connect)
    with closing(Outbox.open(tmp_path / "outbox.db")) as outbox:
        assert outbox.database.rows("PRAGMA journal_mode")[0][0] == "truncate"
        outbox.want(10, "1.9", "prs-merged", ItemState.DONE, "", "", "")
        with closing(Outbox.open(tmp_path / "outbox.db")) as second:
            assert len(second.entries()) == 1


@pytest.mark.parametrize(("name", "opener"), [("mirror", Mirror.open), ("outbox", Outbox.open)])
def test_every_version_that_ever_landed_migrates_forward(tmp_path: Path, name: str, opener: Opener) -> None:
    examples = sorted(EXAMPLES.glob(f"{name}-*.sql"))
    assert len(examples) == len({"mirror": MIRROR, "outbox": OUTBOX}[name]), "run `make examples`"
    for example in examples:
        path = tmp_path / f"{example.stem}.db"
        with closing(sqlite3.connect(path)) as raw:
            raw.executescript(example.read_text(encoding="utf-8"))
        with closing(opener(path)) as store:
            assert store.notice == ""
            if isinstance(store, Mirror):
                issue = store.issue(10)
                assert issue is not None
                assert [c.body for c in issue.comments] == ["comment 1"]
                assert [p.ref for p in issue.references] == ["kubevirt/kubevirt#7"]
            else:
                assert [(e.kind, e.number, e.delivery) for e in store.all()] == [
                    ("tick", 10, Delivery.WAITING),
                    ("command", 11, Delivery.SENDING),
                ]
                assert [a.op for a in store.attempts()] == ["op1"]
                assert store.local.draft("comment:10") == "half"


def test_examples_of_several_new_versions_are_made_each_from_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES.parents[2] / "scripts"))
    import store_examples

    monkeypatch.setattr(store_examples, "ROOT", tmp_path)
    monkeypatch.setattr(store_examples, "EXAMPLES", tmp_path)
    for known in ("mirror-1.sql", "mirror-2.sql", "outbox-1.sql"):
        (tmp_path / known).write_text((EXAMPLES / known).read_text(encoding="utf-8"), encoding="utf-8")
    assert store_examples.main() == 0
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.sql")}
    kept = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.sql")}
    assert made.keys() == kept.keys(), "run `make examples`"
    assert made == kept


def test_a_migration_that_fails_leaves_the_old_version(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    first = ("CREATE TABLE a (x INTEGER) STRICT", "INSERT INTO a VALUES (1)")
    open_database(path, [first]).close()
    with pytest.raises(StoreError):
        open_database(path, [first, ("CREATE TABLE b (x INTEGER) STRICT", "nonsense")])
    with closing(open_database(path, [first])) as again:
        assert again.row("SELECT x FROM a") is not None
        assert again.rows("SELECT name FROM sqlite_master WHERE name = 'b'") == []


def test_an_older_store_is_not_migrated_by_reading(tmp_path: Path) -> None:
    open_database(tmp_path / "mirror.db", MIRROR[:1]).close()
    with pytest.raises(StoreUnavailable, match="older"):
        Mirror.open(tmp_path / "mirror.db", read_only=True)


def test_many_instances_may_start_at_once(tmp_path: Path) -> None:
    code = (
        "import pathlib\nfrom vep_tui.store.mirror import Mirror\nfrom vep_tui.store.outbox import Outbox\n"
        f"Mirror.open(pathlib.Path({str(tmp_path / 'mirror.db')!r})).set_meta('a', 1)\n"
        f"print(Outbox.open(pathlib.Path({str(tmp_path / 'outbox.db')!r})).say(1, 'x', 'comment').id)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    ids = sorted(int(p.communicate(timeout=60)[0]) for p in running)
    assert ids == [1, 2, 3, 4]


def test_two_mirrors_see_each_others_pages(tmp_path: Path) -> None:
    with closing(Mirror.open(tmp_path / "mirror.db")) as one, closing(Mirror.open(tmp_path / "mirror.db")) as two:
        before = two.database.version()
        one.put_issues([issue_node(10)])
        assert two.numbers() == (10,)
        assert two.database.version() != before


@pytest.mark.parametrize("module", ["mirror", "outbox", "projection", "desk", "standing"])
def test_the_store_loads_neither_screens_nor_network(module: str) -> None:
    code = (
        f"import sys, vep_tui.store.{module}\n"
        "print([m for m in ('textual', 'github', 'requests', 'yaml', 'markdown_it') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_a_connection_keeps_little_of_its_file(tmp_path: Path) -> None:
    """SQLite would keep 2 MB of each, which the system has at hand anyway: the screen has two of them open."""
    with closing(Mirror.open(tmp_path / "mirror.db")) as mirror:
        kept = mirror.database.rows("PRAGMA cache_size")[0][0]
        assert -256 <= kept < 0, "in KiB when it is negative"
