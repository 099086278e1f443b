"""No words at all mean what the parser makes of them."""

from __future__ import annotations

from vep_tui.cli import NOTHING_ASKED
from vep_tui.cli.arguments import build_parser


def test_the_screen_opens_with_what_the_parser_would_say() -> None:
    assert vars(NOTHING_ASKED) == vars(build_parser().parse_args([]))
