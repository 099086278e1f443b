"""The laws of the house: who may import whom, how large a room may grow, what must not be loaded."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "vep_tui"

MAY_IMPORT = {
    "core": {"core"},
    "settings": {"settings"},
    "store": {"core", "store"},
    "remote": {"core", "remote"},
    "sync": {"core", "store", "remote", "sync"},
    "tui": {"core", "store", "sync", "tui"},
    "demo": {"core", "demo"},
    "cli": {"core", "settings", "store", "remote", "sync", "tui", "demo", "cli"},
}
"""Room to the rooms it may import; `sync` gives `tui` only its messages."""

ONLY_IN = {
    "sqlite3": {"store"},
    "github": {"remote"},
    "requests": {"remote"},
    "urllib3": {"remote"},
    "textual": {"tui"},
    "rich": {"tui"},
    "graphql": {"demo"},
    "textual_serve": {"cli"},
    "aiohttp": {"cli"},
    "platformdirs": {"settings"},
    "tomllib": {"settings", "cli", "demo"},
    "tomlkit": {"settings"},
    "subprocess": {"settings", "tui", "cli"},
}
"""Outside package to the rooms that may import it."""

CORE_MAY = {"yaml", "markdown_it", "linkify_it"}
"""The only outside packages that `core` may use, loaded when first needed."""

IO_MODULES = {
    "os",
    "pathlib",
    "socket",
    "sqlite3",
    "subprocess",
    "threading",
    "time",
    "urllib.request",
    "io",
    "asyncio",
}
"""What pure code has no use for."""

FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


@cache
def tree_of(path: Path) -> ast.Module:
    """What Python reads in a file; read once for all laws."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports_of(path: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by the full name"
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names if node.module == "vep_tui"}
    return frozenset(found)


@pytest.mark.parametrize("path", [f for f in FILES if room_of(f)], ids=lambda p: str(p.relative_to(ROOT)))
def test_rooms_import_only_the_rooms_before_them(path: Path) -> None:
    room = room_of(path)
    for name in imports_of(path):
        if name.startswith("vep_tui.") and (target := name.split(".")[1]) in MAY_IMPORT:
            assert target in MAY_IMPORT[room], f"{room} may not import {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_each_outside_package_has_its_rooms(path: Path) -> None:
    for name in imports_of(path):
        top = name.split(".")[0]
        if top in ONLY_IN:
            assert room_of(path) in ONLY_IN[top], f"{path.name} may not import {name}"


@pytest.mark.parametrize("path", [f for f in FILES if room_of(f) == "core"], ids=lambda p: p.name)
def test_core_is_pure(path: Path) -> None:
    for name in imports_of(path):
        top = name.split(".")[0]
        assert name not in IO_MODULES, f"core may not use {name}"
        assert top in sys.stdlib_module_names or top == "vep_tui" or top in CORE_MAY, f"core may not use {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_classes_and_functions_stay_small_and_documented(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = tree_of(path)
    assert ast.get_docstring(tree) or not text.strip(), f"{path} says nothing about itself"
    assert (count := text.count("\n")) <= 320, f"{path} has {count} lines: above 320 it is two files"
    for node in ast.walk(tree):
        size = (getattr(node, "end_lineno", 0) or 0) - (getattr(node, "lineno", 0) or 0) + 1
        if isinstance(node, ast.ClassDef):
            assert size <= 220, f"{path.name}: class {node.name} has {size} lines, above 220"
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert size <= 48, f"{path.name}: {node.name} has {size} lines, above 48"


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("vep_tui.core.vep", {"textual", "github", "yaml", "markdown_it", "sqlite3"}),
        ("vep_tui.store.desk", {"textual", "github", "requests", "yaml", "markdown_it"}),
        ("vep_tui.sync.engine", {"textual", "github", "requests", "yaml", "markdown_it"}),
        ("vep_tui.cli", {"textual", "github", "sqlite3", "yaml", "platformdirs"}),
    ],
)
def test_importing_a_room_loads_nothing_heavy(module: str, forbidden: set[str]) -> None:
    code = f"import sys, {module}; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not forbidden & set(done.stdout.split())


def test_the_map_names_every_room() -> None:
    import vep_tui

    rooms = {p.name for p in PACKAGE.iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    for room in rooms:
        assert f"`{room}`" in (vep_tui.__doc__ or ""), room


@pytest.mark.parametrize("room", ["core", "store", "sync", "tui", "tui/screens", "demo", "cli"])
def test_the_map_of_a_room_names_every_file(room: str) -> None:
    """In the first lines of its `__init__`; rooms of a handful of files need none."""
    path = PACKAGE / room / "__init__.py"
    known = set(re.findall(r"`(\w+)`", ast.get_docstring(tree_of(path)) or ""))
    missing = {file.stem for file in path.parent.glob("*.py")} - known - {"__init__"}
    assert not missing, f"{path.relative_to(ROOT)} does not say what is in {', '.join(sorted(missing))}"


@pytest.mark.parametrize("room", ["core", "store", "sync", "tui", "tui/screens", "demo", "cli"])
def test_the_map_of_a_room_names_only_what_is_there(room: str) -> None:
    path = PACKAGE / room / "__init__.py"
    places = (ast.get_docstring(tree_of(path)) or "").partition("Where to look")[2]
    there = {file.stem for file in path.parent.iterdir()} | {"action_NAME"}
    assert set(re.findall(r"`(\w+)`", places)) <= there
