"""The doctor finds what is wrong, and with --fix mends what loses nothing; each on files that really are so."""

from __future__ import annotations

import io
import logging
import os
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from command import Command, Done

from vep_tui.cli import main
from vep_tui.cli.doctor_github import credentials
from vep_tui.cli.doctor_machine import terminal
from vep_tui.cli.log import log_to
from vep_tui.cli.parts import Parts
from vep_tui.cli.profiles import load_process
from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.server import Double
from vep_tui.settings import parse_config, temporary_paths, token_names
from vep_tui.settings.writing import default_text

posix = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")


def file_of(command: Command, name: str) -> Path:
    (found,) = command.home.rglob(name)
    return found


def findings(done: Done, *states: str) -> list[dict[str, Any]]:
    return [finding for finding in done.json["findings"] if finding["state"] in states]


def said(done: Done) -> str:
    """All that is noted, a problem or mended, on one line."""
    return " ".join(f"{f['text']} {f['advice']}" for f in findings(done, "note", "problem", "mended"))


def fixed(command: Command) -> Done:
    """What `doctor --fix` says; all is well when it is asked again."""
    done = command("doctor", "--fix", "--json")
    assert done.status == 0 and findings(done, "mended"), done
    again = command("doctor", "--fix", "--json")
    assert again.status == 0 and not findings(again, "mended", "problem"), again
    return done


def rows(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as raw, raw:
        return raw.execute(sql).fetchall()


def break_page(path: Path, number: int) -> None:
    rows(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek(number * 4096)
        file.write(b"\xff" * 4096)


@pytest.fixture
def settled(synced: Command) -> Command:
    """A home in which there is nothing to mend."""
    synced("config", "set", "ui.mouse", "true")
    assert not findings(synced("doctor", "--fix", "--json"), "mended")
    return synced


def test_a_doctor_without_fix_changes_nothing(synced: Command) -> None:
    cache = file_of(synced, "mirror.db")
    cache.write_bytes(b"this is no database" * 100)
    done = synced("doctor", "--json")
    assert done.status == 1 and "is damaged" in said(done) and "vep-tui doctor --fix" in said(done)
    assert cache.read_bytes()[:7] == b"this is" and not list(cache.parent.glob("*damaged*"))
    assert not list(synced.home.rglob("config.toml"))


def test_a_missing_config_is_begun_with_the_commented_defaults(synced: Command) -> None:
    before = synced("doctor")
    assert before.status == 0 and "doctor --fix" in before.out
    fixed(synced)
    assert file_of(synced, "config.toml").read_text(encoding="utf-8") == default_text()


def test_settings_with_a_slip_are_not_called_well_beside_it(synced: Command) -> None:
    config = synced.home / "config" / "vep-tui" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('[ui]\ntheme = "drakula"\n', encoding="utf-8")
    said_of = [f["state"] for f in synced("doctor", "--json").json["findings"] if f["about"] == "config"]
    assert said_of == ["problem"]
    config.write_text('[ui]\ntheme = "dracula"\n', encoding="utf-8")
    said_of = [f["state"] for f in synced("doctor", "--json").json["findings"] if f["about"] == "config"]
    assert said_of == ["ok"]


@pytest.mark.parametrize("way", ["no database", "a page", "another program", "tables lost"])
def test_a_cache_that_cannot_be_used_is_begun_anew_and_no_tick_is_lost(settled: Command, way: str) -> None:
    assert settled("tick", "26", "prs-merged").status == 0
    cache = file_of(settled, "mirror.db")
    if way == "a page":
        break_page(cache, rows(cache, "SELECT rootpage FROM sqlite_master WHERE name = 'issue'")[0][0] - 1)
    elif way == "tables lost":
        rows(cache, "DROP TABLE queue")
    else:
        cache.unlink()
        if way == "no database":
            cache.write_bytes(b"this is no database" * 100)
        else:
            rows(cache, "CREATE TABLE meta (somebody TEXT)")
    found = settled("doctor", "--json")
    assert found.status == 1 and [f["about"] for f in findings(found, "problem")] == ["cache"]
    assert "begun anew" in said(fixed(settled))
    assert list(cache.parent.glob("mirror.db.damaged-*"))
    assert [entry["number"] for entry in settled("outbox", "--json").json["items"]] == [26]
    assert settled("sync").status == 0 and settled("show", "26").status == 0


def test_what_a_damaged_file_left_behind_is_told_with_the_command_that_deletes_it(settled: Command) -> None:
    cache = file_of(settled, "mirror.db")
    cache.write_bytes(b"this is no database" * 100)
    fixed(settled)
    kept = sorted(cache.parent.glob("mirror.db.damaged-*"))
    assert kept and f"rm {' '.join(map(str, kept))}" in said(settled("doctor", "--json"))


@pytest.mark.parametrize("way", ["a page", "an index"])
def test_of_a_damaged_outbox_every_readable_entry_is_taken_over(settled: Command, way: str) -> None:
    settled("tick", "26", "prs-merged", "--note", "all five")
    outbox = file_of(settled, "outbox.db")
    if way == "a page":
        break_page(outbox, rows(outbox, "SELECT rootpage FROM sqlite_master WHERE name = 'wish_by_op'")[0][0] - 1)
    else:
        with closing(sqlite3.connect(outbox)) as raw, raw:
            raw.execute("PRAGMA writable_schema = ON")
            raw.execute(
                "UPDATE sqlite_master SET sql = 'CREATE INDEX wish_by_op ON wish (body)' WHERE name = 'wish_by_op'"
            )
    found = settled("doctor", "--json")
    assert found.status == 1 and [f["about"] for f in findings(found, "problem")] == ["outbox"], found
    assert "1 entry could be read and was taken over" in said(fixed(settled))
    (entry,) = settled("outbox", "--json").json["items"]
    assert (entry["number"], entry["note"], entry["delivery"]) == (26, "all five", "waiting")
    assert settled("sync", "--json").json["sent"] == 1


def test_damage_that_a_command_meets_is_said_with_what_mends_it(settled: Command) -> None:
    cache = file_of(settled, "mirror.db")
    break_page(cache, rows(cache, "SELECT rootpage FROM sqlite_master WHERE name = 'issue'")[0][0] - 1)
    done = settled("show", "26")
    assert done.status == 1 and "vep-tui doctor --fix" in done.err


def test_a_store_that_another_program_has_open_is_not_set_aside(settled: Command) -> None:
    cache = file_of(settled, "mirror.db")
    rows(cache, "DROP TABLE queue")
    with closing(sqlite3.connect(cache)) as other:
        other.execute("SELECT * FROM meta").fetchall()
        done = settled("doctor", "--fix", "--json")
        assert done.status == 1 and "not mended: Another program keeps" in said(done)
        assert not list(cache.parent.glob("*damaged*"))
    assert "begun anew" in said(fixed(settled))


def test_a_store_of_a_newer_version_is_left_as_it_is_and_the_update_is_named(settled: Command) -> None:
    cache = file_of(settled, "mirror.db")
    rows(cache, "PRAGMA user_version = 99")
    done = settled("doctor", "--fix", "--json")
    assert done.status == 1 and "newer vep-tui" in said(done) and "pipx upgrade" in said(done)
    assert not list(cache.parent.glob("*damaged*"))


@posix
def test_files_and_folders_that_others_can_read_are_made_private(settled: Command) -> None:
    outbox = file_of(settled, "outbox.db")
    outbox.chmod(0o644)
    outbox.parent.chmod(0o755)
    found = settled("doctor", "--json")
    assert found.status == 0 and f"chmod 600 {outbox}" in said(found) and f"chmod 700 {outbox.parent}" in said(found)
    outbox.parent.chmod(0o755)  # opening the store has closed it
    fixed(settled)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (outbox, outbox.parent)] == [0o600, 0o700]


@posix
def test_files_that_their_owner_cannot_write_can_be_written_again(settled: Command) -> None:
    outbox = file_of(settled, "outbox.db")
    outbox.chmod(0o400)
    assert settled("doctor", "--json").status == 1
    fixed(settled)
    assert stat.S_IMODE(outbox.stat().st_mode) == 0o600


def test_a_file_in_the_place_of_a_folder_is_named_with_the_way_out(run: Command) -> None:
    (run.home / "cache").mkdir()
    (run.home / "cache" / "vep-tui").mkdir()
    (run.home / "cache" / "vep-tui" / "127.0.0.1").write_text("in the way", encoding="utf-8")
    done = run("doctor", "--fix", "--json")
    assert done.status == 1 and "is no folder" in said(done) and "mv " in said(done)
    assert {f["about"] for f in findings(done, "ok")} >= {"token", "github"}, "what else there is was looked at"


def test_what_a_broken_off_sync_left_is_computed_without_github(settled: Command, world: Double) -> None:
    cache = file_of(settled, "mirror.db")
    rows(cache, "INSERT OR REPLACE INTO meta VALUES ('behind', 'true')")
    rows(cache, "DELETE FROM queue WHERE number = 26")
    world.stop()
    assert "broken off" in said(settled("doctor", "--json"))
    done = settled("doctor", "--fix", "--json")
    assert done.status == 3 and "computed anew" in said(done)
    assert "26" in {str(item["number"]) for item in settled("list", "--view", "all", "--json").json["items"]}
    assert not findings(settled("doctor", "--fix", "--json"), "mended")
    world.start()


def test_a_lease_that_a_dead_process_left_is_taken_away(settled: Command) -> None:
    outbox = file_of(settled, "outbox.db")
    rows(outbox, "INSERT INTO lease VALUES ('push', 'somebody', 1, 'here/before', 17.0)")
    assert "lease" in said(settled("doctor", "--json"))
    fixed(settled)
    assert rows(outbox, "SELECT * FROM lease") == []


def test_an_entry_that_no_sync_would_settle_is_held_for_its_owner(settled: Command, world: Double) -> None:
    settled("tick", "26", "prs-merged")
    rows(file_of(settled, "outbox.db"), "UPDATE wish SET delivery = 'sending', op = 'gone'")
    before = settled("sync", "--json")
    assert before.status == 1 and before.json["in_doubt"] == 1
    assert "no request is known" in said(settled("doctor", "--json"))
    fixed(settled)
    (entry,) = settled("outbox", "--json").json["items"]
    assert entry["delivery"] == "held" and "Look at the thread on GitHub" in entry["reason"]
    assert settled("outbox", "retry", str(entry["id"])).status == 0
    assert settled("sync", "--json").json["sent"] == 1


def test_what_is_in_doubt_is_left_to_the_next_sync(settled: Command) -> None:
    settled("tick", "26", "prs-merged")
    outbox = file_of(settled, "outbox.db")
    rows(outbox, "UPDATE wish SET delivery = 'sending', op = 'op1'")
    rows(
        outbox,
        "INSERT INTO attempt VALUES ('op1', 26, '1.9', 'tick', 'post', '', 'x', '', '2026-06-30T09:00:00.000000Z', 0)",
    )
    done = settled("doctor", "--fix", "--json")
    assert done.status == 0 and "1 in doubt" in said(done) and "vep-tui sync" in said(done)
    assert not findings(done, "mended") and rows(outbox, "SELECT delivery FROM wish") == [("sending",)]


def test_a_login_that_is_not_the_tokens_is_noted(settled: Command) -> None:
    settled("config", "set", "me.login", "somebody")
    done = settled("doctor", "--json")
    assert done.status == 0 and "vep-tui config unset me.login" in said(done)


def test_the_token_that_is_missing_is_named_for_its_host() -> None:
    assert token_names("github.com")[0] == "GH_TOKEN"
    assert token_names("ghe.example.org")[0] == "GH_ENTERPRISE_TOKEN"


def test_what_is_mended_is_said_to_people_too(synced: Command) -> None:
    done = synced("doctor", "--fix")
    assert done.status == 0 and done.out.startswith("mended   config"), done.out


@posix
def test_a_sync_tells_of_a_gh_that_does_not_answer_and_asks_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("vep_tui.settings.tokens._PATIENCE", 0.2)
    (tmp_path / "gh").write_text("#!/bin/sh\nexec sleep 60\n")
    (tmp_path / "gh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert main(["sync", "--api-url", "https://ghe.example.com/api/v3"]) == 4
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1
    assert "`gh auth token` gave no answer in 0.2 s: run `gh auth token --hostname ghe.example.com`" in told.err
    assert "or set GH_ENTERPRISE_TOKEN" in told.err


class Terminal(io.TextIOWrapper):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("encoding", "kind", "config", "notes"),
    [
        ("utf-8", "xterm-256color", "", ()),
        ("utf-8", "dumb", "", ("export TERM=", "config set ui.ascii false")),
        ("latin-1", "xterm", "", ("ui.ascii true",)),
        ("latin-1", "xterm", "[ui]\nascii = true\n", ()),
        ("utf-8", "linux", "", ("config set ui.ascii false",)),
        ("utf-8", "linux", "[ui]\nascii = false\n", ()),
    ],
)
def test_a_terminal_that_cannot_show_the_screen_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, kind: str, config: str, notes: tuple[str, ...]
) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal(io.BytesIO(), encoding=encoding))
    monkeypatch.setenv("TERM", kind)
    paths = temporary_paths(tmp_path, tmp_path / "config.toml")
    parts = Parts(parse_config(config), load_process("kubevirt", {}), paths, "http://127.0.0.1:9", {"TERM": kind})
    found = [finding.advice for finding in terminal(parts) if finding.state == "note"]
    assert len(found) == len(notes) and all(words in said for words, said in zip(notes, found, strict=True))


@posix
@pytest.mark.parametrize(
    ("gh", "env", "text", "advice"),
    [
        (
            "exec sleep 60",
            {},
            "`gh auth token` gave no answer in 0.2 s",
            "run `gh auth token --hostname github.com` to see",
        ),
        ("exit 1", {}, "none found for github.com", "run `gh auth login --hostname github.com`, or set GH_TOKEN"),
        ("exit 1", {"GH_TOKEN": ""}, "none found for github.com; GH_TOKEN is set, but empty", "run `gh auth login"),
    ],
)
def test_why_there_is_no_token_is_said(
    gh: str, env: dict[str, str], text: str, advice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vep_tui.settings.tokens._PATIENCE", 0.2)
    (tmp_path / "gh").write_text(f"#!/bin/sh\n{gh}\n")
    (tmp_path / "gh").chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    paths = temporary_paths(tmp_path, tmp_path / "config.toml")
    parts = Parts(
        parse_config(""), load_process("kubevirt", {}), paths, "https://api.github.com", {"PATH": path, **env}
    )
    (finding,) = credentials(parts)
    assert (finding.state, finding.text) == ("problem", text)
    assert finding.advice.startswith(advice)


@posix
def test_the_log_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    logger = logging.getLogger("vep_tui")
    before = logger.handlers[:]
    for words in ("a long sync" * 100_000, "another"):
        log_to(tmp_path / "log" / "vep-tui.log")
        (handler,) = (one for one in logger.handlers if one not in before)
        try:
            logger.info(words)
        finally:
            logger.removeHandler(handler)
            handler.close()
    assert (tmp_path / "log" / "vep-tui.log").read_text(encoding="utf-8").endswith(": another\n")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "log").iterdir()}
    assert modes == {"vep-tui.log": 0o600, "vep-tui.log.1": 0o600}


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        ("bad-credentials", 4, "make a new token"),
        ("sso", 4, "Authorise the token"),
        ("portal-html", 3, "check the network and the address"),
        ("server-error", 1, "GitHub has trouble (500)"),
        ("secondary-limit", 1, "GitHub wants a pause"),
    ],
)
def test_what_github_answers_gives_the_status_of_a_sync(
    synced: Command, world: Double, fault: str, status: int, words: str
) -> None:
    world.faults.add(FAULTS[fault](times=-1))
    found = synced("doctor", "--json")
    assert found.status == status == synced("sync").status and words in said(found)
    assert ("check the network" in said(found)) is (status == 3)
