"""Real SQLite files in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    opened = Mirror.open(tmp_path / "cache" / "mirror.db")
    yield opened
    opened.close()


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    opened = Outbox.open(tmp_path / "data" / "outbox.db")
    yield opened
    opened.close()
