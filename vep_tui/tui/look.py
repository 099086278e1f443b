"""How the screen is drawn, as the settings say: what can change while it is open, and nothing else."""

from __future__ import annotations

from typing import NamedTuple

from vep_tui.tui.glyphs import Glyphs
from vep_tui.tui.queue_row import COLUMNS


class Look(NamedTuple):
    """Signs, columns and density; the theme is Textual's to keep."""

    glyphs: Glyphs = Glyphs()
    columns: tuple[str, ...] = tuple(COLUMNS)
    """What a row of the queue shows beside number and title, from left to right."""
    density: str = "comfortable"
    """As `ui.density` has it: "compact" keeps a row of the queue in one line."""


USUAL = Look()
"""What is drawn where no setting says otherwise."""
