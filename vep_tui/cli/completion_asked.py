"""What a completion script asks while a line is typed, a word a line; nothing when it cannot be known."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from collections.abc import Callable, Sequence

from vep_tui.cli.exits import FAILED, OK, CommandError
from vep_tui.cli.parts import Parts, open_parts
from vep_tui.core.views import BUILT_IN
from vep_tui.store.errors import StoreError
from vep_tui.store.mirror import Mirror

_PLAIN = re.compile(r"[\w.-]+")
"""What every shell takes for one word and reads as it stands."""


def asked(args: Namespace) -> int:
    """Print the words; whoever types is not told of trouble: the command itself will tell it."""
    try:
        lines = _ANSWERS[args.shell](args)
    except (CommandError, StoreError, OSError):
        return FAILED
    print("".join(f"{line}\n" for line in lines), end="")  # noqa: T201
    return OK


def _themes(_: Namespace) -> Sequence[str]:
    from vep_tui.tui.themes import theme_names  # which loads Textual

    return theme_names()


def _views(args: Namespace) -> Sequence[str]:
    """The views that there always are, and those of the settings, which the demo has, too."""
    args.demo = False
    with open_parts(args, os.environ) as parts:
        names = (view.name for view in (*BUILT_IN, *parts.views()))
        return [name for name in dict.fromkeys(names) if _PLAIN.fullmatch(name)]


def _numbers(args: Namespace) -> Sequence[str]:
    """The VEPs of the local store with their titles, for the GitHub and the profile that the line names."""
    from vep_tui.core.text import one_line
    from vep_tui.store.projection import Projection

    return _stored(args, lambda _, mirror: [f"{n}\t{one_line(title)}" for n, title in Projection(mirror).titles()])


def _items(args: Namespace) -> Sequence[str]:
    """The points of the checklist of the profile that the line names."""
    args.demo = False
    with open_parts(args, os.environ) as parts:
        return [item.key for item in parts.process.checklist]


def _entries(args: Namespace) -> Sequence[str]:
    """What waits in the outbox or is held, by id, with what it is."""
    if args.demo:
        return ()
    from vep_tui.store.outbox import Outbox

    with open_parts(args, os.environ) as parts:
        if not parts.paths.outbox.exists():
            return ()
        outbox = Outbox.open(parts.paths.outbox, read_only=True)
        try:
            return [f"{e.id}\t{e.item or e.kind} of {e.number}, {e.delivery}" for e in outbox.entries()]
        finally:
            outbox.close()


def _releases(args: Namespace) -> Sequence[str]:
    """The releases with a schedule there."""
    from vep_tui.store.standing import read_world

    def read(parts: Parts, mirror: Mirror) -> Sequence[str]:
        world = read_world(mirror, parts.process, now=parts.now(), dates=parts.config.dates)
        return [release.version for release in world.releases]

    return _stored(args, read)


def _stored(args: Namespace, read: Callable[[Parts, Mirror], Sequence[str]]) -> Sequence[str]:
    """What a store says that is there already; the demo has none before it runs."""
    if args.demo:
        return ()
    with open_parts(args, os.environ) as parts:
        if not parts.paths.mirror.exists():
            return ()
        mirror = Mirror.open(parts.paths.mirror, read_only=True)
        try:
            return read(parts, mirror)
        finally:
            mirror.close()


_ANSWERS = {
    "numbers": _numbers,
    "items": _items,
    "entries": _entries,
    "releases": _releases,
    "themes": _themes,
    "views": _views,
}
