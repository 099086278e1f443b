"""Completion: made from the parser, understood by the shells themselves."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from vep_tui.cli import main
from vep_tui.cli.arguments import build_parser
from vep_tui.cli.completion import bash, commands_of, fish, words_of, zsh

SCRIPTS = {"bash": bash, "zsh": zsh, "fish": fish}


def completed(line: str) -> list[str]:
    """What bash offers for a command line."""
    words = line.split(" ")
    ask = (
        f"{bash()}\nCOMP_WORDS=({' '.join(f'{w!r}' for w in words)}); COMP_CWORD={len(words) - 1}\n"
        '_vep_tui; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "--norc", "-c", ask], capture_output=True, text=True, check=True)
    return done.stdout.split()


needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


@needs_bash
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("vep-tui li", ["list"]),
        ("vep-tui --pro", ["--profile"]),
        ("vep-tui --profile kubern", ["kubernetes"]),
        ("vep-tui tick 12 --state ", ["done", "todo", "na"]),
        ("vep-tui tick 12 docs", ["docs-merged"]),
        ("vep-tui --demo tick 12 --not", ["--note"]),
        ("vep-tui config sh", ["show"]),
        ("vep-tui config set ui.den", ["ui.density"]),
        ("vep-tui list --view my", ["my-sig"]),
        ("vep-tui completion f", ["fish"]),
        ("vep-tui tick 12 --note ", []),
        ("vep-tui config set --config x ui.den", ["ui.density"]),
        ("vep-tui config set s", ["sync.interval_minutes", "sync.deadline_seconds"]),
        ("vep-tui config set ui.ascii u", []),
        ("vep-tui tick 12 docs-merged pr", []),
        ("vep-tui tick b", []),
    ],
)
def test_bash_offers_what_may_come_next(line: str, offered: list[str]) -> None:
    assert completed(line) == offered


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("vep-tui config sh", ["show"]),
        ("vep-tui config set ui.den", ["ui.density"]),
        ("vep-tui config set s", ["sync.interval_minutes", "sync.deadline_seconds"]),
        ("vep-tui tick 12 docs", ["docs-merged"]),
        ("vep-tui tick 12 docs-merged pr", []),
    ],
)
def test_fish_offers_what_may_come_next(line: str, offered: list[str]) -> None:
    argv = ["fish", "--no-config", "-c", f"{fish()}\ncomplete -C '{line}'"]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    assert sorted(word.split("\t")[0] for word in done.stdout.split("\n") if word) == sorted(offered)


@pytest.mark.parametrize("shell", SCRIPTS)
def test_every_command_and_option_is_in_every_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert script == SCRIPTS[shell]()
    for command, parser in commands_of(build_parser()):
        assert command.text in script
        for word in words_of(parser)[0]:
            assert (word.text[2:] if shell == "fish" else word.text) in script or not word.text.startswith("--")


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_shell_itself_can_read_its_script(shell: str) -> None:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"no {shell} here")
    done = subprocess.run([found, "-n"], input=SCRIPTS[shell](), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
