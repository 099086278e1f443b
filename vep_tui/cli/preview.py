"""`vep-tui tick --preview`: the comment as it would be; nothing goes into the outbox or to GitHub."""

from __future__ import annotations

from argparse import Namespace

from vep_tui.cli.exits import USAGE, CommandError
from vep_tui.core.checklist import evidence_sentence, statements_of
from vep_tui.core.comment import parse_comment, read_comment, render
from vep_tui.core.models import Delivery, ItemState, Statement, Vep
from vep_tui.core.world import World

_OP = "00000000-0000-0000-0000-000000000000"
"""Stands for the operation id that sending would give."""
_GOING = (Delivery.WAITING, Delivery.SENDING)
"""What goes out with the next request; what is held does not."""


def preview(vep: Vep, world: World, args: Namespace) -> str:
    """My comment with this tick in it, beside what waits; raises `CommandError` where no release is known."""
    process, me = world.process, world.me or "me"
    release = args.release or vep.checklist.release or vep.release
    if release is None:
        raise CommandError(f"#{vep.number} names no release; say which one with --release.", USAGE)
    read = (read_comment(comment, world.people, process) for comment in vep.issue.comments)
    mine = [c for c in read if c and c.release == release and c.author.casefold() == me.casefold()]
    said = statements_of(me, release, mine)
    shown = {item.key: item for item in vep.checklist.items if release == vep.checklist.release}
    for item in shown.values():
        if item.delivery is not None and (item.delivery in _GOING or item.key == args.item):
            said[item.key] = Statement(
                item.key, item.state, item.at or world.now, item.note, evidence_sentence(item.evidence)
            )
    kept = said[args.item].note if args.item in said else ""
    note = kept if args.note is None else args.note
    evidence = evidence_sentence(shown[args.item].evidence) if args.item in shown else ""
    said[args.item] = Statement(args.item, ItemState(args.state), world.now, note, evidence)
    home = mine[0].comment if mine else None
    branch = next((r.branch for r in world.releases if r.version == release), None)
    existing = parse_comment(home, process) if home else None
    edited = (home.edited_at or home.created_at) if home else None
    return render(vep.number, release, said.values(), _OP, me, world.now, existing, process, branch, edited)
