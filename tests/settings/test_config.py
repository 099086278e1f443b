"""config.toml: defaults without a file, slips named with line and remedy, nothing silently ignored."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vep_tui.settings import SettingsError, merge, parse_config, read_config
from vep_tui.settings.options import OPTIONS


def test_without_a_file_everything_is_default(tmp_path: Path) -> None:
    config = read_config(tmp_path / "none.toml")
    assert all(config[option.name] == option.default for option in OPTIONS)
    assert not config.warnings and not config.views


def test_values_views_keys_dates_and_process_are_read() -> None:
    config = parse_config(
        """
[ui]
ascii = true
[me]
sigs = ["network"]
[[views]]
name = "Mine"
query = "author:@me"
[keys]
tick = "space,x"
[dates."1.10"]
code_freeze = 2026-10-28
[process.board]
number = 22
"""
    )
    assert config["ui.ascii"] is True
    assert config["me.sigs"] == ["network"]
    assert config.views[0].query == "author:@me"
    assert config.keys["tick"] == "space,x"
    assert config.dates["1.10"]["code_freeze"] == date(2026, 10, 28)
    assert config.process["board"]["number"] == 22
    assert not config.warnings


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ('\n[ui]\nascii = "yes"', "line 3", "true or false"),
        ('[ui]\n\ndensity = "compct"', "line 3", "did you mean 'compact'"),
        ('[ui]\ncolumns = ["age", "stge"]', "line 2", "did you mean 'stage'"),
        ('[ui]\ncolumns = ["age", "sig", "age"]', "line 2", "'age' more than once"),
        ('[ui]\ncolumns = "age"', "line 2", "a list of texts"),
        ("[sync]\ninterval_minutes = -1", "line 2", "must be from 0 to 10080"),
        ("[sync]\ninterval_minutes = 99999999999999999999", "line 2", "must be from 0 to 10080"),
        ("[sync]\ndeadline_seconds = 0", "line 2", "must be from 1 to 3600"),
        ("[sync]\ndeadline_seconds = 99999999999999999999", "line 2", "must be from 1 to 3600"),
        ('ui = "dark"', "line 1", "ui must be a table: [ui]"),
        ('[dates]\n\n"1.10" = 3', "line 3", "dates.1.10 must be a table"),
        ('[dates]\n\n"1.10" = { code_freze = 2026-10-28 }', "line 3", "did you mean 'code_freeze'"),
        ('[[views]]\nname = "a"\nquery = "x"\n\n[[views]]\nname = "b"', "line 5", "a name and a query"),
        ('views = [{ name = "x" }]', "line 1", "a name and a query"),
        ("[dates]\n1.10 = { code_freeze = 2026-10-28 }", "line 2", 'a release stands in quotes, as "1.10"'),
        ("[dates.1.10]\ncode_freeze = 2026-10-28", "config.toml", 'a release stands in quotes, as "1.10"'),
        ("[dates.next]\ncode_freeze = 2026-10-28", "line 2", "dates.next names no release"),
        ('[dates."1.10"]\ncodefreeze = 2026-10-28', "line 2", "did you mean 'code_freeze'"),
        ('[dates."1.10"]\ncode_freeze = "2026-10-28"', "line 2", "without quotes"),
        ('[[views]]\nname = "x"', "config.toml", "name and a query"),
        ("[ui\n", "line 1", ""),
    ],
)
def test_a_slip_names_its_line_and_the_remedy(text: str, line: str, remedy: str) -> None:
    with pytest.raises(SettingsError) as slip:
        parse_config(text)
    assert line in str(slip.value)
    assert remedy in str(slip.value)


def test_a_release_of_the_dates_is_written_as_people_do() -> None:
    for release in ("v1.10", "1.10.0", "1,10"):
        assert parse_config(f'[dates]\n"{release}" = {{ code_freeze = 2026-10-28 }}').dates[release]


def test_an_unknown_key_is_a_warning_with_the_nearest_word() -> None:
    config = parse_config('[ui]\ntheem = "x"\n[colours]\na = 1')
    assert any("line 2" in w and "'ui.theme'" in w for w in config.warnings)
    assert any("colours" in w for w in config.warnings)


def test_overrides_reach_into_tables() -> None:
    assert merge({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}}) == {"a": {"b": 1, "c": 3}}


def test_a_word_that_no_view_has_and_a_second_view_of_a_name_are_warnings() -> None:
    said = '[[views]]\nname = "a"\nquery = "x"\nqery = "y"\n[[views]]\nname = "a"\nquery = "z"'
    word, name = parse_config(said).warnings
    assert word == "config.toml, line 1: a view has no 'qery'; did you mean 'query'?"
    assert name.startswith("config.toml, line 5: an earlier view is called 'a', too")
