"""Whether the terminal can show more than ASCII, as far as the environment tells; it asks no terminal."""

from __future__ import annotations

import os
from collections.abc import Mapping

from vep_tui.settings.config import Config

OF_TERMINAL = "the terminal"
"""Who says so, when no line of ours does."""
_POOR = frozenset({"dumb", "linux", "vt100", "vt102", "vt220"})
"""Kinds of terminals whose fonts lack our signs."""


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
    locale = env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or "UTF-8"
    return env.get("TERM") in _POOR or "utf8" not in locale.casefold().replace("-", "")
