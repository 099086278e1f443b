"""Page sizes shrink when GitHub gives up and grow back slowly."""

from __future__ import annotations

import subprocess
import sys

from vep_tui.sync.pages import PageSize, next_cursor
from vep_tui.sync.progress import Progress


def test_a_page_size_halves_down_to_one_and_then_gives_up() -> None:
    size, seen = PageSize(50), []
    while size.shrink():
        seen.append(size.now)
    assert seen == [25, 12, 6, 3, 1]


def test_a_page_size_grows_slower_after_each_failure() -> None:
    size = PageSize(25)
    size.good()
    size.good()
    assert size.now == 50
    size.shrink()
    for _ in range(3):
        size.good()
    assert size.now == 25
    size.good()
    assert size.now == 50


def test_a_list_that_does_not_move_on_has_ended() -> None:
    page = {"pageInfo": {"hasNextPage": True, "endCursor": "a"}}
    assert next_cursor(page) == "a"
    assert next_cursor(page, "a") is None
    assert next_cursor({"pageInfo": None}) is None
    assert next_cursor(None) is None


def test_a_step_is_told_in_words() -> None:
    assert str(Progress("issues")) == "issues"
    assert str(Progress("issues", 25)) == "issues 25"
    assert str(Progress("issues", 25, 200)) == "issues 25/200"


def test_pulling_loads_neither_pygithub_nor_a_screen() -> None:
    code = "import sys, vep_tui.sync.pull; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"github", "requests", "textual", "yaml", "markdown_it"} & set(loaded)
