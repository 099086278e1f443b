"""Writing config.toml: the default explains everything and sets nothing; a change keeps every comment."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from vep_tui.settings import OPTIONS, Option, SettingsError, parse_config, read_config, writing
from vep_tui.settings.options import TABLES
from vep_tui.settings.writing import create, default_text, set_option, unset_option


def switched_on(text: str) -> str:
    """The default text with every setting in force: what is behind a # without a blank."""
    return "\n".join(
        line[1:] if line.startswith("#") and line[1:2] not in (" ", "") else line for line in text.split("\n")
    )


def test_the_default_file_sets_nothing_and_explains_everything() -> None:
    text = default_text()
    config = parse_config(text)
    assert not config.places and not config.warnings and not config.views and not config.keys
    for option in OPTIONS:
        assert f"#{option.name.rpartition('.')[2]} = " in text
    folded = " ".join(text.replace("\n# ", " ").split())
    assert all(meaning in folded for meaning in (*TABLES.values(), *(option.meaning for option in OPTIONS)))
    assert max(map(len, text.split("\n"))) <= 120


def test_every_line_of_the_default_file_can_be_switched_on() -> None:
    config = parse_config(switched_on(default_text()))
    assert not config.warnings
    assert all(config[option.name] == option.default for option in OPTIONS)
    assert config.views and config.keys and config.dates and config.process


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ui.density", "compact", "compact"),
        ("ui.ascii", "yes", True),
        ("sync.interval_minutes", "0", 0),
        ("me.sigs", "compute, network", ["compute", "network"]),
        ("profile", "kubernetes", "kubernetes"),
        ("ui.notify_command", "notify-send 'VEPs \"now\"' \\", "notify-send 'VEPs \"now\"' \\"),
    ],
)
@pytest.mark.parametrize("before", ["", "default", "own"])
def test_one_setting_is_written_and_all_else_stays(tmp_path: Path, name, value, expected, before) -> None:
    path = tmp_path / "config.toml"
    own = '# mine\n[ui]  # look\ntheme = "dracula" # dark\n\n[me]\nlogin = "alice"\n# the end\n'
    if before:
        path.write_text(default_text() if before == "default" else own, encoding="utf-8")
    set_option(path, name, value)
    config = read_config(path)
    assert config[name] == expected and not config.warnings
    if before == "own":
        text = path.read_text(encoding="utf-8")
        assert all(part in text for part in ("# mine", "# look", 'theme = "dracula" # dark', "# the end"))
        assert (config["ui.theme"], config["me.login"]) == ("dracula", "alice")
    assert unset_option(path, name) and read_config(path)[name] == parse_config("")[name]
    assert not unset_option(path, name)


def test_a_changed_setting_keeps_its_remark_and_the_line_endings(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'[ui]\r\ntheme = "a"  # why\r\nascii = true\r\n')
    set_option(path, "ui.theme", "b")
    assert path.read_bytes() == b'[ui]\r\ntheme = "b"  # why\r\nascii = true\r\n'


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_a_setting_that_is_set_and_unset_again_leaves_the_file_as_it_was(tmp_path: Path, option: Option) -> None:
    path = tmp_path / "config.toml"
    create(path)
    before = path.read_text(encoding="utf-8")
    set_option(path, option.name, option.default)
    assert path.read_text(encoding="utf-8") != before
    assert unset_option(path, option.name)
    assert path.read_text(encoding="utf-8") == before


def test_a_remark_behind_a_setting_outlives_its_unsetting(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'[ui]\r\ntheme = "a"  # for the beamer\r\n[me]\r\nsigs = [\r\n "x",\r\n] # mine\r\n')
    assert unset_option(path, "ui.theme") and unset_option(path, "me.sigs")
    assert path.read_bytes() == b'[ui]\r\n#theme = "vep-dark"  # for the beamer\r\n[me]\r\n#sigs = [] # mine\r\n'
    set_option(path, "ui.theme", "nord")
    assert b'theme = "nord"  # for the beamer\r\n' in path.read_bytes()


@pytest.mark.parametrize("text", ['ui.theme = "a"\nui.ascii = true\n', 'ui = {theme = "a", ascii = true}\n'])
def test_a_setting_in_a_line_with_others_is_taken_out_of_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    assert unset_option(path, "ui.theme")
    assert read_config(path)["ui.theme"] == "vep-dark" and read_config(path)["ui.ascii"] is True


@pytest.mark.skipif(os.name != "posix", reason="permissions and pipes of POSIX")
def test_a_new_folder_is_private_and_one_that_is_there_stays_as_open_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o755)
    set_option(tmp_path / "shared" / "config.toml", "ui.theme", "nord")
    set_option(tmp_path / "new" / "config.toml", "ui.theme", "nord")
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("shared", "new")] == [0o755, 0o700]


@pytest.mark.skipif(os.name != "posix", reason="permissions and pipes of POSIX")
def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    os.mkfifo(path)
    for act in (lambda: set_option(path, "ui.theme", "nord"), lambda: unset_option(path, "ui.theme")):
        with pytest.raises(SettingsError, match="nothing was written"):
            act()
    assert path.is_fifo()


def test_a_broken_file_is_not_written_by_unsetting(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[ui\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="nothing was written"):
        unset_option(path, "ui.theme")
    assert path.read_text(encoding="utf-8") == "[ui\n"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ui.theem", "x", "did you mean 'ui.theme'"),
        ("theme", "x", "did you mean 'ui.theme'"),
        ("ui.density", "compct", "did you mean 'compact'"),
        ("ui.ascii", "perhaps", "true or false"),
        ("sync.interval_minutes", "-1", "whole number"),
    ],
)
def test_a_slip_changes_nothing(tmp_path: Path, name: str, value: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text("# mine\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        set_option(path, name, value)
    assert path.read_text(encoding="utf-8") == "# mine\n"


def test_a_file_that_cannot_be_read_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[ui\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="nothing was written"):
        set_option(path, "ui.ascii", True)
    assert path.read_text(encoding="utf-8") == "[ui\n"
    assert not create(path)


def test_a_link_into_dotfiles_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("# mine\n", encoding="utf-8")
    path = tmp_path / "config.toml"
    path.symlink_to(real)
    set_option(path, "ui.ascii", True)
    assert path.is_symlink() and "ascii = true" in real.read_text(encoding="utf-8")


def test_the_mark_that_windows_editors_write_is_no_slip(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf[ui]\nascii = true\n")
    assert read_config(path)["ui.ascii"] is True


@pytest.mark.parametrize(
    "take", [lambda path: set_option(path, "me.sigs", "storage"), lambda path: unset_option(path, "me.sigs")]
)
def test_remarks_between_the_brackets_of_a_list_are_kept(take: Callable[[Path], object], tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    sigs = 'sigs = [\n  "compute", # since May\n  # for the time being\n  "network",\n] # mine\n'
    path.write_text(f'[me]\nlogin = "a"\n{sigs}')
    take(path)
    text = path.read_text()
    for remark in ("# since May", "# for the time being", "# mine"):
        assert text.count(remark) == 1, text
    assert text.index('login = "a"') < text.index("# since May") < text.index("sigs =")
    parse_config(text)


@pytest.mark.parametrize(
    ("text", "act", "expected"),
    [
        (
            '[dates]\n"1.10" = { code_freeze = 2026-10-28 }  # slipped\n[ui]\ntheme = "a"\n',
            lambda path: set_option(path, "ui.theme", "nord"),
            '[dates]\n"1.10" = { code_freeze = 2026-10-28 }  # slipped\n[ui]\ntheme = "nord"\n',
        ),
        (
            '[dates]\n"1.10" = { code_freeze = 2026-10-28 }\n[me]\nsigs = [\n  "x", # since May\n] # mine\n',
            lambda path: unset_option(path, "me.sigs"),
            '[dates]\n"1.10" = { code_freeze = 2026-10-28 }\n[me]\n# since May\n#sigs = [] # mine\n',
        ),
        (
            "[ui]\nmouse = false# in tmux\n",
            lambda path: unset_option(path, "ui.mouse"),
            "[ui]\n#mouse = true# in tmux\n",
        ),
        (
            '[ui]\n"columns" = ["why", # first\n "sig"]\n',
            lambda path: set_option(path, "ui.columns", "age"),
            '[ui]\n# first\n"columns" = ["age"]\n',
        ),
        (
            '\n  # about me\nprofile = "kubevirt"\n',
            lambda path: set_option(path, "me.login", "bob"),
            '\n  # about me\nprofile = "kubevirt"\n\n[me]\nlogin = "bob"\n',
        ),
    ],
)
def test_nothing_but_the_entry_is_another(
    tmp_path: Path, text: str, act: Callable[[Path], object], expected: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    act(path)
    assert path.read_text(encoding="utf-8") == expected


@pytest.mark.skipif(os.name != "posix", reason="there is no lock of a folder on Windows")
def test_two_changes_at_once_are_both_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow_to_read(path: Path) -> str:
        text = read(path)
        sleep(0.1)
        return text

    read = writing._read
    monkeypatch.setattr(writing, "_read", slow_to_read)
    changes = {"ui.theme": "vep-light", "me.sigs": "compute", "ui.mouse": "no"}
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda change: set_option(tmp_path / "config.toml", *change), changes.items()))
    assert read_config(tmp_path / "config.toml").places.keys() == changes.keys()


@pytest.mark.skipif(os.name != "posix", reason="a link that leads nowhere")
def test_what_cannot_be_written_is_called_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "config.toml").symlink_to(tmp_path / "none" / "config.toml")
    with pytest.raises(OSError) as trouble:
        set_option(tmp_path / "config.toml", "ui.theme", "vep-light")
    assert trouble.value.filename == str(tmp_path / "config.toml")
