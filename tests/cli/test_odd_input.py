"""What a person may type, set or pipe by mistake ends in a sentence and a status, never in a traceback or a fault."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import Command

from vep_tui.cli import main
from vep_tui.core.models import Tick
from vep_tui.store.desk import Desk

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a shell, closed streams and the words of POSIX")


def piped(run: Command, words: str) -> tuple[int, str]:
    """Status and stderr of `vep-tui` with its words and redirections as a shell reads them."""
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m vep_tui {words}', sys.executable],
        capture_output=True,
        text=True,
        timeout=60,
        env=run.environment(),
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is played by /dev/full")
def test_keys_that_cannot_be_written_are_told_in_a_sentence(run: Command) -> None:
    for run.env["PYTHONUNBUFFERED"] in ("", "1"):
        status, told = piped(run, "--keys >/dev/full")
        assert status == 1 and "could not be" in told and "No space left" in told and "Errno" not in told


@pytest.mark.parametrize(
    "address", ["https://[::1", "https://host:99999", "https://host:0", "https://a b", "https://a?b"]
)
def test_what_is_no_address_is_told_before_anything_is_opened(run: Command, address: str) -> None:
    done = run("list", "--api-url", address)
    assert (
        done.status == 2
        and done.err == f"vep-tui: {address!r} is no API address: give one like https://api.github.com\n"
    )


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_no_fault(run: Command, closed: str) -> None:
    for words, status in (("list", 0), ("outbox", 0), ("config show", 0), ("show 1", 2), ("", 2)):
        left, told = piped(run, f"{words} {closed}")
        assert left == status and "fault" not in told and "Traceback" not in told, words


def test_doctor_needs_no_stderr(synced: Command) -> None:
    assert piped(synced, "doctor 2>&-") == (0, "")


@pytest.mark.parametrize("now", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31", "tomorrow"])
def test_a_day_that_cannot_be_counted_from_is_told(run: Command, now: str) -> None:
    run.env["VEP_TUI_NOW"] = now
    done = run("list")
    assert done.status == 2 and done.err.startswith(f"vep-tui: VEP_TUI_NOW is {now!r}: give an ISO time")
    assert run("doctor", "--json").status == 2


@pytest.mark.parametrize("port", ["99999", "65536", "0", "-1", "http"])
def test_a_port_that_is_none_is_a_slip(run: Command, port: str) -> None:
    done = run("--web", "--web-port", port)
    assert done.status == 2 and f"{port!r} is no port: give one from 1 to 65535" in done.err


def test_the_web_serves_the_screen_and_no_command(run: Command) -> None:
    done = run("--web", "--web-host", "192.0.2.1", "list")
    assert done.status == 2 and done.err == "vep-tui: --web serves the screen: leave list or --web out.\n"


def test_doctor_goes_on_to_its_end_with_a_token_that_is_none(synced: Command) -> None:
    synced.env["VEP_TUI_TOKEN"] = "two words"
    done = synced("doctor", "--json")
    assert done.status == 4 and not done.err
    token = done.json["findings"][-1]
    assert (token["about"], token["state"]) == ("token", "problem")
    assert token["text"] == "What VEP_TUI_TOKEN gives holds characters that no token has"
    assert token["advice"] == "set VEP_TUI_TOKEN anew, without blanks or line ends inside, or unset it"


@pytest.mark.parametrize("value", ["two words", "one\ntwo", "tökn", "tab\tin"])
def test_a_malformed_token_ends_with_the_status_of_credentials(synced: Command, value: str) -> None:
    synced.env["VEP_TUI_TOKEN"] = value
    told = "vep-tui: What VEP_TUI_TOKEN gives holds characters that no token has: set VEP_TUI_TOKEN anew, "
    for words in (("sync", "--json"), ("tick", "26", "prs-merged", "--push")):
        done = synced(*words)
        assert (done.status, done.err.count("\n")) == (4, 1) and done.err.startswith(told) and value not in done.err
    assert done.out == "VEP 26, v1.9: prs-merged is done; waiting.\n"
    said = synced("sync", "--json").json
    assert (said["ok"], said["trouble"], said["waiting"], said["requests"]) == (False, "credentials", 1, 0)
    synced.env["VEP_TUI_TOKEN"] = ""
    assert synced("sync", "--json").json.keys() == said.keys()


def test_a_tick_that_another_vep_tui_replaced_is_not_called_sent(
    synced: Command, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two at once: what the outbox holds is the later word, and nothing has been sent."""

    def want_twice(desk: Desk, *words: Any) -> Tick:
        made = tick(desk, *words)
        assert tick(desk, *words).id != made.id
        return made

    for name, value in synced.environment().items():
        monkeypatch.setenv(name, value)
    tick = Desk.tick
    monkeypatch.setattr(Desk, "tick", want_twice)
    assert main(["tick", "26", "prs-merged"]) == 0
    said = capsys.readouterr().out
    assert said == "VEP 26, v1.9: prs-merged is done; waiting. A later word of yours has taken its place.\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("tick", "26", "docs-mergd"), "There is no checklist item 'docs-mergd'; did you mean 'docs-merged'?"),
        (("tick", "26", "docs", "--preview"), "There is no checklist item 'docs'; valid are prs-merged, docs-merged,"),
        (("list", "--view", "nees-me"), "There is no view 'nees-me'; did you mean 'needs-me'?"),
        (("report", "--sig", "compte"), "There is no SIG 'compte'; did you mean 'compute'?"),
    ],
)
def test_a_mistyped_word_is_answered_with_the_nearest_one(synced: Command, words: tuple[str, ...], told: str) -> None:
    done = synced(*words)
    assert done.status == 2 and done.err.startswith(f"vep-tui: {told}") and "?." not in done.err


def test_a_release_is_read_as_people_write_it(synced: Command) -> None:
    for said in ("v1.10", "1.10.0", " 1,10"):
        done = synced("tick", "26", "prs-merged", "--release", said)
        assert (done.status, done.out) == (0, "VEP 26, v1.10: prs-merged is done; waiting.\n"), done.err
    for said in ("", "soon"):
        for more in ((), ("--preview",)):
            done = synced("tick", "26", "prs-merged", "--release", said, *more)
            assert (done.status, done.err) == (2, f"vep-tui: {said!r} is no release: give one like 1.10.\n")


def test_a_login_is_written_without_its_at_sign(run: Command) -> None:
    odd = ("@river", "river b", "río", "river_", "r_b_c", "r.b", "r" * 40, "river\n")
    for name, said in (*(("me.login", login) for login in odd), ("me.reviewers", "bela,@dov")):
        done = run("config", "set", name, said)
        assert done.status == 2 and "is no login: write it as in 'octocat', without @ and blanks" in done.err
    assert run("config", "set", "me.reviewers", f"bela,dov_redhat,old-,a--b,9,{'r' * 39},dependabot[bot]").status == 0
    (run.home / "config" / "vep-tui" / "config.toml").write_text('[me]\nlogin = "@river"\n', "utf-8")
    assert "line 2: me.login: '@river' is no login" in run("config", "check").err


def test_no_folder_that_a_command_makes_is_open_to_others(run: Command) -> None:
    """Other hosts and profiles have a folder below the one of github.com."""
    assert run("sync").status == 0
    made = [folder for name in ("cache", "data") for folder in (run.home / name).rglob("*") if folder.is_dir()]
    assert made and {folder.stat().st_mode & 0o777 for folder in made} == {0o700}


def test_settings_that_were_named_and_are_not_there_are_missed(run: Command) -> None:
    done = run("list", "--config", "nowhere.toml")
    assert (done.status, done.err) == (0, "vep-tui: warning: nowhere.toml is not there: defaults apply\n")
    assert not run("list").err


def test_options_may_stand_between_words_that_may_be_left_out(synced: Command) -> None:
    own = str(synced.home / "own.toml")
    assert synced("config", "set", "--config", own, "ui.theme", "vep-light").status == 0
    assert synced("config", "--config", own, "set", "me.sigs", "--json", "compute").status == 0
    assert "vep-light" in synced("config", "show", "--config", own).out
    synced("tick", "26", "prs-merged")
    ticked = synced("outbox", "--json").json["items"][0]["id"]
    assert synced("outbox", "drop", "--json", str(ticked)).json["items"] == []
    for words in (("config", "shw"), ("config",), ("config", "set", "a", "b", "c"), ("outbox", "drop", "x")):
        assert synced(*words).status == 2, words


def test_a_process_that_an_unknown_word_broke_is_told_by_that_word(run: Command) -> None:
    own = run.home / "own.toml"
    own.write_text("[process.stale]\ndays = 5\n", "utf-8")
    for words in (("list",), ("config", "check")):
        done = run(*words, "--config", str(own))
        assert done.status == 2 and "line 2: process.stale.days changes nothing; valid are issue, pull" in done.err
        assert "iterable" not in done.err


def test_why_a_file_cannot_be_read_is_told_in_words(run: Command) -> None:
    (run.home / "folder").mkdir()
    (run.home / "bytes.toml").write_bytes(b"\xff\xfe")
    for option in ("--config", "--profile"):
        for name, why in (("folder", "Is a directory"), ("bytes.toml", "it is no UTF-8 text")):
            done = run("list", option, str(run.home / name))
            assert done.status == 2 and done.err.rstrip().endswith(f"{name} cannot be read: {why}"), done.err
    run.env["EDITOR"] = "no-such-editor"
    assert "could not be started (No such file or directory): set $EDITOR." in run("config", "edit").err


def test_a_filter_that_finds_nothing_is_not_taken_for_an_empty_view(synced: Command) -> None:
    assert synced("list", "--filter", "zzz").out.endswith(
        "in the view 'all', which is kind:vep is:open; --view names another.\n"
    )
    narrowed = synced("list", "--view", "needs-me", "--filter", "zzz").out
    assert narrowed.endswith("in the view 'needs-me', which is is:attention; --view names another.\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("lst",), "COMMAND: there is no 'lst'; did you mean 'list'? See vep-tui --help"),
        (("tick", "26"), "the following arguments are required: ITEM; see vep-tui tick --help"),
        (("list", "--limit", "0"), "--limit: '0' is no positive whole number; see vep-tui list --help"),
        (("list", "--bogus"), "there is no option --bogus; see vep-tui list --help"),
        (("outbox", "retry", "3", "4\n5"), "unrecognized arguments: 4\\n5; see vep-tui outbox --help"),
        (("--port", "3"), "there is no option --port; did you mean '--web-port'? See vep-tui --help"),
        (("list", "--veiw=all"), "there is no option --veiw; did you mean '--view'? See vep-tui list --help"),
        (
            ("tick", "26", "prs-merged", "--push", "--preview"),
            "--preview: not allowed with argument --push; see vep-tui tick --help",
        ),
        (("--bogus", "list"), "there is no option --bogus; see vep-tui --help"),
    ],
)
def test_a_usage_error_is_one_line_that_says_where_to_read_more(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"vep-tui: {told}\n")


@pytest.mark.parametrize("words", [("list",), ("config", "path"), ("tick", "26", "prs-merged"), ("--demo", "list")])
def test_a_user_without_a_home_is_told_to_set_one(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nowhere(*_: Any, **__: Any) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("platformdirs.user_config_path", nowhere)
    assert main(words) == 2
    assert capsys.readouterr().err == (
        "vep-tui: Nobody knows your home folder, where settings and outbox are: set HOME\n"
    )
