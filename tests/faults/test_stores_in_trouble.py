"""Real commands over stores that cannot be used: one clear sentence each, and nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from builders import small_site
from command import Command, Done
from lab import sound
from reviewer_machine import comments_of, states_on

from vep_tui.demo.server import Double

NOW = {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"}
TEN = "kubevirt/enhancements#10"


@pytest.fixture
def double() -> Iterator[Double]:
    with Double(small_site()) as running:
        yield running
    assert running.violations == []


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has synced, with a tick that waits."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    with Double(small_site()) as double:
        command = Command(double.url, home, NOW)
        assert command("sync").status == 0
        assert command("tick", "10", "prs-merged").status == 0
    return home


@pytest.fixture
def ticked(prepared: Path, double: Double, tmp_path: Path) -> Command:
    """Such a home of one's own."""
    shutil.copytree(prepared, tmp_path / "mine")
    return Command(double.url, tmp_path / "mine", NOW)


def store(command: Command, name: str) -> Path:
    (path,) = command.home.rglob(name)
    return path


def is_a_sentence(done: Done) -> None:
    assert done.status in (1, 2), done
    words = done.err.strip().split("\n")[-1]
    assert words.startswith("vep-tui: ") and words.endswith((".", ")")) and "Traceback" not in done.err, done.err


def arrives(command: Command, double: Double) -> None:
    """The tick goes out as soon as the trouble is over, once."""
    assert command("sync").status == 0
    assert len(comments_of(double)) == 1 and states_on(double, TEN) == {"prs-merged": "done"}
    assert command("outbox", "--json").json == {"items": []}


def in_the_way(command: Command, name: str) -> Callable[[], None]:
    """Put a file where the store's folder was; even the superuser cannot write below it."""
    folder = store(command, name).parent
    aside = folder.with_name(folder.name + "-aside")
    folder.rename(aside)
    folder.write_text("in the way")

    def away() -> None:
        folder.unlink()
        aside.rename(folder)

    return away


@pytest.mark.parametrize("name", ["mirror.db", "outbox.db"])
@pytest.mark.parametrize("argv", [("sync",), ("list",), ("tick", "10", "docs-merged")], ids=" ".join)
def test_a_folder_that_cannot_be_used_is_told(
    ticked: Command, double: Double, name: str, argv: tuple[str, ...]
) -> None:
    away = in_the_way(ticked, name)
    is_a_sentence(ticked(*argv))
    away()
    arrives(ticked, double)


def limited(command: Command, most: int, *argv: str) -> Done:
    """A command for which no file can grow beyond so many bytes, as on a full disk."""

    def full_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    words = [sys.executable, "-c", "import signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
             "from vep_tui.cli import run; run()", *argv]  # fmt: skip
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=60, env=command.environment(), preexec_fn=full_disk, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(os.name != "posix", reason="limits of processes")
@pytest.mark.parametrize("most", [0, 40_000, 120_000])
def test_a_full_disk_is_told_and_loses_nothing(ticked: Command, double: Double, most: int) -> None:
    double.site.add_comment(TEN, "rob", "word " * 12_000)
    for argv in (("sync", "--full"), ("tick", "10", "docs-merged", "--note", "n" * 60_000)):
        done = limited(ticked, most, *argv)
        if done.status != 0:
            is_a_sentence(done)
    if most == 0:
        assert done.status != 0
    assert all(sound(path) for path in ticked.home.rglob("*.db"))
    assert ticked("sync").status == 0
    assert len(comments_of(double)) == 1 and states_on(double, TEN)["prs-merged"] == "done"
    assert ticked("outbox", "--json").json == {"items": []}


def test_a_damaged_cache_costs_a_full_sync_and_nothing_else(ticked: Command, double: Double) -> None:
    path = store(ticked, "mirror.db")
    path.write_bytes(b"\x00garbage" * 2_000)
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    done = ticked("list")
    assert "cache was damaged" in done.err
    assert [e["item"] for e in ticked("outbox", "--json").json["items"]] == ["prs-merged"]
    arrives(ticked, double)
    assert len(list(path.parent.glob("mirror.db.damaged-*"))) == 1


@pytest.mark.parametrize("where", ["page", "tail"])
def test_a_damaged_outbox_is_kept_aside_and_what_it_says_is_taken_over(
    ticked: Command, double: Double, where: str
) -> None:
    path = store(ticked, "outbox.db")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'wish_by_op'").fetchone()[0]
    content = bytearray(path.read_bytes())
    if where == "page":
        content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    else:
        content = content[: len(content) - 3 * 4096]
    path.write_bytes(content)
    done = ticked("list")
    assert done.status == 0 and "outbox was damaged" in done.err, done.err
    (aside,) = path.parent.glob("outbox.db.damaged-*")
    assert aside.read_bytes() == bytes(content), "never changed, never deleted"
    arrives(ticked, double)


@pytest.mark.parametrize("name", ["mirror.db", "outbox.db"])
def test_a_store_of_a_newer_version_is_left_alone(ticked: Command, double: Double, name: str) -> None:
    path = store(ticked, name)
    with closing(sqlite3.connect(path)) as raw:
        version = raw.execute("PRAGMA user_version").fetchone()[0]
        raw.execute("PRAGMA user_version = 99")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for argv in (("sync",), ("tick", "10", "docs-merged"), ("list",)):
        done = ticked(*argv)
        is_a_sentence(done)
        assert "newer" in done.err
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone()[0] == 99
        raw.execute(f"PRAGMA user_version = {version}")
    arrives(ticked, double)


def test_many_instances_at_once_tick_and_sync_without_a_loss_or_a_double(ticked: Command, double: Double) -> None:
    words = [("tick", "10", item, "--push") for item in ("docs-merged", "bugs-tracked", "implemented")]
    words += [("tick", "20", "prs-merged", "--push"), ("sync",), ("sync", "--full"), ("list",)]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "vep_tui", *argv], env=ticked.environment(), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )
        for argv in words
    ]  # fmt: skip
    for process, argv in zip(running, words, strict=True):
        out, err = process.communicate(timeout=120)
        assert process.returncode in (0, 1) and "Traceback" not in err, (argv, out, err)
    assert ticked("sync").status == 0
    assert ticked("outbox", "--json").json == {"items": []}
    assert len(comments_of(double)) == 1 and len(comments_of(double, "kubevirt/enhancements#20")) == 1
    items = ("prs-merged", "docs-merged", "bugs-tracked", "implemented")
    assert states_on(double, TEN) == dict.fromkeys(items, "done")


def test_without_a_cache_folder_everything_is_fetched_anew(ticked: Command, double: Double) -> None:
    shutil.rmtree(store(ticked, "mirror.db").parent)
    arrives(ticked, double)
    assert ticked("show", "10", "--json").json["checklist"]["items"][0]["state"] == "done"
