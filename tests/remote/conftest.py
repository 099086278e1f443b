"""A double with one issue, and a remote for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from vep_tui.demo.server import Double
from vep_tui.demo.state import IssueRecord, Site
from vep_tui.remote.client import Remote

REPO = "kubevirt/enhancements"


@pytest.fixture
def double() -> Iterator[Double]:
    site = Site()
    at = site.now
    site.repo(REPO).issues[10] = IssueRecord(10, "VEP 10: x", "body", "author", at, at)
    with Double(site) as double:
        yield double
    assert double.violations == []


@pytest.fixture
def remote(double: Double) -> Iterator[Remote]:
    remote = Remote(double.url, "t0ken-of-test", write_interval=0.0, now=lambda: double.site.now)
    yield remote
    remote.close()
