"""Hyperlinks of the commands: on a terminal that knows them, and nowhere else; the text around them stays the same."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from command import Command

from vep_tui.cli.hyperlinks import Hyperlinks, wanted
from vep_tui.cli.tables import table

SEQUENCE = re.compile(r"\x1b]8;;([^\x1b]*)\x1b\\")


def demo(tmp_path: Path, **env: str) -> Command:
    return Command("", tmp_path, {"VEP_TUI_API_URL": "", **env})


@pytest.mark.parametrize("words", [("list", "--view", "all"), ("show", "26")])
def test_forced_links_change_nothing_but_the_links(tmp_path: Path, words: tuple[str, ...]) -> None:
    plain = demo(tmp_path)("--demo", *words).out
    assert "\x1b" not in plain
    linked = demo(tmp_path, FORCE_HYPERLINK="1")("--demo", *words).out
    addresses = {address for address in SEQUENCE.findall(linked) if address}
    assert addresses and all(address.startswith("https://github.com/kubevirt/") for address in addresses)
    assert SEQUENCE.sub("", linked) == plain


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
@pytest.mark.parametrize(("forced", "links"), [("", True), ("0", False)])
def test_a_terminal_gets_links_unless_told_otherwise(tmp_path: Path, forced: str, links: bool) -> None:
    from terminal import Terminal  # which needs POSIX

    with Terminal(demo(tmp_path, FORCE_HYPERLINK=forced), ("--demo", "list", "--view", "all")) as terminal:
        assert terminal.leaves()[0] == 0
        assert (b"\x1b]8;;https://github.com/kubevirt/enhancements/issues/26\x1b\\" in terminal.bytes) == links


def test_a_report_is_the_same_on_every_terminal(tmp_path: Path) -> None:
    assert "\x1b" not in demo(tmp_path, FORCE_HYPERLINK="1")("--demo", "report").out


def test_data_for_a_script_never_holds_a_link(tmp_path: Path) -> None:
    assert "\x1b" not in demo(tmp_path, FORCE_HYPERLINK="1")("--demo", "list", "--json").out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("system", "env", "links"),
    [
        ("posix", {}, True),
        ("nt", {}, False),
        ("nt", {"WT_SESSION": "1"}, True),
        ("nt", {"TERM": "xterm"}, True),
        ("nt", {"FORCE_HYPERLINK": "1"}, True),
        ("posix", {"FORCE_HYPERLINK": "0"}, False),
    ],
)
def test_an_old_console_of_windows_is_shown_none(
    system: str, env: dict[str, str], links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vep_tui.cli.hyperlinks.os", SimpleNamespace(name=system))
    assert wanted(env, Terminal()) is links


def test_links_take_no_room_in_a_table() -> None:
    rows = [(("#1", "https://github.com/a"), "漢"), ("#22", "b")]
    assert SEQUENCE.sub("", table(("N", "T"), rows)) == "N    T\n#1   漢\n#22  b"


def test_an_address_that_leads_elsewhere_is_no_link() -> None:
    links = Hyperlinks("https://github.com", "kubevirt/enhancements")
    assert links.address("https://github.com.evil.example/") == "" == links.address("https://github.com/\x1b]0;x")
    assert Hyperlinks().row(1) == ""
