"""Measures vep-tui: ratios taken inside one run and counts, never bare times; nothing here is part of the product."""

import sys
from pathlib import Path

# The small worlds of the tests serve here, too.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
