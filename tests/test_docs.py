"""The documentation says what the code says: generated parts are current, links lead somewhere, examples parse."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from vep_tui.cli.arguments import build_parser
from vep_tui.cli.completion_words import commands_of
from vep_tui.cli.examples import EXAMPLES, examples_of
from vep_tui.cli.profiles import built_in
from vep_tui.core import evidence
from vep_tui.core.sections import NAMED
from vep_tui.settings import Paths, standard_paths
from vep_tui.settings.files import FILES

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])

sys.path.insert(0, str(ROOT / "scripts"))
import reference  # noqa: E402

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", reference.pages(), ids=lambda path: path.name)
def test_what_is_written_from_the_code_is_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == reference.pages()[path], "run `make docs`"


@pytest.mark.parametrize(
    "argv", [("mandoc", "-Tlint", "-Wstyle"), ("groff", "-man", "-ww", "-Tascii", "-z")], ids=lambda argv: argv[0]
)
def test_the_manual_page_is_sound(argv: tuple[str, ...]) -> None:
    if shutil.which(argv[0]) is None:
        pytest.skip(f"no {argv[0]} here")
    done = subprocess.run([*argv, str(ROOT / "docs" / "vep-tui.1")], capture_output=True, text=True, check=False)
    told = (done.stdout + done.stderr).strip().split("\n")
    assert [line for line in told if line] == []


def test_the_manual_page_has_the_day_of_its_version() -> None:
    head = next(line for line in reference.manual().split("\n") if line.startswith(".TH"))
    found = re.search(r' "(\d{4}-\d\d-\d\d)" "vep\\-tui ', head)
    assert found, f"{head}: RELEASED in vep_tui/__init__.py must be a day such as 2026-11-27"


def test_the_manual_page_tells_every_command_option_and_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    page = (ROOT / "docs" / "vep-tui.1").read_text(encoding="utf-8").replace("\\-", "-")
    for word, own in commands_of(build_parser()):
        assert f".SS \\fB{word.text}\\fR" in page
        for name in (name for action in own._actions for name in action.option_strings if name.startswith("--")):
            assert f"\\fB{name}\\fR" in page or name == "--help", name
    if sys.platform == "linux":
        paths = standard_paths("https://api.github.com")
        for use in FILES:
            assert f"~/{getattr(paths, use.field).relative_to(Path.home())}" in page, use.name


def test_the_manual_page_comes_with_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert shared == {"docs/vep-tui.1": "share/man/man1/vep-tui.1"} and all((ROOT / path).exists() for path in shared)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_local_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://", "#")):
            continue
        assert (page.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_is_reached_from_the_readme(page: Path) -> None:
    relative = page.relative_to(ROOT).as_posix()
    assert page.name == "README.md" or f"]({relative})" in README


def test_the_two_commands_of_the_readme_are_one_line_each() -> None:
    blocks = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)
    assert len(blocks) == 2 and all("\n" not in block for block in blocks)
    assert "--demo" in blocks[0] and "pytest" in blocks[1]


def test_every_file_of_ours_is_in_the_table() -> None:
    paths = standard_paths("https://api.github.com")
    assert [use.field for use in FILES] == list(Paths._fields)
    assert all(getattr(paths, use.field).name == use.name for use in FILES)
    assert all(f"`{use.name}`" in README for use in FILES)


@pytest.mark.parametrize("command", EXAMPLES)
def test_every_example_is_a_command_line_we_understand(command: str) -> None:
    for line, _ in EXAMPLES[command]:
        words = shlex.split(line.removeprefix("source <(").partition(")")[0].partition(" > ")[0])
        parsed = build_parser().parse_args(words[1:])
        assert (parsed.command or "") == command


def test_every_command_shows_examples_in_its_help() -> None:
    parser = build_parser()
    assert examples_of("") in parser.format_help()
    for word, own in commands_of(parser):
        assert examples_of(word.text) in own.format_help(), word.text


@pytest.mark.parametrize("name", built_in())
def test_every_part_of_a_profile_is_described(name: str) -> None:
    page = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    for part in tomllib.loads(built_in()[name].read_text(encoding="utf-8")):
        assert f"[{part}]" in page or f"`{part}`" in page, part


def test_every_item_with_evidence_is_named() -> None:
    page = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    for key in evidence._RULES:
        assert f"`{key}`" in page, f"docs/profiles.md does not say that {key} has evidence"


def test_every_field_of_a_tracker_is_described() -> None:
    page = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    for field in NAMED:
        assert f"`{field.name.lower()}`" in page, f"docs/profiles.md lacks {field.name.lower()}"


def test_contributing_names_only_files_that_are_there() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = [word for word in re.findall(r"`([\w./*-]+)`", page) if "/" in word]
    lost = [word for word in named if not any(any(base.glob(word.rstrip("/"))) for base in (ROOT, ROOT / "vep_tui"))]
    assert not lost


def test_every_package_we_depend_on_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    reasons = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    for name in (re.split(r"[<>=\[ ]", one)[0] for one in wanted):
        assert name == "vep-tui" or name.startswith("types-") or name in reasons, name


def test_the_picture_of_every_page_is_one_that_is_made() -> None:
    made = set(re.findall(r'Shot\("([\w-]+)"', (ROOT / "scripts" / "screenshots.py").read_text(encoding="utf-8")))
    for page in PAGES:
        for name in re.findall(r"screenshots/([\w-]+)\.svg", page.read_text(encoding="utf-8")):
            assert name in made, f"{page.name}: {name}"


def test_the_veps_of_the_examples_are_in_the_demo() -> None:
    world = tomllib.loads((ROOT / "vep_tui" / "demo" / "world.toml").read_text(encoding="utf-8"))
    shown = {line.split()[2] for name in ("show", "tick") for line, _ in EXAMPLES[name]}
    assert shown <= {str(vep["number"]) for vep in world["vep"]}
