"""Addresses: only http and https, and the host that is really meant."""

from __future__ import annotations

import pytest

from vep_tui.tui import links

BASE = "https://github.com/kubevirt/enhancements/blob/main/veps/x/vep.md"


@pytest.mark.parametrize(
    "href",
    [
        "vscode://x",
        "ssh://-oProxyCommand=x",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "#part",
        "",
        "http://",
        "data:x",
    ],
)
def test_nothing_but_http_is_opened(href: str) -> None:
    assert links.resolve(href, BASE) is None


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("../y/vep.md", "https://github.com/kubevirt/enhancements/blob/main/veps/y/vep.md"),
        ("https://a.example/b", "https://a.example/b"),
        ("-rf", "https://github.com/kubevirt/enhancements/blob/main/veps/x/-rf"),
    ],
)
def test_relative_links_are_read_against_their_page(href: str, url: str) -> None:
    assert links.resolve(href, BASE) == url


@pytest.mark.parametrize("href", ["https://a.example/\nx y", 'https://a.example/"x', "https://a.example/\u202ex y"])
def test_addresses_with_odd_characters_are_refused(href: str) -> None:
    assert links.resolve(href, BASE) is None


def test_the_host_is_the_one_really_meant() -> None:
    assert links.host("https://github.com@evil.example:443/x") == "evil.example"
    assert links.host("https://gіthub.com/") == "xn--gthub-n2e.com"
    assert not links.is_home("https://github.com@evil.example/", "https://github.com")
    assert not links.is_home("https://bob@github.com/", "https://github.com")
    assert links.is_home("https://github.com/a", "https://github.com")


def test_a_browser_that_would_draw_over_the_screen_is_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    class Lynx:
        name = "/usr/bin/lynx"

        def open(self, url: str) -> bool:
            raise AssertionError

    monkeypatch.setattr(links.webbrowser, "get", lambda: Lynx())
    assert not links.open_url("https://github.com/")
