"""Commands against the world of the demo, in homes of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Command

from vep_tui.demo.server import Double
from vep_tui.demo.world import build_site

NOW = {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"}


@pytest.fixture
def world() -> Iterator[Double]:
    with Double(build_site()) as double:
        yield double
    assert double.violations == []


@pytest.fixture
def run(world: Double, tmp_path: Path) -> Command:
    return Command(world.url, tmp_path, dict(NOW))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has synced."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    with Double(build_site()) as world:
        assert Command(world.url, home, dict(NOW))("sync").status == 0
    return home


@pytest.fixture
def synced(prepared: Path, world: Double, tmp_path: Path) -> Command:
    """Such a home of one's own."""
    shutil.copytree(prepared, tmp_path / "mine")
    return Command(world.url, tmp_path / "mine", dict(NOW))
