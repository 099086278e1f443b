"""`vep-tui config`: says where settings come from, finds slips by line, and leaves a usable file behind."""

from __future__ import annotations

import os
import re
import sys
from importlib import resources
from pathlib import Path

import pytest
from command import Command

from vep_tui.settings import OPTIONS, Option
from vep_tui.settings.options import ENTRIES


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
    ("text", "env", "argv", "value", "source"),
    [
        ("", {"GH_HOST": "GHE.example.com"}, (), "https://ghe.example.com/api/v3", "GH_HOST"),
        ("[github]\napi_url = 'https://api.github.com'", {"GH_HOST": "ghe.example.com"}, (), None, "line 2"),
        (
            "",
            {"GH_HOST": "ghe.example.com", "VEP_TUI_API_URL": "http://[::1]:1"},
            (),
            "http://[::1]:1",
            "VEP_TUI_API_URL",
        ),
        ("", {"GH_HOST": "ghe.example.com"}, ("--api-url", "http://[::1]:2"), "http://[::1]:2", "--api-url"),
        ("", {}, (), None, "default"),
    ],
)
def test_the_host_is_that_of_gh_where_nothing_of_ours_names_one(
    run: Command, text: str, env: dict[str, str], argv: tuple[str, ...], value: str | None, source: str
) -> None:
    config_file(run, text)
    run.env |= {"VEP_TUI_API_URL": "", **env}
    rows = {row["name"]: row for row in run("config", "show", "--json", *argv).json["settings"]}
    found = rows["github.api_url"]
    assert found["value"] == (value or "https://api.github.com")
    assert found["from"].endswith(source)


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


def test_check_goes_down_through_the_file(run: Command) -> None:
    config_file(run, 'densty = "x"\n[ui]\ntheme = "nrod"\n[keys]\ntikc = "x"\n')
    assert re.findall(r", line (\d):", run("config", "check").err) == ["1", "3", "5"]


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


def test_check_says_which_points_an_own_checklist_takes_away(run: Command) -> None:
    point = '[[process.checklist]]\nkey = "{0}"\ntitle = "T"\nshort = "S"\n'
    config_file(run, point.format("prs-merged") + point.format("demo-shown"))
    done = run("config", "check")
    assert "line 1: process.checklist takes the place of all points of the profile; it lacks docs-merged, " in done.err
    kept = ("prs-merged", "docs-merged", "implemented", "bugs-tracked", "tracker-complete", "demo-shown")
    config_file(run, "".join(map(point.format, kept)))
    assert "takes the place" not in run("config", "check").err


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


def test_a_setting_that_may_not_do_what_was_meant_is_set_with_a_warning(run: Command) -> None:
    done = run("config", "set", "me.sigs", "compte")
    assert done.status == 0 and "me.sigs is set in" in done.out
    assert "warning: " in done.err and "did you mean 'compute'?" in done.err
    assert run("config", "set", "ui.mouse", "false").err == "", "what it is not about"


def test_the_path_of_a_profile_counts_from_where_it_is_typed(run: Command, tmp_path: Path) -> None:
    profile = tmp_path / "ours.toml"
    known = resources.files("vep_tui").joinpath("profiles", "kubernetes.toml").read_text(encoding="utf-8")
    profile.write_text(known.replace('name = "kubernetes"', 'name = "ours"'), encoding="utf-8")
    done = run("config", "set", "profile", os.path.relpath(profile))
    assert done.status == 0, done.err
    shown = {s["name"]: s["value"] for s in run("config", "show", "--json").json["settings"]}
    assert Path(shown["profile"]) == profile.resolve()
    assert run("config", "check").status == 0


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


OTHER = {"profile": "kubernetes", "ui.theme": "nord", "github.api_url": "https://ghe.example.org/api/v3"}
"""Values that may be, where not every one may."""


def another_value(option: Option) -> tuple[str, object]:
    """A value that is not the default, as it is typed and as it is read."""
    if option.choices:
        chosen = option.choices[-1]
        return (chosen, chosen) if isinstance(option.default, str) else (f"{chosen}, sig", [chosen, "sig"])
    if isinstance(option.default, bool):
        return ("false", False) if option.default else ("on", True)
    if isinstance(option.default, int):
        return str(option.default + 1), option.default + 1
    if isinstance(option.default, list):
        return "compute,network", ["compute", "network"]
    return OTHER.get(option.name, "somebody"), OTHER.get(option.name, "somebody")


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_setting_can_be_set_shown_checked_and_unset(run: Command, option: Option) -> None:
    path = config_file(run, "# mine\n")
    typed, value = another_value(option)
    run.env["VEP_TUI_API_URL"] = ""
    assert run("config", "set", option.name, typed).status == 0
    rows = {row["name"]: row for row in run("config", "show", "--json").json["settings"]}
    assert rows[option.name]["value"] == value and str(path) in rows[option.name]["from"]
    assert run("config", "check").status == 0 and "# mine" in path.read_text(encoding="utf-8")
    assert run("config", "unset", option.name).status == 0
    rows = {row["name"]: row for row in run("config", "show", "--json").json["settings"]}
    assert (rows[option.name]["value"], rows[option.name]["from"]) == (option.default, "default")


@pytest.mark.parametrize("table", ENTRIES)
def test_an_entry_of_every_table_can_be_set_shown_checked_and_unset(run: Command, table: str) -> None:
    name, value = ENTRIES[table]
    path = config_file(run, "# mine\n")
    assert run("config", "set", name, value).status == 0
    rows = {row["name"]: row for row in run("config", "show", "--json").json["settings"]}
    assert str(rows[name]["value"]) == value and str(path) in rows[name]["from"]
    assert run("config", "check").status == 0 and "# mine" in path.read_text(encoding="utf-8")
    assert run("config", "unset", name).out == f"{name} is switched off in the file.\n"
    assert name not in run("config", "show").out
    assert run("config", "unset", name).out == f"{name} was not set.\n"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("keys.tik", "x", "keys.tik is no command; did you mean 'tick'?"),
        ("keys.tick", "spcae", 'keys.tick: "spcae" is not a key; did you mean "space"?'),
        ("keys.tick", "ctlr+x", 'did you mean "ctrl+x"?'),
        ("keys.tick", "esc", 'did you mean "escape"?'),
        ("keys.tick", "n", 'keys.tick: "n" is used by tick and note'),
        ("keys", "x", "vep-tui config set keys.tick"),
        ("views.", "x", "vep-tui config set views.network"),
        ("views.mine", "sgi:compute", "did you mean"),
        ("dates.1.10.code_freez", "2026-10-28", "did you mean 'code_freeze'?"),
        ("dates.1.10.code_freeze", "28 October", "must be a day like 2026-10-21"),
        ("dates.code_freeze", "2026-10-28", "dates.1.10.code_freeze"),
        ("process.board.number", "many", "process.board.number must be a number"),
        ("process.thresholds.chek_in", "3", "did you mean 'check_in'?"),
        ("process.thresholds", "3", "process.thresholds is a table"),
        ("process.checklist", "x", "config edit"),
        ("me.sigs", "[1, 2]", "me.sigs must be a list of texts"),
    ],
)
def test_an_entry_that_could_not_be_used_is_not_set(run: Command, name: str, value: str, said: str) -> None:
    path = config_file(run, "# mine\n")
    done = run("config", "set", name, value)
    assert done.status == 2 and said in done.err and done.err.count("\n") == 1, done
    assert path.read_text(encoding="utf-8") == "# mine\n"


def test_a_key_can_be_mended_while_another_is_still_wrong(run: Command) -> None:
    config_file(run, "[keys]\ntick = 'n'\nfold = 'spcae'\n")
    assert run("config", "set", "keys.tick", "v").status == 0
    assert "keys.tick" not in run("config", "check").err


def test_a_list_may_be_typed_as_the_file_spells_it(run: Command) -> None:
    assert run("config", "set", "me.sigs", "['compute', 'network']").status == 0
    rows = {row["name"]: row["value"] for row in run("config", "show", "--json").json["settings"]}
    assert rows["me.sigs"] == ["compute", "network"]


def test_every_slip_is_named_and_the_doctor_says_them_too(run: Command) -> None:
    text = (
        "[ui]\nascii = 3\nmouse = 'no'\n[keys]\ntick = 1\nnote = 2\n[dates.'1.9']\nga = 'soon'\n[[views]]\nname = 'x'\n"
    )
    path = config_file(run, text)
    places = [f"{path}, line {line}" for line in (2, 3, 5, 6, 8, 9)]
    checked = run("config", "check")
    assert checked.status == 2
    assert [line.removeprefix("vep-tui: ").partition(": ")[0] for line in checked.err.splitlines()] == places
    listed = run("list")
    assert listed.status == 2 and "and 5 more; `vep-tui config check` lists them" in listed.err
    done = run("doctor", "--json")
    assert done.status == 2 and done.err == ""
    assert [f["text"].partition(": ")[0] for f in done.json["findings"]] == places
    assert {f["state"] for f in done.json["findings"]} == {"problem"}
    assert run("doctor").out.count("problem") == 6


@pytest.mark.parametrize(
    "text", ["views = 3", "views = [1]", "[views]\na = 1", "[[views]]\nname = 3", "me = 3", "keys = 3", "ui = [1]"]
)
def test_a_table_of_another_shape_is_one_slip(run: Command, text: str) -> None:
    path = config_file(run, text)
    for words in (("config", "check"), ("list",)):
        done = run(*words)
        assert done.status == 2 and done.err.startswith(f"vep-tui: {path}, line 1: ") and done.err.count("\n") == 1


def test_slips_of_one_kind_hide_none_of_another(run: Command) -> None:
    path = config_file(
        run, "[ui]\nascii = 3\ntheme = 'drakula'\ntheem = 'x'\n[keys]\ntick = 'spcae'\n[me]\nlogin = '@me'\n"
    )
    checked = run("config", "check")
    told = [line.removeprefix("vep-tui: ") for line in checked.err.splitlines()]
    lines = [f"{path}, line {n}: " for n in (2, 3, 4, 6, 8)]
    assert checked.status == 2 and len(told) == 5
    for text, line in zip(told, lines, strict=True):
        assert text.removeprefix("warning: ").startswith(line)
    found = run("doctor", "--json").json["findings"]
    assert [f["text"].startswith(line) for f, line in zip(found, lines[:2] + lines[3:], strict=True)] == [True] * 4


def test_a_file_that_is_no_toml_is_a_finding(run: Command) -> None:
    path = config_file(run, "[ui\n")
    done = run("doctor", "--json")
    assert done.status == 2
    assert [f["text"].startswith(f"{path}, line 1: ") for f in done.json["findings"]] == [True]


def test_the_profile_of_the_command_line_is_checked(run: Command) -> None:
    config_file(run, "profile = 'kubernets'\n")
    assert run("config", "check").status == 2
    assert run("config", "check", "--profile", "kubernetes").status == 0
    assert run("config", "check", "--profile", "kubernets").status == 2


def test_every_action_has_a_document_for_scripts(run: Command) -> None:
    path = str(run.home / "config" / "vep-tui" / "config.toml")
    none = {"path": path, "exists": False, "slips": [], "warnings": []}
    assert run("config", "check", "--json").json == none
    change = {"path": path, "name": "me.login", "set": True, "changed": True}
    assert run("config", "set", "me.login", "river", "--json").json == change
    assert run("config", "check", "--json").json == {**none, "exists": True}
    assert run("config", "unset", "me.login", "--json").json == {**change, "set": False}
    assert run("config", "unset", "me.login", "--json").json == {**change, "set": False, "changed": False}
    for text, slips, warnings in (("[ui]\nmouse = 3\n", 1, 0), ("[ui]\ntheem = 'x'\n", 0, 1), ("[ui", 1, 0)):
        config_file(run, text)
        done = run("config", "check", "--json")
        assert (len(done.json["slips"]), len(done.json["warnings"])) == (slips, warnings)
        assert done.status == 2 * slips and done.err.count("\n") == 1
