"""The fixtures of the screen's tests; what they are made of lies in at_work.py and rest.py."""

from __future__ import annotations

import pytest
from at_work import start
from rest import at_rest

__all__ = ["start"]


@pytest.fixture(autouse=True)
def _keys_wait_for_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of a test returns as soon as the screen has done all that it does about it."""
    monkeypatch.setattr("textual.app.wait_for_idle", at_rest)
    monkeypatch.setattr("textual.pilot.wait_for_idle", at_rest)
