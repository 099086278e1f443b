"""What a completion script asks while a line is typed, a word a line; nothing when it cannot be known."""

from __future__ import annotations

import os
from argparse import Namespace

from vep_tui.cli.exits import FAILED, OK, CommandError
from vep_tui.store.errors import StoreError


def asked(args: Namespace) -> int:
    """Print the words; whoever types is not told of trouble: the command itself will tell it."""
    try:
        lines = _themes() if args.shell == "themes" else _numbers(args)
    except (CommandError, StoreError, OSError):
        return FAILED
    print("".join(f"{line}\n" for line in lines), end="")  # noqa: T201
    return OK


def _themes() -> tuple[str, ...]:
    from vep_tui.tui.themes import theme_names  # which loads Textual

    return theme_names()


def _numbers(args: Namespace) -> list[str]:
    """The VEPs of the local store with their titles, for the GitHub and the profile that the line names."""
    if args.demo:
        return []
    from vep_tui.cli.parts import open_parts
    from vep_tui.core.text import one_line
    from vep_tui.store.mirror import Mirror
    from vep_tui.store.projection import Projection

    with open_parts(args, os.environ) as parts:
        if not parts.paths.mirror.exists():
            return []
        mirror = Mirror.open(parts.paths.mirror, read_only=True)
        try:
            return [f"{number}\t{one_line(title)}" for number, title in Projection(mirror).titles()]
        finally:
            mirror.close()
