"""Completion: made from the parser, understood by the shells themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import Command, Done

from vep_tui.cli import main
from vep_tui.cli.arguments import build_parser
from vep_tui.cli.completion import bash, fish, zsh
from vep_tui.cli.completion_words import commands_of, words_of
from vep_tui.core.views import BUILT_IN

SCRIPTS = {"bash": bash, "zsh": zsh, "fish": fish}


NUMBERS = "190\\tA title: with [signs] $(x)\\n1900\\tAnother\\n"
SAYS = f"""
    case " $* " in
        *" --profile kubernetes completion numbers ") printf '7\\tOther\\n' ;;
        *" numbers ") printf '{NUMBERS}' ;;
        *" --profile kubernetes completion items ") printf 'prr-approved\\n' ;;
        *" items ") printf 'prs-merged\\ndocs-merged\\n' ;;
        *" entries ") printf '3\\tdocs-merged of 26, held\\n' ;;
        *" themes ") printf 'vep-dark\\nvep-light\\ndracula\\n' ;;
        *" --config x completion views ") printf 'needs-me\\nmine\\n' ;;
        *" views ") printf 'needs-me\\nmy-sig\\n' ;;
        *" releases ") printf '1.9\\n1.10\\n' ;;
    esac
"""
"""What stands for vep-tui while a line is typed, for shells that are like sh."""
VALUES = [
    ("vep-tui config set ui.density ", ["comfortable", "compact"]),
    ("vep-tui config set ui.mouse t", ["true"]),
    ("vep-tui config --config x set ui.ascii t", ["true"]),
    ("vep-tui config set ui.theme vep", ["vep-dark", "vep-light"]),
    ("vep-tui config set profile kubern", ["kubernetes"]),
    ("vep-tui config set ui.columns st", ["stage"]),
    ("vep-tui config set me.login x", []),
    ("vep-tui config unset ui.density co", []),
    ("vep-tui report --sig net", ["network"]),
    ("vep-tui show 19", ["190", "1900"]),
    ("vep-tui tick 1", ["190", "1900"]),
    ("vep-tui show --json 1", ["190", "1900"]),
    ("vep-tui tick 190 doc", ["docs-merged"]),
    ("vep-tui --profile kubernetes tick 7 ", ["prr-approved"]),
    ("vep-tui outbox retry ", ["3"]),
    ("vep-tui --profile kubernetes show 1", []),
    ("vep-tui list --view my", ["my-sig"]),
    ("vep-tui list --config x --view m", ["mine"]),
    ("vep-tui report --release 1.1", ["1.10"]),
    ("vep-tui tick 190 prs-merged --release 1", ["1.9", "1.10"]),
    ("vep-tui --profile kubernetes show ", ["7"]),
    ("vep-tui tick --profile kubernetes 7", ["7"]),
]
"""Lines that mean the same in every shell, and the values among what is offered."""
LISTS = ("vep-tui config set ui.columns why,s", ["sig", "stage"])
"""The word behind the comma."""


def completed(line: str) -> list[str]:
    """What bash offers for a command line."""
    words = line.split(" ")
    ask = (
        f"vep-tui() {{ {SAYS} }}\n{bash()}\n"
        f"COMP_WORDS=({' '.join(f'{w!r}' for w in words)}); COMP_CWORD={len(words) - 1}\n"
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
        ("vep-tui completion f", ["fish"]),
        ("vep-tui tick 12 --note ", []),
        ("vep-tui config set --config x ui.den", ["ui.density"]),
        ("vep-tui config set s", ["sync.interval_minutes", "sync.deadline_seconds"]),
        ("vep-tui config set ui.ascii u", []),
        ("vep-tui config set ui.columns why,s", ["why,sig", "why,stage"]),
        ("vep-tui tick 12 docs-merged pr", []),
        ("vep-tui tick b", []),
    ],
)
def test_bash_offers_what_may_come_next(line: str, offered: list[str]) -> None:
    assert completed(line) == offered


@needs_bash
@pytest.mark.parametrize(("line", "offered"), VALUES)
def test_bash_offers_values(line: str, offered: list[str]) -> None:
    assert [word for word in completed(line) if not word.startswith("-")] == offered


def test_what_a_shell_asks_is_answered_from_the_store_without_the_screen(synced: Command, tmp_path: Path) -> None:
    found = dict(line.split("\t") for line in synced("completion", "numbers").out.strip().split("\n"))
    rows = synced("list", "--view", "needs-me", "--json").json["items"]
    veps, pulls = ({str(r["number"]): r["title"] for r in rows if (r["kind"] == "vep") is so} for so in (True, False))
    assert veps and veps.items() <= found.items() and pulls and not pulls.keys() & found.keys()
    assert "vep-contrast" in synced("completion", "themes").out.split()
    assert "docs-merged" in synced("completion", "items").out.split()
    assert "prr-approved" in synced("--profile", "kubernetes", "completion", "items").out.split()
    assert synced("completion", "entries").out == ""
    number = next(iter(veps))
    made = synced("tick", number, "docs-merged", "--json").json["id"]
    assert synced("completion", "entries").out == f"{made}\tdocs-merged of {number}, waiting\n"
    assert {"1.9", "1.10"} <= set(synced("completion", "releases").out.split())
    (synced.home / "config" / "vep-tui").mkdir(parents=True)
    (synced.home / "config" / "vep-tui" / "config.toml").write_text(
        '[[views]]\nname = "mine"\nquery = "sig:compute"\n[[views]]\nname = "two $(words)"\nquery = "is:open"\n',
        "utf-8",
    )
    assert synced("completion", "views").out.split() == [*(view.name for view in BUILT_IN), "mine"]
    nobody = Command(synced.api_url, tmp_path / "nobody")
    assert nobody("completion", "numbers") == nobody("completion", "releases") == Done(0, "", "") and not list(
        nobody.home.rglob("*.db")
    )
    nobody.env["GH_HOST"], nobody.env["VEP_TUI_API_URL"] = "no host", ""
    assert nobody("completion", "numbers") == Done(1, "", "")


def test_numbers_are_looked_up_without_textual(synced: Command) -> None:
    code = "import sys; from vep_tui.cli import main; main(['completion', 'numbers']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=synced.environment()
    )
    *numbers, loaded = done.stdout.strip().split("\n")
    assert numbers and not {"textual", "rich", "github", "yaml"} & {name.split(".")[0] for name in loaded.split()}


FISH_SAYS = f"""
function vep-tui
    switch "$argv"
        case '*--profile kubernetes completion numbers'
            printf '7\\tOther\\n'
        case '*numbers'
            printf '{NUMBERS}'
        case '*--profile kubernetes completion items'
            printf 'prr-approved\\n'
        case '*items'
            printf 'prs-merged\\ndocs-merged\\n'
        case '*entries'
            printf '3\\tdocs-merged of 26, held\\n'
        case '*themes'
            printf 'vep-dark\\nvep-light\\ndracula\\n'
        case '*--config x completion views'
            printf 'needs-me\\nmine\\n'
        case '*views'
            printf 'needs-me\\nmy-sig\\n'
        case '*releases'
            printf '1.9\\n1.10\\n'
    end
end
"""


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
def test_fish_offers_values() -> None:
    lines = [*VALUES, (LISTS[0], [f"why,{word}" for word in LISTS[1]])]
    asked = "".join(f"echo '{line}'; complete -C '{line}'\n" for line, _ in lines)
    argv = ["fish", "--no-config", "-c", f"{FISH_SAYS}{fish()}\n{asked}"]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    assert offered_by(done.stdout) == {line: sorted(offered) for line, offered in lines}


ZSH = """
zmodload zsh/zpty
zpty inner zsh -f -i
zpty -w inner 'PROMPT= RPROMPT=; autoload -Uz compinit; compinit -u -D
vep-tui() { source $HOME/says "$@" }
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return $?; fi
  local -a hits; builtin compadd -A hits "$@"; (( $#hits )) && print -lr -- HIT:$^hits; return 1
}
source $HOME/_vep-tui
asked() { print; _main_complete; print THERE; compstate[insert]= compstate[list]= }
zle -C asked complete-word asked
bindkey "^I" asked
print READ''Y'
zpty -r -m inner out '*READY*'
while IFS= read -r line; do
  zpty -w -n inner "$line"$'\\t'
  zpty -r -m inner out '*THERE*'
  print -r -- "$line"
  print -lr -- ${(M)${(f)out}:#HIT:*}
  zpty -w -n inner $'\\C-u'
done
zpty -d inner
"""
"""Types lines into a zsh at a terminal, and prints each with what its completion adds."""


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
def test_zsh_offers_values(tmp_path: Path) -> None:
    (tmp_path / "says").write_text(SAYS, encoding="utf-8")
    (tmp_path / "_vep-tui").write_text(zsh(), encoding="utf-8")
    lines = [*VALUES, LISTS]
    typed = "".join(f"{line}\n" for line, _ in lines)
    env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "TERM": "dumb"}
    argv = ["zsh", "-f", "-c", ZSH]
    done = subprocess.run(argv, input=typed, capture_output=True, text=True, check=True, env=env, timeout=60)
    assert offered_by(done.stdout) == {line: sorted(offered) for line, offered in lines}


def offered_by(told: str) -> dict[str, list[str]]:
    """The words offered for each line, out of lines and words one below the other; no options."""
    found: dict[str, list[str]] = {}
    for text in filter(None, (line.removeprefix("HIT:").split("\t")[0].rstrip("\r") for line in told.split("\n"))):
        if text.startswith("vep-tui "):
            words = found.setdefault(text, [])
        elif not text.startswith("-"):
            words.append(text)
    return {line: sorted(words) for line, words in found.items()}


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
    argv = ["fish", "--no-config", "-c", f"{FISH_SAYS}{fish()}\ncomplete -C '{line}'"]
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
