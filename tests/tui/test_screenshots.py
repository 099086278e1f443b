"""The pictures in screenshots/: all there, made from today's keys, and harmless to look at."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("screenshots", ROOT / "scripts" / "screenshots.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks its own module up by name.
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SCRIPT = script()


@pytest.mark.parametrize("shot", SCRIPT.SHOTS, ids=lambda shot: shot.name)
def test_each_picture_is_made_from_todays_keys(shot: object) -> None:
    path = ROOT / "screenshots" / f"{shot.name}.svg"  # type: ignore[attr-defined]
    svg = path.read_text(encoding="utf-8")
    assert SCRIPT.recipe_of(svg) == SCRIPT.made_from(shot), "out of date: run `make screenshots`"
    assert len(svg) < 200_000
    assert "vep-tui" in SCRIPT.words_of(svg) or "Calendar" in SCRIPT.words_of(svg)


def test_no_picture_fetches_anything() -> None:
    for path in (ROOT / "screenshots").glob("*.svg"):
        svg = path.read_text(encoding="utf-8")
        assert not re.search(r"@import|<script|<image|url\(\s*[\"']?(?!#)", svg), path.name


def test_every_picture_has_its_recipe_and_every_page_its_pictures() -> None:
    names = {shot.name for shot in SCRIPT.SHOTS}
    assert {path.stem for path in (ROOT / "screenshots").glob("*.svg")} == names
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        shown = re.findall(r"screenshots/([\w-]+)\.svg", path.read_text(encoding="utf-8"))
        assert set(shown) <= names, path.name
