"""ASCII by itself: only where the environment tells of a terminal that shows no more, and never against our file."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from vep_tui.settings import ascii_said, parse_config

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such variables")


@pytest.mark.parametrize(
    ("env", "plain"),
    [
        ({}, False),
        ({"LANG": ""}, False),
        ({"LANG": "en_US.UTF-8", "TERM": "xterm-256color"}, False),
        ({"LANG": "de_DE.utf8"}, False),
        ({"LC_CTYPE": "UTF-8"}, False),
        ({"LANG": "C"}, True),
        ({"LANG": "en_US.ISO-8859-1"}, True),
        ({"LANG": "C", "LC_ALL": "C.UTF-8"}, False),
        ({"LANG": "C.UTF-8", "LC_ALL": "POSIX"}, True),
        ({"LANG": "en_US.UTF-8", "TERM": "linux"}, True),
        ({"TERM": "dumb", "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}, False),
    ],
)
def test_the_environment_tells_when_the_file_does_not(env: dict[str, str], plain: bool) -> None:
    assert ascii_said(parse_config(""), env) == (plain, "the terminal" if plain else "default")
    for said in (True, False):
        found, source = ascii_said(parse_config(f"[ui]\nascii = {str(said).lower()}\n"), env)
        assert found is said
        assert source.endswith("line 2")


@pytest.mark.parametrize(
    ("env", "plain"),
    [
        ({"LANG": "C"}, True),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, sys.version_info >= (3, 15)),
        ({"LC_CTYPE": "UTF-8", "LANG": "de_DE"}, False),
        ({}, False),
    ],
    ids=str,
)
def test_the_locale_that_python_puts_in_place_of_c_is_not_taken_for_the_users(env: dict[str, str], plain: bool) -> None:
    code = "import os; from vep_tui.settings import ascii_said, parse_config; "
    code += "print(ascii_said(parse_config(''), os.environ)[0])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.strip() == str(plain)
