"""Measures vep-tui: ratios taken inside one run and counts, never bare times; nothing here is part of the product."""
