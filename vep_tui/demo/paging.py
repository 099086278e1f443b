"""Pages of a GraphQL connection: bounds, opaque cursors, page info; knows nothing of what it pages."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from vep_tui.demo.identity import stamp_or_none

LARGEST_PAGE = 100


class FieldError(Exception):
    """A field error as GitHub words it: it nulls the field and the rest of the answer stands."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        """GitHub's error type: NOT_FOUND, FORBIDDEN, MISSING_PAGINATION_BOUNDARIES ..."""


@dataclass(slots=True)
class Listing:
    """All nodes of a connection in order; with a `key`, a cursor is a place in that order rather than a count."""

    items: Sequence[Any]
    key: Callable[[Any], tuple[str | int, ...]] | None = None
    """What the items are sorted by, so that a moved item is met again or missed as on GitHub."""
    descending: bool = False


@dataclass(slots=True)
class PageInfo:
    """Where a page lies in its connection."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


class Page:
    """One page of a connection, in the shape of GitHub's `*Connection` types."""

    def __init__(
        self, listing: Listing, first: int | None, last: int | None, after: str | None, before: str | None
    ) -> None:
        self.listing = listing
        items = listing.items
        start = _place(listing, after, past=True) if after else 0
        stop = _place(listing, before, past=False) if before else len(items)
        stop = max(start, stop)
        if first is not None:
            stop = min(stop, start + first)
        if last is not None:
            start = max(start, stop - last)
        self.start, self.stop = start, stop
        self.nodes = list(items[start:stop])

    @property
    def total_count(self) -> int:
        """Nodes on all pages."""
        return len(self.listing.items)

    filtered_count = total_count

    @property
    def page_count(self) -> int:
        """Nodes on this page."""
        return len(self.nodes)

    @property
    def updated_at(self) -> str | None:
        """When the newest timeline item happened."""
        moments = [item.moment for item in self.listing.items if getattr(item, "moment", None) is not None]
        return stamp_or_none(max(moments)) if moments else "1970-01-01T00:00:00Z"

    @property
    def page_info(self) -> PageInfo:
        """Where this page lies."""
        ends = (self.start, self.stop - 1) if self.nodes else None
        return PageInfo(
            has_next_page=self.stop < len(self.listing.items),
            has_previous_page=self.start > 0,
            start_cursor=_cursor(self.listing, ends[0]) if ends else None,
            end_cursor=_cursor(self.listing, ends[1]) if ends else None,
        )


def check_bounds(connection: str, first: int | None, last: int | None) -> None:
    """Refuse what GitHub's resolvers refuse: no bound, or more than 100."""
    if first is None and last is None:
        raise FieldError(
            "MISSING_PAGINATION_BOUNDARIES",
            f"You must provide a `first` or `last` value to properly paginate the `{connection}` connection.",
        )
    for name, size in (("first", first), ("last", last)):
        if size is not None and size > LARGEST_PAGE:
            raise FieldError(
                "EXCESSIVE_PAGINATION",
                f"Requesting {size} records on the `{connection}` connection exceeds the `{name}` limit of "
                f"{LARGEST_PAGE} records.",
            )
        if size is not None and size < 1:
            raise FieldError(
                "INVALID_PAGINATION", f"`{name}` on the `{connection}` connection cannot be less than one."
            )


def _cursor(listing: Listing, at: int) -> str:
    place: Any = [at] if listing.key is None else listing.key(listing.items[at])
    return b64encode(b"cursor:v2:" + json.dumps(place).encode()).decode()


def _place(listing: Listing, cursor: str, *, past: bool) -> int:
    """The index a cursor stands for; `past` for the one behind it."""
    try:
        place = json.loads(b64decode(cursor, validate=True).removeprefix(b"cursor:v2:"))
    except ValueError:
        raise FieldError("INVALID_CURSOR_ARGUMENTS", f"`{cursor}` does not appear to be a valid cursor.") from None
    if listing.key is None:
        return int(place[0]) + past
    wanted = tuple(place)
    for at, item in enumerate(listing.items):
        here = listing.key(item)
        if here == wanted:
            return at + past
        if (here < wanted) if listing.descending else (here > wanted):
            return at
    return len(listing.items)
