"""`vep-tui config`: says where settings come from, finds slips by line, and leaves a usable file behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from command import Command


@pytest.fixture
def run(tmp_path: Path) -> Command:
    return Command("http://127.0.0.1:9", tmp_path, {})


def config_file(run: Command, text: str) -> Path:
    path = Path(run("config", "path").out.strip())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_show_names_the_source_of_every_value(run: Command) -> None:
    path = config_file(run, '\n[ui]\ndensity = "compact"\n[keys]\ntick = "x"\n[process.board]\nnumber = 22\n')
    rows = {row["name"]: row for row in run("config", "show", "--json", "--profile", "kubernetes").json["settings"]}
    assert rows["ui.density"]["value"] == "compact" and rows["ui.density"]["from"] == f"{path}, line 3"
    assert rows["ui.theme"]["from"] == "default"
    assert rows["github.api_url"] == {
        "name": "github.api_url",
        "value": "http://127.0.0.1:9",
        "from": "VEP_TUI_API_URL",
    }
    assert rows["profile"]["from"] == "--profile"
    assert rows["keys.tick"]["from"] == f"{path}, line 5" and rows["process.board.number"]["value"] == 22
    assert "compact" in run("config", "show").out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[ui]\n\ndensity = "compct"', "line 3: ui.density is 'compct'; did you mean 'compact'?"),
        ("[ui]\ntheme = 'vep-drak'", "line 2: ui.theme: there is no theme 'vep-drak'; did you mean 'vep-dark'?"),
        ("[keys]\ntik = 'x'", "line 2: keys.tik is no command; did you mean 'tick'?"),
        ("[keys]\ntick = 'spcae'", 'line 2: keys.tick: "spcae" is not a key'),
        ("[keys]\n\ntick = 'n'", 'line 3: keys.tick: "n" is used by tick and note'),
        ("\n[[views]]\nname = 'a'\nquery = 'sgi:x'", "line 2: the view 'a'"),
        ("[process.board]\nnumber = '22'", "line 2: process.board.number must be a whole number"),
        ("[process]\n\nboard = 3", "line 3: process.board must be a table"),
        ("profile = 'kubernets'", "did you mean 'kubernetes'"),
        ("[github]\napi_url = 'http://example.org'", "https"),
        ("[process]\nchecklist = 1\n[process.thresholds]\ncheck_in = 'x'", "line 2: process.checklist must be a list"),
        ('[ui]\ncolumns = ["sig", "titel"]', "line 2: ui.columns has 'titel'"),
        ('[ui]\ntheme = "drakula"', "line 2: ui.theme: there is no theme 'drakula'; did you mean 'dracula'?"),
        ('[ui]\nnotify_command = "say \'it"', "line 2: ui.notify_command"),
        ("[ui", "line 1"),
    ],
)
def test_check_names_the_place_and_the_nearest_word(run: Command, text: str, said: str) -> None:
    config_file(run, text)
    done = run("config", "check")
    assert done.status == 2 and said in done.err and "Traceback" not in done.err


def test_check_warns_of_what_has_no_effect(run: Command) -> None:
    config_file(run, '[ui]\ntheem = "x"\n[process.thresholds]\nchek_in = 3\n[me]\nsigs = ["comptue"]\n')
    done = run("config", "check")
    assert done.status == 0
    assert "line 2: ui.theem is no setting; did you mean 'ui.theme'?" in done.err
    assert "line 6: me.sigs: no such SIG is known here: 'comptue'; did you mean 'compute'?" in done.err
    assert "line 4: process.thresholds.chek_in changes nothing; did you mean 'check_in'?" in done.err


def test_edit_begins_a_file_opens_the_editor_and_checks_afterwards(run: Command, tmp_path: Path) -> None:
    editor = tmp_path / "my editor.py"
    editor.write_text(
        "import pathlib, sys\np = pathlib.Path(sys.argv[1])\n"
        "p.write_text(p.read_text().replace('#density = \"comfortable\"', 'density = \"compct\"'))\n"
    )
    run.env["EDITOR"] = f"{sys.executable} '{editor}'"
    done = run("config", "edit")
    assert done.status == 2 and "did you mean 'compact'" in done.err
    run.env["EDITOR"] = "no-such-editor"
    assert run("config", "edit").status == 1


def test_set_and_unset_change_one_setting(run: Command) -> None:
    assert run("config", "set", "ui.theme", "dracula").status == 0
    assert "dracula" in run("config", "show").out
    assert run("config", "unset", "ui.theme").status == 0
    assert "dracula" not in run("config", "show").out
    for words in (("set", "ui.theme"), ("set", "ui.thme", "x"), ("unset",), ("path", "ui.theme")):
        assert run("config", *words).status == 2, words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nprofile = 'kubernets'", "line 2: There is no profile or TOML file 'kubernets'; did you mean 'kubernetes'?"),
        ("[process.board]\nnumber = '22'", "line 2: process.board.number must be a whole number"),
    ],
)
def test_every_command_names_the_line_that_stops_it(run: Command, text: str, said: str) -> None:
    config_file(run, text)
    done = run("list")
    assert done.status == 2 and said in done.err and done.err.count("\n") == 1


def test_an_address_in_the_file_that_must_not_be_used_is_named_with_its_line(run: Command) -> None:
    config_file(run, "[github]\napi_url = 'http://example.org'")
    assert run("list").status == 0, "the environment comes first"
    run.env["VEP_TUI_API_URL"] = ""
    done = run("list")
    assert done.status == 2 and "line 2: http://example.org would send your token unencrypted" in done.err


def test_show_names_the_line_of_views_dates_and_process(run: Command) -> None:
    path = config_file(
        run,
        '[[views]]\nname = "a"\nquery = "x"\n[[views]]\nname = "b"\nquery = "y"\n[dates]\n'
        '"1.10" = { code_freeze = 2026-10-28 }\n[process.board]\nnumber = 22\n',
    )
    rows = {row["name"]: row["from"] for row in run("config", "show", "--json").json["settings"]}
    wanted = {"views.b": 4, "dates.1.10.code_freeze": 8, "process.board.number": 10}
    assert {name: rows[name] for name in wanted} == {name: f"{path}, line {line}" for name, line in wanted.items()}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ui.theme", "drakula", "did you mean 'dracula'"),
        ("profile", "kubernets", "did you mean 'kubernetes'"),
        ("github.api_url", "http://example.org", "unencrypted"),
        ("ui.columns", "age,stge", "ui.columns has 'stge'; did you mean 'stage'?"),
    ],
)
def test_what_could_not_be_used_is_not_set(run: Command, name: str, value: str, said: str) -> None:
    path = config_file(run, "# mine\n")
    done = run("config", "set", name, value)
    assert done.status == 2 and said in done.err
    assert path.read_text(encoding="utf-8") == "# mine\n"


def test_a_broken_file_is_told_by_unset_and_left_alone(run: Command) -> None:
    path = config_file(run, "[ui\n")
    done = run("config", "unset", "ui.theme")
    assert done.status == 2 and "nothing was written" in done.err and "fault" not in done.err
    assert path.read_text(encoding="utf-8") == "[ui\n"


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(run: Command, tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("", encoding="utf-8")
    done = run("config", "set", "ui.theme", "nord", "--config", str(tmp_path / "in-the-way" / "config.toml"))
    assert done.status in (1, 2) and "in-the-way" in done.err and "fault" not in done.err


def test_a_broken_file_does_not_keep_one_from_mending_it(run: Command) -> None:
    config_file(run, "[ui\n")
    assert run("list").status == 2
    assert run("config", "path").status == 0
    run.env["EDITOR"] = "true"
    assert run("config", "edit").status == 2
