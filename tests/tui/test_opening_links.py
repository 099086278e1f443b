"""Addresses: only http and https, and the host that is really meant."""

from __future__ import annotations

import pytest
from at_work import Start, settle
from rich.console import Console
from small_desk import reason
from textual.strip import Strip

from vep_tui.tui import links

CONSOLE = Console(force_terminal=True, color_system="truecolor")
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

    monkeypatch.setattr("webbrowser.get", lambda: Lynx())
    assert not links.open_url("https://github.com/")


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://github.com/kubevirt/kubevirt/pull/1", "https://github.com/kubevirt/kubevirt/pull/1"),
        ("../y/vep.md", "https://github.com/kubevirt/enhancements/blob/main/veps/y/vep.md"),
        ("https://elsewhere.example/", ""),
        ("https://github.com@elsewhere.example/", ""),
        ("javascript:alert(1)", ""),
        ("https://github.com/\x1b\\x", ""),
        ("https://github.com/ä", ""),
        ("https://github.com/" + "x" * 500, ""),
        ("#part", ""),
    ],
)
def test_a_terminal_may_open_only_what_stays_on_our_github(href: str, address: str) -> None:
    assert links.hyperlink(href, BASE, "https://github.com") == address


@pytest.mark.parametrize("terminal", ["dumb", "linux"])
def test_a_terminal_that_would_print_them_gets_no_hyperlinks(terminal: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", terminal)
    assert links.hyperlink("https://github.com/a", BASE, "https://github.com") == ""


async def test_the_links_of_every_tab_are_hyperlinks_and_still_ours(start: Start) -> None:
    async with start() as bench:
        detail = bench.app.main.detail
        pull, document = "kubevirt/kubevirt/pull/17000", "kubevirt/enhancements/blob/main/veps/"
        for key, path in (("v", "issues/190"), ("t", document), ("p", pull), ("m", "issuecomment-3")):
            await bench.press("g", key)
            assert detail.page is not None
            found = {s.style.link: s.style.meta for line in detail.page.lines for s in line if s.style and s.style.link}
            assert any(path in address for address in found), key
            assert all(address.startswith("https://github.com/") for address in found)
            written = "".join(Strip(line).render(CONSOLE) for line in detail.page.lines)
            assert all(f";{address}\x1b\\" in written for address in found)
            assert all(meta["@click"] == f"visit({meta['place']})" for meta in found.values())


@pytest.mark.parametrize(
    ("url", "site", "command"),
    [
        ("https://github.com/a/b.c/pull/7", "https://github.com", "gh pr checkout 7 -R a/b.c"),
        ("https://github.com/a/b/pull/7/files?w=1#x", "https://github.com", "gh pr checkout 7 -R a/b"),
        ("https://ghe.example.com/a/b/pull/7", "https://ghe.example.com", "gh pr checkout 7 -R ghe.example.com/a/b"),
        ("https://github.com/a/b/issues/7", "https://github.com", ""),
        ("https://github.com/a/b/pull/7x", "https://github.com", ""),
        ("https://github.com/a;rm/b/pull/7", "https://github.com", ""),
        ("https://github.com@evil.example/a/b/pull/7", "https://github.com", ""),
        ("https://evil.example/a/b/pull/7", "https://github.com", ""),
        ("", "https://github.com", ""),
    ],
)
def test_only_a_pull_request_of_our_github_is_checked_out(url: str, site: str, command: str) -> None:
    assert links.checkout(url, site) == command


async def test_a_selected_link_stays_selected_when_a_sync_has_news(start: Start) -> None:
    async with start() as bench:
        main = bench.app.main
        await bench.press("l", "n", "n")
        chosen = main.detail.page.places[main.detail.chosen].href
        news = reason("docs-missing", "something new", 1)
        bench.desk.all_rows = tuple(
            row._replace(reasons=(news, *row.reasons)) if row.number == 190 else row for row in bench.desk.all_rows
        )
        main.reread()
        await settle(bench.pilot)
        assert "something new" in bench.text
        assert main.detail.page.places[main.detail.chosen].href == chosen
