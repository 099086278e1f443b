"""The real screen in a real terminal over the corpus: of all escapes in it, not one reaches the terminal."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from command import Command
from corpus import HOOK, TEXTS
from hostile_site import hostile_site
from terminal import Terminal, settle_in

from vep_tui.demo.server import Double

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminals are made with pty")

HOOKED = re.compile(rb"\x1b[\]PX^_][^\x07\x1b]*(?:" + HOOK.encode() + rb"|evil|cHdu|aGk)")
"""An escape string (OSC, DCS, SOS, PM, APC) that carries a piece of the corpus."""
FOREIGN = re.compile(
    rb"\xc2[\x80-\x9f]|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf|\xf3\xa0[\x80-\xbf]|[\x07\x08\x0b\x0c\x7f\x00]"
)
"""C1, zero-width, bidi, tags, and the control characters that a screen has no use for."""


OWN = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""The one escape string of Textual's that ends in BEL: the shape of the mouse pointer."""

HYPERLINK = re.compile(rb"\x1b\]8;[^;\x1b\x07]*;([^\x1b\x07]+)")
"""An address that a terminal would open by itself."""


def check(terminal: Terminal, where: str) -> None:
    said = OWN.sub(b"", terminal.bytes)
    for pattern in (HOOKED, FOREIGN):
        found = pattern.search(said)
        assert found is None, (where, said[max(0, found.start() - 80) : found.end() + 40])


def test_nothing_of_the_corpus_reaches_the_terminal(tmp_path: Path) -> None:
    with Double(hostile_site()) as double:
        command = Command(double.url, tmp_path / "home", {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"})
        settle_in(command)
        assert command("sync", timeout=120).status in (0, 1)
        with Terminal(command, size=(150, 50)) as terminal:
            terminal.shows("All open")
            terminal.press("4")
            terminal.read(0.5)
            for _ in range(len(TEXTS) + 25):
                terminal.press("j")
                terminal.read(0.12)
            check(terminal, "queue")
            terminal.press("gg")
            for tab in range(6):
                terminal.press("]")
                for _ in range(len(TEXTS) // 2):
                    terminal.press("j")
                    terminal.read(0.05)
                check(terminal, f"tab {tab}")
            terminal.press("?")
            terminal.read(0.3)
            terminal.press("\x1b")
            terminal.read(0.5)
            terminal.press("q")
            status, _ = terminal.leaves(10)
            assert status == 0
            assert terminal.is_given_back()
            assert b"Traceback" not in terminal.bytes
            # What the terminal opens by itself stays on the one GitHub there is: here the double.
            addresses = set(HYPERLINK.findall(terminal.bytes))
            assert addresses
            assert not [a for a in addresses if not re.fullmatch(rb"https://127\.0\.0\.1/[!-~]+", a)]
    assert not list(Path.cwd().glob(f"*{HOOK}*")) and not list(tmp_path.rglob(f"{HOOK}"))
