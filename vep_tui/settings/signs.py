"""Whether the terminal can show more than ASCII, as far as the environment tells; it asks no terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from vep_tui.settings.config import Config

OF_TERMINAL = "the terminal"
"""Who says so, when no line of ours does."""
_POOR = frozenset({"dumb", "linux", "vt100", "vt102", "vt220"})
"""Kinds of terminals whose fonts lack our signs."""
_PYTHONS = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})
"""What Python itself writes into LC_CTYPE where the locale is C: https://peps.python.org/pep-0538/."""
_C = frozenset({"", "C", "POSIX"})


def ascii_said(config: Config, env: Mapping[str, str]) -> tuple[bool, str]:
    """Whether to draw in ASCII only and who says so: config.toml, else what the terminal is, else the default."""
    written = config.places.get("ui.ascii")
    if written is None and _is_poor(env):
        return True, OF_TERMINAL
    return bool(config["ui.ascii"]), written or "default"


def _is_poor(env: Mapping[str, str]) -> bool:
    if os.name != "posix" or "TEXTUAL_DRIVER" in env:
        return False  # Windows has no such variables, and a browser shows everything
    # As locale(7) has it; where none is set, which is common in containers, nothing is known.
    letters = env.get("LC_CTYPE")
    if sys.flags.utf8_mode and letters in _PYTHONS and env.get("LANG", "") in _C:
        # A mode that Python is in where it found the locale to be C, and always from 3.15 on: then nobody can tell.
        letters = None
    locale = env.get("LC_ALL") or letters or env.get("LANG") or "UTF-8"
    return env.get("TERM") in _POOR or "utf8" not in locale.casefold().replace("-", "")
