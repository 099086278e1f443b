"""Links in what a command prints, for terminals that open them (OSC 8); pipes and files get none."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from vep_tui.cli.out import on_terminal
from vep_tui.tui import links

if TYPE_CHECKING:
    from vep_tui.cli.parts import Parts


@dataclass(frozen=True, slots=True)
class Hyperlinks:
    """The addresses that may be handed to the terminal; none where it is none."""

    site: str = ""
    """ "https://github.com"; empty where nothing is to be a link."""
    home: str = ""
    """`owner/name` of the enhancements repository."""

    def row(self, number: int) -> str:
        """Of an issue or pull request of the enhancements repository; GitHub sends /issues/ on where it is one."""
        return self.address(f"{self.site}/{self.home}/issues/{number}")

    def address(self, url: str) -> str:
        """One from GitHub's data; empty for any that leads elsewhere."""
        return links.hyperlink(url, self.site, self.site) if self.site else ""


def hyperlinks(parts: Parts) -> Hyperlinks:
    """The links for stdout as it is in this run."""
    return Hyperlinks(parts.site, parts.process.enhancements) if wanted(os.environ, sys.stdout) else Hyperlinks()


def wanted(env: Mapping[str, str], stream: TextIO | None) -> bool:
    """On a terminal, unless it is one that would print them; FORCE_HYPERLINK says otherwise, as for other tools."""
    if forced := env.get("FORCE_HYPERLINK", ""):
        return forced != "0"
    # Of the consoles of Windows only Windows Terminal, and what names itself by TERM, knows them.
    knows = os.name == "posix" or "WT_SESSION" in env or "TERM" in env
    return on_terminal(stream) and knows


def linked(text: str, address: str) -> str:
    """The text, leading to an address; as it is without one."""
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if address else text
