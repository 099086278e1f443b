"""The commands as a script uses them: JSON on stdout, sentences on stderr, exit statuses as documented."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import Command

from vep_tui.cli.arguments import build_parser
from vep_tui.cli.examples import EXAMPLES
from vep_tui.cli.exits import CommandError
from vep_tui.cli.parts import open_parts
from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.server import Double


def comments(world: Double, number: int) -> list[str]:
    return [c.body for c in world.site.repo("kubevirt/enhancements").issues[number].comments if c.author == "river"]


def test_every_command_starts_by_itself(synced: Command) -> None:
    """In a Python of its own, where nothing is loaded but what the command loads."""
    synced.afresh = True
    words = [("sync", "--full"), ("list",), ("show", "26"), ("tick", "26", "prs-merged", "--push"), ("outbox",)]
    words += [("report",), ("doctor",), ("config", "show"), ("completion", "bash")]
    assert {argv[0] for argv in words} == EXAMPLES.keys() - {""}
    for argv in words:
        done = synced(*argv)
        assert done.status == 0 and done.out, (argv, done)


def test_what_was_never_fetched_is_unknown_and_not_absent(run: Command, world: Double) -> None:
    def verdicts() -> dict[str, str]:
        items = run("show", "48", "--json").json["checklist"]["items"]
        return {item["key"]: item["evidence"]["verdict"] for item in items}

    def complains() -> bool:
        items = run("list", "--view", "all", "--json").json["items"]
        return any(reason["text"] == "no docs PR is known" for item in items for reason in item["reasons"])

    world.faults.add(FAULTS["reset"]("graphql", skip=4, times=-1))
    assert run("sync").status == 1
    assert set(verdicts().values()) == {"unknown"}
    assert not complains()

    world.faults.clear()
    assert run("sync").status == 0
    assert verdicts()["bugs-tracked"] == "met" and verdicts()["docs-merged"] == "unmet"
    assert complains()

    world.faults.add(FAULTS["reset"]("graphql", skip=4, times=-1))
    run("sync", "--full")
    assert verdicts()["bugs-tracked"] == "met", "what is known does not become unknown because it cannot be renewed"


def test_a_tick_travels_from_the_command_line_to_one_comment(synced: Command, world: Double) -> None:
    made = synced("tick", "26", "prs-merged", "--note", "all five", "--json")
    assert made.status == 0 and made.json["delivery"] == "waiting"
    assert [i["item"] for i in synced("outbox", "--json").json["items"]] == ["prs-merged"]
    assert not comments(world, 26)

    said = synced("sync", "--json").json
    assert (said["ok"], said["sent"], said["held"], said["waiting"], said["in_doubt"]) == (True, 1, 0, 0, 0)
    assert said["fetched"].keys() >= {"issues", "pull_requests", "documents"}

    (body,) = comments(world, 26)
    assert body.startswith("<!-- vep-tui:1 release=1.9") and "- [x] All PRs are merged into release-1.9" in body
    assert synced("outbox", "--json").json == {"items": []}
    item = synced("show", "26", "--json").json["checklist"]["items"][0]
    assert (item["state"], item["by"], item["note"], item["delivery"]) == ("done", "river", "all five", "sent")


def test_a_tick_is_dated_by_the_replaced_clock(synced: Command, world: Double) -> None:
    assert synced("tick", "26", "prs-merged", "--json").json["created_at"].startswith("2026-06-30T09:00")
    assert synced("show", "26", "--json").json["checklist"]["items"][0]["at"].startswith("2026-06-30T09:00")

    assert synced("sync").status == 0
    (body,) = comments(world, 26)
    assert "\n  On 2026-06-30: " in body and " <!-- prs-merged 2026-06-30T09:00:00Z done -->" in body


def test_push_sends_at_once_and_edits_the_same_comment(synced: Command, world: Double) -> None:
    assert synced("tick", "26", "prs-merged", "--push", "--json").json["delivery"] == "sent"
    assert synced("tick", "26", "docs-merged", "--state", "na", "--push").status == 0
    (body,) = comments(world, 26)
    assert "does not apply" in body and "- [x] All PRs" in body


def test_a_tick_has_the_same_fields_before_and_after_it_was_sent(synced: Command, world: Double) -> None:
    waiting = synced("tick", "26", "prs-merged", "--note", "all seven", "--json").json
    (listed,) = synced("outbox", "--json").json["items"]
    assert "all seven" in synced("outbox").out
    sent = synced("tick", "26", "prs-merged", "--push", "--json").json
    assert waiting == listed and waiting["comment_url"] is None
    assert {name: sent[name] for name in ("delivery", "kind", "note", "reason")} == {
        "delivery": "sent",
        "kind": "tick",
        "note": "all seven",
        "reason": None,
    }
    assert list(sent) == list(waiting) and "/issues/26#issuecomment-" in sent["comment_url"]


def test_a_token_that_wants_single_sign_on_ends_with_the_status_of_credentials(synced: Command, world: Double) -> None:
    for words in (("sync",), ("tick", "26", "prs-merged", "--push")):
        world.faults.clear()
        world.faults.add(FAULTS["sso"]("graphql"))
        done = synced(*words)
        assert done.status == 4 and "Authorise the token for the organisation: https://" in done.err
    assert [entry["delivery"] for entry in synced("outbox", "--json").json["items"]] == ["waiting"]


def test_a_preview_has_what_waits_and_the_note_that_is_kept(synced: Command, world: Double) -> None:
    assert synced("tick", "26", "docs-merged", "--note", "in review").status == 0
    assert synced("tick", "26", "bugs-tracked", "--note", "none", "--push").status == 0
    assert synced("tick", "26", "implemented", "--note", "later").status == 0
    for words in (("prs-merged",), ("implemented", "--state", "na"), ("bugs-tracked",)):
        seen = synced("tick", "26", *words, "--preview").out
        assert synced("tick", "26", *words, "--push").status == 0
        (sent,) = comments(world, 26)
        # The marker differs, and what is said later on the same second is dated a second later.
        as_seen, as_sent = (re.sub(r"T09:00:\d\dZ", "", text.partition("\n")[2]) for text in (seen, sent))
        assert as_seen == f"{as_sent}\n"


def test_a_tick_names_its_release_leniently(synced: Command, world: Double) -> None:
    for named in ("v1.9", "v1.9.0", "1,9", "kubevirt 1.9"):
        assert synced("tick", "26", "prs-merged", "--release", named, "--json").json["release"] == "1.9"
    assert synced("tick", "26", "prs-merged", "--release", "v1.9", "--preview").out.startswith(
        "<!-- vep-tui:1 release=1.9 "
    )
    refused = synced("tick", "26", "prs-merged", "--release", "x.y")
    assert refused.status == 2 and "'x.y' is no release" in refused.err


def test_taking_back_what_others_said_too_names_them(synced: Command, world: Double) -> None:
    assert synced("tick", "12", "prs-merged", "--push").status == 0
    done = synced("tick", "12", "prs-merged", "--state", "todo", "--push")
    assert done.status == 0 and "bela says done" in done.out
    assert "- [ ] All PRs" in comments(world, 12)[0]


def test_a_locked_issue_holds_the_tick_and_says_why(synced: Command, world: Double) -> None:
    done = synced("tick", "57", "docs-merged", "--push")
    assert done.status == 1
    (entry,) = synced("outbox", "--json").json["items"]
    assert entry["delivery"] == "held" and "locked" in entry["reason"]
    assert entry["reason"] in done.err and f"outbox retry {entry['id']}" in done.err
    other = synced("tick", "26", "docs-merged", "--push", "--json")
    assert (other.status, other.json["delivery"]) == (1, "sent")
    assert "1 entry of the outbox is held; `vep-tui outbox` says why." in other.err
    again = synced("sync")
    assert again.status == 1 and "1 entry of the outbox is held; `vep-tui outbox` says why." in again.err
    assert synced("outbox", "drop", str(entry["id"])).status == 0
    assert synced("sync").status == 0
    assert not comments(world, 57)


def test_list_prints_the_views_and_filters_without_the_network(synced: Command, world: Double) -> None:
    world.stop()
    everything = synced("list", "--view", "all", "--json").json
    storage = synced("list", "--filter", "sig:storage kind:vep", "--json").json
    assert everything["phase"]["release"] == "1.9" and everything["phase"]["phase"] == "stabilisation"
    assert len(everything["items"]) > len(storage["items"]) > 5
    assert {i["owning_sig"] for i in storage["items"]} == {"storage"}
    assert len(synced("list", "--limit", "3", "--json").json["items"]) == 3
    first = synced("list", "--json").json["items"][0]
    assert first["reasons"] and first["score"] > 0
    world.start()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no file that is always full")
@pytest.mark.parametrize("end", ["2>/dev/full", "2>&-"])
def test_where_nobody_can_be_told_the_work_is_done_and_the_status_is_true(synced: Command, end: str) -> None:
    for words, status in (("show 4711", 2), ("sync", 0)):
        line = f'"{sys.executable}" -m vep_tui {words} {end}'
        done = subprocess.run(["sh", "-c", line], env=synced.environment(), capture_output=True, text=True, timeout=60)
        assert (done.returncode, "Traceback" in done.stdout) == (status, False), words


def test_a_filter_may_begin_with_a_minus(synced: Command) -> None:
    every, storage, others = (
        {item["number"] for item in synced("list", "--view", "all", *more, "--json").json["items"]}
        for more in ((), ("--filter", "sig:storage"), ("--filter", "-sig:storage"))
    )
    assert storage and others == every - storage
    assert "expected one argument" in synced("list", "--filter", "--json").err


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("show", "4711"), 2, "no VEP 4711"),
        (("show", "181"), 2, "pull request of VEP 130"),
        (("show", "abc"), 2, "issue number"),
        (("tick", "26", "nonsense"), 2, "prs-merged"),
        (("tick", "26", "prs-merged", "--release", "9.99"), 2, "release"),
        (("tick", "4711", "prs-merged"), 2, "no VEP 4711"),
        (("list", "--view", "al"), 2, "'all'"),
        (("list", "--filter", "sgi:compute"), 2, "sig"),
        (("list", "--filter", "foo:bar"), 2, """--filter '"..."'; fields are sig, stage"""),
        (("outbox", "retry"), 2, "ID"),
        (("outbox", "drop", "99"), 2, "no entry 99"),
        (("nonsense",), 2, "nonsense"),
        (("--api-url", "http://example.com", "list"), 2, "https"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_a_status(
    synced: Command, words: tuple[str, ...], status: int, said: str
) -> None:
    done = synced(*words)
    assert done.status == status, done
    assert said in done.err and "Traceback" not in done.err and done.out == ""


def test_no_github_is_status_3_and_bad_credentials_are_4(run: Command, world: Double) -> None:
    world.stop()
    away = run("sync")
    assert away.status == 3 and "GitHub" in away.err and "Traceback" not in away.err
    world.start()
    run.env["VEP_TUI_TOKEN"] = "bad"
    assert run("sync").status == 4
    assert run("doctor").status == 4


def test_a_sync_that_failed_says_why_once_and_on_stderr(run: Command) -> None:
    run.env["VEP_TUI_TOKEN"] = "bad"
    done = run("sync")
    assert done.status == 4 and done.out == ""
    assert done.err.count("gh auth login") == 1
    assert done.err.endswith("The token came from VEP_TUI_TOKEN.\n"), "so that one knows which to renew"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("lsit",), "there is no 'lsit'; did you mean 'list'?"),
        (("config", "sho"), "there is no 'sho'; did you mean 'show'?"),
        (("completion", "csh"), "did you mean 'zsh'?"),
        (("zzz",), "there is no 'zzz'; valid are sync, list, show"),
    ],
)
def test_a_mistyped_word_is_answered_with_the_nearest(run: Command, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.status == 2 and said in done.err and done.out == ""


def test_the_doctor_of_a_demo_finds_nothing_to_complain_about(run: Command) -> None:
    done = run("--demo", "doctor", "--json")
    assert done.status == 0
    assert {f["about"]: f["text"] for f in done.json["findings"] if f["state"] != "ok"} == {}


def test_a_first_list_says_to_sync(run: Command) -> None:
    assert "vep-tui sync" in run("list").out
    assert run("show", "26").status == 2


def test_a_wrong_config_is_named_with_its_line(run: Command, tmp_path: Path) -> None:
    config = tmp_path / "mine.toml"
    config.write_text("[ui]\nascii = 3\n", encoding="utf-8")
    done = run("--config", str(config), "list")
    assert done.status == 2 and "mine.toml, line 2" in done.err


def test_keys_that_cannot_work_are_named_before_the_screen_opens(run: Command, tmp_path: Path) -> None:
    config = tmp_path / "mine.toml"
    config.write_text('[keys]\ntick = "n"\nfly = "f"\n\n[[views]]\nname = "odd"\nquery = "foo:x"\n', encoding="utf-8")
    done = run("--config", str(config))
    assert done.status == 2
    assert 'there is no command "fly" (and 1 more' in done.err and done.err.count("\n") == 1
    doctor = run("--config", str(config), "doctor")
    assert doctor.status == 2
    assert '"n" is used by tick and note' in doctor.out and "the view 'odd' cannot be shown" in doctor.out


def test_doctor_says_where_the_token_came_from_and_never_the_token(synced: Command) -> None:
    synced.env["VEP_TUI_TOKEN"] = "tok-3141592"
    done = synced("doctor")
    assert done.status == 0, done
    assert "VEP_TUI_TOKEN" in done.out and "tok-3141592" not in done.out + done.err
    assert "river" in done.out and "v1.10" in done.out
    assert {f["about"] for f in synced("doctor", "--json").json["findings"]} >= {"token", "cache", "limit", "clock"}


@pytest.mark.parametrize(
    ("fault", "said"),
    [("clock-ahead", "behind"), ("clock-behind", "ahead of")],
)
def test_doctor_says_how_far_and_to_which_side_the_clock_is_off(
    synced: Command, world: Double, fault: str, said: str
) -> None:
    world.site.now = datetime.now(UTC)
    world.faults.add(FAULTS[fault](times=-1))
    assert re.search(rf"this clock is [23]:\d\d:\d\d {said} GitHub's", synced("doctor").out)


def test_without_a_terminal_the_screen_refuses(run: Command) -> None:
    done = run()
    assert done.status == 2 and "terminal" in done.err


def test_no_output_has_colour_or_control_characters(synced: Command) -> None:
    issue = "26"
    for words in (("list",), ("show", issue), ("outbox",), ("doctor",)):
        assert "\x1b" not in synced(*words).out


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("--keys",)])
def test_small_questions_load_neither_the_screen_nor_the_network(words: tuple[str, ...]) -> None:
    code = (
        "import sys; from vep_tui.cli import main; status = main(sys.argv[1:]);"
        "loaded = {m.split('.')[0] for m in sys.modules};"
        "print(status, *{'textual', 'github', 'sqlite3', 'yaml'} & loaded, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    assert done.stderr.split("\n")[0] == "0"
    assert done.stdout.strip()


def test_a_demo_without_its_package_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graphql", None)
    args = build_parser().parse_args(["--demo", "--config", str(tmp_path / "config.toml"), "list"])
    with pytest.raises(CommandError, match=r"install vep-tui\[demo\]"), open_parts(args, {}):
        pass


def test_the_demo_answers_without_token_or_network(tmp_path: Path) -> None:
    run = Command("https://api.github.com", tmp_path)
    done = run("--demo", "show", "23", "--json")
    assert done.status == 0 and done.json["number"] == 23
    assert not (tmp_path / "data").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_reader_that_leaves_early_is_no_error(synced: Command) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "vep_tui", "list", "--view", "all"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        env=synced.environment(),
        check=False,
    )
    os.close(write)
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr
