"""What the double was asked: one row per request, to count requests, points and bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Logged:
    """One request as the double saw it."""

    method: str
    path: str
    """With its query string."""
    operation: str
    """Name of the GraphQL operation, else empty."""
    points: int
    """Taken from the GraphQL budget."""
    raw_bytes: int
    """Size of the answer's body before compression."""
    sent_bytes: int
    """Size of the body as it was to go over the wire."""
    status: int
    """0 when no status line was sent."""
    fault: str = ""
    """Name of the fault that struck."""

    @property
    def is_write(self) -> bool:
        """True for a REST request that changes something."""
        return self.method not in ("GET", "HEAD") and not self.path.endswith("/graphql")


@dataclass(slots=True)
class RequestLog:
    """All requests so far, oldest first; entries are there before the client has its answer."""

    requests: list[Logged] = field(default_factory=list)

    def __iter__(self) -> Iterator[Logged]:
        return iter(tuple(self.requests))

    def __len__(self) -> int:
        return len(self.requests)

    def __getitem__(self, at: int) -> Logged:
        return self.requests[at]

    def clear(self) -> None:
        """Forget them."""
        self.requests.clear()

    @property
    def points(self) -> int:
        """GraphQL points used."""
        return sum(entry.points for entry in self)

    @property
    def raw_bytes(self) -> int:
        """Bytes answered before compression."""
        return sum(entry.raw_bytes for entry in self)

    @property
    def sent_bytes(self) -> int:
        """Bytes answered over the wire."""
        return sum(entry.sent_bytes for entry in self)

    @property
    def operations(self) -> tuple[str, ...]:
        """GraphQL operation names, or "METHOD /path" for REST, in order."""
        return tuple(entry.operation or f"{entry.method} {entry.path}" for entry in self)

    @property
    def writes(self) -> tuple[Logged, ...]:
        """The REST requests that meant to change something."""
        return tuple(entry for entry in self if entry.is_write)
