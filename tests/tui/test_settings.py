"""The screen of settings: real keys, a real config.toml, and what the screen behind it makes of a change."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from at_work import Bench, Start
from small_desk import process

from vep_tui.cli import screen
from vep_tui.cli.parts import Parts
from vep_tui.cli.preferences import ConfigFile
from vep_tui.settings import OPTIONS, read_config, temporary_paths
from vep_tui.settings.writing import default_text
from vep_tui.tui.app import VepApp
from vep_tui.tui.look import Look
from vep_tui.tui.queue_row import COLUMNS
from vep_tui.tui.settings_list import SettingsList

SIZES = ((140, 40), (80, 24), (60, 20))
NAMES = [option.name for option in OPTIONS]


class File:
    """One user's config.toml and what a screen is handed of it."""

    def __init__(self, path: Path, **env: str) -> None:
        self.path = path
        self.parts = Parts(read_config(path), process(), temporary_paths(path.parent, path), "https://x.test", env)
        self.args: Namespace = SimpleNamespace(api_url=None, profile=None)  # type: ignore[assignment]

    def handed_in(self) -> dict[str, Any]:
        return {"preferences": lambda: ConfigFile(self.parts, self.args)}

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def __getitem__(self, name: str) -> Any:
        return read_config(self.path)[name]


@pytest.fixture
def file(tmp_path: Path) -> File:
    return File(tmp_path / "config.toml")


async def go_to(bench: Bench, name: str) -> None:
    """Open the settings and put the cursor on one."""
    await bench.press("comma")
    await bench.shows("github.api_url" if bench.app.size.height > 30 else "Settings")
    await bench.press("home", *["down"] * NAMES.index(name))


async def type_in(bench: Bench, text: str) -> None:
    """Replace what stands in the line by this, and keep it."""
    await bench.press("end", "ctrl+u", *text)
    await bench.press("enter")


# ---------------------------------------------------------------- what is shown


@pytest.mark.parametrize("size", SIZES)
async def test_every_setting_can_be_seen_with_value_source_and_meaning(
    start: Start, file: File, size: tuple[int, int]
) -> None:
    file.path.write_text('\n[ui]\ntheme = "nord"\n', encoding="utf-8")
    async with start(size, **file.handed_in()) as bench:
        await bench.press("comma", "home")
        for option in OPTIONS:
            shown = await bench.shows(f"▌ {option.name} ")
            assert option.meaning.split()[0] in shown.rpartition(f"── {option.name}")[2]
            assert "enter change" in shown and "esc close" in shown
            source = "line 3" if option.name == "ui.theme" else "default"
            assert source in next(line for line in shown.split("\n") if f"▌ {option.name} " in line)
            await bench.press("down")
        await bench.press("home", "down")
        await bench.shows("from config.toml, line 3")
        await bench.press("escape")
        assert bench.app.screen is bench.app.main


async def test_the_file_is_named_from_home(start: Start, file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: file.path.parent)
    async with start((60, 20), **file.handed_in()) as bench:
        await bench.press("comma")
        await bench.shows("─ Settings ─")
        await bench.shows(" ~/config.toml ")


async def test_what_the_environment_says_is_shown_as_such(start: Start, tmp_path: Path) -> None:
    file = File(tmp_path / "config.toml", VEP_TUI_API_URL="https://ghe.example/api/v3")
    async with start(**file.handed_in()) as bench:
        await go_to(bench, "github.api_url")
        shown = await bench.shows("from VEP_TUI_API_URL")
        assert "https://ghe.example/api/v3" in shown
        await bench.shows("A change counts once VEP_TUI_API_URL is gone.")
        await bench.press("enter")
        await type_in(bench, "https://other.example/api/v3")
        await bench.shows("Written; VEP_TUI_API_URL says otherwise, and comes first.")
        assert file["github.api_url"] == "https://other.example/api/v3"


async def test_an_empty_login_and_no_sigs_say_what_was_found_instead(start: Start, file: File) -> None:
    async with start(**file.handed_in()) as bench:
        await go_to(bench, "me.login")
        await bench.shows("Found: edna.")
        await go_to(bench, "me.sigs")
        await bench.shows("Found: compute.")


# ---------------------------------------------------------------- changing


@pytest.mark.parametrize("size", SIZES)
async def test_choices_and_yes_or_no_turn_with_a_key_and_are_written_at_once(
    start: Start, file: File, size: tuple[int, int]
) -> None:
    file.path.write_text(default_text(), encoding="utf-8")
    async with start(size, **file.handed_in()) as bench:
        await go_to(bench, "ui.density")
        await bench.press("enter")
        assert file["ui.density"] == "compact"
        await bench.shows("ui.density is compact.")
        await bench.press("space")
        assert file["ui.density"] == "comfortable"
        await go_to(bench, "ui.mouse")
        await bench.press("space")
        assert file["ui.mouse"] is False
        await bench.shows("ui.mouse is no from the next start on.")


async def test_the_default_comes_back_and_the_file_is_as_it_was(start: Start, file: File) -> None:
    file.path.write_text(default_text() + "# mine\n", encoding="utf-8")
    before = file.text
    async with start(**file.handed_in()) as bench:
        await go_to(bench, "ui.ascii")
        await bench.press("enter")
        assert file["ui.ascii"] is True and "# mine" in file.text
        await bench.press("d")
        assert file.text == before


async def test_ascii_reaches_all_that_was_drawn_before_and_leaves_it_again(start: Start, file: File) -> None:
    async with start(**file.handed_in()) as bench:
        main = bench.text
        await go_to(bench, "ui.ascii")
        assert not bench.text.isascii()
        await bench.press("enter")
        assert bench.text.isascii()
        await bench.press("escape")
        assert bench.text.isascii()
        await go_to(bench, "ui.ascii")
        await bench.press("enter", "escape")
        assert bench.text == main


async def test_a_number_is_typed_and_a_slip_is_told_where_it_was_typed(start: Start, file: File) -> None:
    async with start((60, 20), **file.handed_in()) as bench:
        await go_to(bench, "sync.interval_minutes")
        await bench.press("enter")
        await type_in(bench, "soon")
        shown = await bench.shows("must be a whole number")
        assert "soon" in shown and not file.path.exists()
        await type_in(bench, "25")
        assert file["sync.interval_minutes"] == 25
        await bench.shows("is 25 from the next start")


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("ui.columns", "age, stge", "did you mean 'stage'?"),
        ("ui.columns", "age, age", "more than once"),
        ("profile", "kubernets", "did you mean 'kubernetes'?"),
        ("github.api_url", "http://example.org", "unencrypted"),
        ("ui.notify_command", "notify 'it", "quotation"),
    ],
)
async def test_what_could_not_be_used_at_the_next_start_is_not_written(
    start: Start, file: File, name: str, typed: str, said: str
) -> None:
    async with start(**file.handed_in()) as bench:
        await go_to(bench, name)
        await bench.press("enter")
        await type_in(bench, typed)
        await bench.shows(said)
        await bench.press("escape", "escape")
        assert not file.path.exists()


async def test_leaving_the_line_changes_nothing(start: Start, file: File) -> None:
    async with start(**file.handed_in()) as bench:
        await go_to(bench, "me.login")
        await bench.press("enter", *"bob", "escape")
        await bench.shows("▌ me.login")
        assert not file.path.exists()


async def test_the_mouse_selects_and_changes(start: Start, file: File) -> None:
    async with start(**file.handed_in()) as bench:
        await bench.press("comma")
        await bench.shows("ui.mouse")
        at = (5, NAMES.index("ui.mouse"))
        await bench.pilot.click(SettingsList, offset=at)
        await bench.shows("▌ ui.mouse")
        assert not file.path.exists()
        await bench.pilot.click(SettingsList, offset=at)
        await bench.shows("ui.mouse is no")
        assert file["ui.mouse"] is False


# ---------------------------------------------------------------- what follows at once


async def test_the_queue_follows_density_columns_and_signs_at_once(start: Start, file: File) -> None:
    async with start(**file.handed_in()) as bench:
        main = bench.app.main
        cursor = main.queue.number
        await go_to(bench, "ui.density")
        await bench.press("enter")
        await go_to(bench, "ui.columns")
        await bench.press("enter")
        await type_in(bench, "age, checklist")
        await go_to(bench, "ui.ascii")
        await bench.press("enter", "escape")
        assert not main.queue.two_lines and main.queue.number == cursor
        head = next(line for line in bench.text.split("\n") if "title" in line)
        queue = head[: main.queue.size.width]
        assert queue.split() == ["#", "title", "age", "list"]
        assert not {"▌", "●", "○", "✓", "✗", "─"} & set(bench.text)
    again = {"columns": file["ui.columns"], "compact": file["ui.density"] == "compact", "ascii_only": file["ui.ascii"]}
    assert again == {"columns": ["age", "checklist"], "compact": True, "ascii_only": True}


async def test_a_theme_shows_while_it_is_chosen_and_goes_again_with_escape(start: Start, file: File) -> None:
    async with start(**file.handed_in()) as bench:
        await go_to(bench, "ui.theme")
        await bench.press("enter", "down")
        while bench.app.theme != "vep-light":
            await bench.pilot.pause(0.01)
        await bench.press("escape")
        assert bench.app.theme == "vep-dark" and not file.path.exists()
        await bench.press("enter", "j", "j", "space")
        assert file["ui.theme"] == "vep-contrast"
        while bench.app.theme != "vep-contrast":
            await bench.pilot.pause(0.01)


async def test_another_change_leaves_a_theme_of_the_session_alone(start: Start, file: File) -> None:
    async with start(theme="vep-light", **file.handed_in()) as bench:
        await go_to(bench, "ui.density")
        await bench.press("enter", "escape")
        assert bench.app.theme == "vep-light"


async def test_my_sigs_count_at_once_and_ask_for_a_sync(start: Start, file: File) -> None:
    renewed: list[list[str]] = []
    async with start(renew=lambda: renewed.append(file.parts.config["me.sigs"]), **file.handed_in()) as bench:
        await go_to(bench, "me.sigs")
        await bench.press("enter")
        await type_in(bench, "network, storage")
        assert file["me.sigs"] == ["network", "storage"]
        assert renewed[-1] == ["network", "storage"] and bench.woken == ["sync"]


def test_what_is_said_to_show_at_once_is_known_to_the_screen() -> None:
    followed = set(re.findall(r'"(ui\.\w+)"', inspect.getsource(VepApp.on_preferences_changed)))
    said = {option.name for option in OPTIONS if option.at_once and not option.name.startswith("me.")}
    assert followed == said, "at_once in settings/options.py, and on_preferences_changed in tui/app.py"


@pytest.mark.parametrize("hands_it", [screen._run, VepApp.on_preferences_changed], ids=lambda f: f.__qualname__)
def test_the_whole_look_is_handed_on_at_the_start_and_after_a_change(hands_it: Callable[..., Any]) -> None:
    """A field that is left out is as it is without settings, and nobody hears of it."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(hands_it)))
    (made,) = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) == "Look"]
    handed = len(made.args) + len(made.keywords)
    assert handed == len(Look._fields), f"{hands_it.__qualname__} makes a Look without one of {Look._fields}"


def test_settings_and_screen_know_the_same_columns() -> None:
    (option,) = [option for option in OPTIONS if option.name == "ui.columns"]
    assert option.choices == tuple(option.default) == tuple(COLUMNS)


# ---------------------------------------------------------------- trouble


async def test_a_file_that_broke_meanwhile_is_told_and_left_alone(start: Start, file: File) -> None:
    async with start((60, 20), **file.handed_in()) as bench:
        await go_to(bench, "ui.density")
        file.path.write_text("[ui\n", encoding="utf-8")
        await bench.press("enter")
        await bench.shows("line 1")
        assert file.text == "[ui\n"
        await bench.press("d")
        assert file.text == "[ui\n"
        await bench.shows("▌ ui.density")


async def test_a_file_that_is_broken_before_is_told_in_the_screen(start: Start, file: File) -> None:
    handed = file.handed_in()
    file.path.write_text("[ui\n", encoding="utf-8")
    async with start((60, 20), **handed) as bench:
        await bench.press("comma")
        await bench.shows("mended")  # where the sentence breaks depends on the path
        await bench.press("enter", "d", "down", "escape")
        assert bench.app.screen is bench.app.main


async def test_a_file_that_cannot_be_written_is_told_and_nothing_shows_otherwise(start: Start, tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("a file", encoding="utf-8")
    file = File(tmp_path / "config.toml")
    file.path = tmp_path / "in-the-way" / "config.toml"
    file.parts.paths = temporary_paths(tmp_path, file.path)
    async with start((60, 20), **file.handed_in()) as bench:
        await bench.press("comma")
        shown = await bench.shows("! ")
        assert "in-the-way" in shown


async def test_the_palette_and_the_help_know_the_settings(start: Start, file: File) -> None:
    async with start((100, 60), **file.handed_in()) as bench:
        await bench.press("question_mark")
        await bench.shows("Show the settings, and change them.")
        await bench.press("escape", "ctrl+p", *"settings")
        await bench.shows("Settings (,)")
        await bench.press("enter")
        await bench.shows("ui.density")


async def test_the_palettes_theme_is_kept_too(start: Start, file: File) -> None:
    async with start((100, 50), **file.handed_in()) as bench:
        await bench.press("ctrl+p", *"theme")
        await bench.shows("Choose the colours by looking at them.")
        await bench.press("enter")
        await bench.shows("vep-contrast")
        await bench.press("down", "enter")
        assert file["ui.theme"] == "vep-light"
