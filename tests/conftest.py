"""Fixtures for every room: a machine cut off from the real one, and a GitHub on loopback."""

from __future__ import annotations

import gc
import os
import re
import socket
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from builders import small_site
from rest_validator import validate_rest
from secret import tellers

from vep_tui.demo.server import Double
from vep_tui.demo.state import Site

_CUT = ("GH_", "GITHUB_", "VEP_TUI_", "XDG_", "TEXTUAL")
_CUT_NAMES = (
    "NO_COLOR",
    "FORCE_COLOR",
    "FORCE_HYPERLINK",
    "BROWSER",
    "EDITOR",
    "GIT_EDITOR",
    "VISUAL",
    "NETRC",
    "REQUESTS_CA_BUNDLE",
)
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_NUMBERS = count()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores, for `-n auto`: many a test waits for a process, a terminal or a moment."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """What is loaded by now stays: no later look for rubbish needs to go through it, nor to come every 700 objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder of the test's own: pytest's looks through all others for a free name, and links to the newest."""
    folder = tmp_path_factory.getbasetemp() / f"{next(_NUMBERS)}-{re.sub(r'[^a-z0-9]+', '-', request.node.name)[:30]}"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(autouse=True)
def _machine_cut_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No token, no home, no folders, no proxy and no network of the machine the tests run on."""
    for name in os.environ:
        if name.startswith(_CUT) or name.upper() in _CUT_NAMES + _PROXIES:
            monkeypatch.delenv(name)
    (tmp_path / "home").mkdir()
    for name, folder in (
        ("HOME", "home"),
        ("XDG_CONFIG_HOME", "home/.config"),
        ("XDG_CACHE_HOME", "home/.cache"),
        ("XDG_DATA_HOME", "home/.local/share"),
        ("XDG_STATE_HOME", "home/.local/state"),
        ("GH_CONFIG_DIR", "home/.config/gh"),
    ):
        monkeypatch.setenv(name, str(tmp_path / folder))
    monkeypatch.setattr(socket.socket, "connect", _loopback_only(socket.socket.connect))
    monkeypatch.setattr(socket, "getaddrinfo", _loopback_names(socket.getaddrinfo))


def _loopback_only(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and address[0] not in _LOOPBACK:
            raise AssertionError(f"a test reached for the network: {address}")
        return connect(self, address)

    return guarded


def _loopback_names(getaddrinfo: Any) -> Any:
    def guarded(host: Any, *rest: Any, **named: Any) -> Any:
        if host not in (*_LOOPBACK, None):
            raise AssertionError(f"a test looked up a name: {host}")
        return getaddrinfo(host, *rest, **named)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def _token_stays_in_memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """At the end, no file that any test or any process of ours has written holds the token."""
    yield
    found = list(tellers(tmp_path_factory.getbasetemp()))
    assert not found, f"the token was written to {found}"


@pytest.fixture
def site() -> Site:
    """A small world: see `builders.small_site`."""
    return small_site()


@pytest.fixture
def double(site: Site) -> Iterator[Double]:
    """The site on loopback; fails the test when client or double broke GitHub's rules."""
    with Double(site, validator=validate_rest) as running:
        yield running
    assert running.violations == []
