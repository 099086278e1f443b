"""How many examples a rule is tried with: a modest number each time, and as many as `VEP_TUI_EXAMPLES` asks for."""

from __future__ import annotations

import os


def examples(usual: int) -> int:
    """For Hypothesis's `max_examples`."""
    return int(os.environ.get("VEP_TUI_EXAMPLES", usual))
