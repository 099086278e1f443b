"""`python -m vep_tui` is `vep-tui`."""

from vep_tui.cli import run

run()
