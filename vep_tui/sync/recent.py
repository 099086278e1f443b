"""Where the last changed pull requests of a repository stand, as a sweep shows it; it fetches nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vep_tui.core.nodes import moment
from vep_tui.store.linked import KnownPull
from vep_tui.sync.shapes import Node, count, dig, elements, text


@dataclass(frozen=True, slots=True)
class Recent:
    """The pull requests of a repository that changed last."""

    repo: str
    """In lower case."""
    standing: Mapping[str, tuple[str, str, str]]
    """By ref in lower case: when it changed, its state and its base, as GitHub wrote them."""
    back_to: datetime | None
    """Whatever changed later is among them; None: all there are."""

    @classmethod
    def of(cls, repo: str, shown: Any) -> Recent | None:
        """What an answer shows; None where it shows no list, or not all of it."""
        listed = dig(shown, "nodes")
        nodes = elements(shown, "nodes")
        if not isinstance(listed, list) or len(nodes) != len(listed):
            return None
        standing = {f"{repo}#{count(node, 'number')}".casefold(): standing_of(node) for node in nodes}
        more = dig(shown, "pageInfo", "hasNextPage") is not False
        last = moment(text(nodes[-1], "u")) if nodes else None
        return None if more and last is None else cls(repo.casefold(), standing, last if more else None)

    def tells_of(self, pull: KnownPull, since: datetime | None) -> bool:
        """True when any change of a pull request after that moment would be seen here."""
        here = pull.ref.rpartition("#")[0].casefold() == self.repo
        return here and since is not None and (self.back_to is None or self.back_to < since)

    def shows_change(self, pull: KnownPull) -> bool:
        """True for a pull request that is not as it is known."""
        known = (pull.updated_at, pull.state, pull.base)
        return self.standing.get(pull.ref.casefold(), known) != known


def standing_of(node: Node) -> tuple[str, str, str]:
    """When a pull request changed, its state and its base."""
    return text(node, "u"), text(node, "s"), text(node, "b")
