"""Puts one VEP together from all that is known of it; it reads nothing by itself and decides nothing for a person."""

from __future__ import annotations

from vep_tui.core.models import Issue, Tracker, Vep
from vep_tui.core.sources import Sources
from vep_tui.core.world import World

__all__ = ["Sources", "assemble"]


def assemble(issue: Issue, sources: Sources, world: World) -> Vep:  # noqa: ARG001
    """The VEP of this tracking issue as a reviewer sees it at `world.now`."""
    return Vep(issue=issue, tracker=Tracker(), document=sources.document, document_path=sources.document_path)
