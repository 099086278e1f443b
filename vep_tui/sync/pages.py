"""How many things to ask for at once: less when GitHub gives up on a query, slowly more when it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from vep_tui.remote.errors import DeadlineExceeded, RemoteError, TooBig
from vep_tui.sync.shapes import Node, count, dig, elements, text

if TYPE_CHECKING:
    from vep_tui.remote.client import Answer
    from vep_tui.sync.errand import Errand

T = TypeVar("T")

LADDER = (1, 3, 6, 12, 25, 50)
PATIENCE = 2
"""Good answers before the next larger page is tried."""
MOST_PAGES = 5_000
"""Requests for one list; a server that never ends must not keep us."""
LIGHT = 8
"""So many small things count as one big one."""


class NotThere(RemoteError):  # noqa: N818 - it says what happened
    """A whole part of the world is not there or may not be seen; GitHub's words about it are told already."""


class PageSize:
    """A page size that adapts."""

    def __init__(self, start: int = 25) -> None:
        self._step = max((i for i, size in enumerate(LADDER) if size <= start), default=0)
        self._good = 0
        self._patience = PATIENCE

    @property
    def now(self) -> int:
        """How many to ask for."""
        return LADDER[self._step]

    def shrink(self) -> bool:
        """Ask for half of it from now on; False when one at a time was too much."""
        self._good = 0
        self._patience *= 2  # what was too much once will be too much again
        if self._step == 0:
            return False
        self._step -= 1
        return True

    def good(self) -> None:
        """An answer came."""
        self._good += 1
        if self._good >= self._patience and self._step < len(LADDER) - 1:
            self._step += 1
            self._good = 0


def each_page(
    errand: Errand, query: str, variables: Mapping[str, Any], *path: str, expect: Callable[[int], object] | None = None
) -> Iterator[list[Node]]:
    """The nodes of a connection, page by page; `path` leads to the connection in the answer.

    `expect` is told how many nodes there are in all.

    Raises `NotThere` when the answer holds no such connection.
    """
    after: str | None = None
    for _ in range(MOST_PAGES):
        try:
            answer = errand.ask(query, {**variables, "n": errand.page_size.now, "after": after})
        except (TooBig, DeadlineExceeded):
            if not errand.can_ask_for_less():
                raise
            continue
        errand.page_size.good()
        connection = dig(answer.data, *path)
        if not isinstance(connection, dict):
            raise NotThere(f"GitHub shows no {path[-1]}.")
        if expect is not None:
            expect(count(connection, "totalCount"))
        yield elements(connection, "nodes")
        after = next_cursor(connection, after)
        if after is None:
            return


def each_batch(
    errand: Errand, wanted: Sequence[T], ask: Callable[[list[T]], Answer], *, light: int = 0
) -> Iterator[tuple[list[T], Answer]]:
    """The wanted things with their answers, as many at a time as the page size allows.

    `light` is the most of them at a time when they are small.
    """
    start = 0
    while start < len(wanted):
        size = errand.page_size.now
        batch = list(wanted[start : start + (min(size * LIGHT, light) if light else size)])
        try:
            answer = ask(batch)
        except (TooBig, DeadlineExceeded):
            if not errand.can_ask_for_less():
                raise
            continue
        yield batch, answer
        start += len(batch)


def next_cursor(connection: Any, after: str | None = None) -> str | None:
    """Where the next page of a connection begins; None when there is none, or when it does not move on."""
    end = text(connection, "pageInfo", "endCursor")
    more = dig(connection, "pageInfo", "hasNextPage") is True
    return end if more and end and end != after else None
