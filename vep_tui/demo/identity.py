"""How the double names things: node ids, git object ids, addresses, times; pure functions."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha1
from zlib import crc32

WEB = "https://github.com"


def node_id(kind: str, *parts: object) -> str:
    """An opaque, stable GraphQL id: a prefix that tells the kind, as GitHub's own have."""
    packed = urlsafe_b64encode("\n".join(map(str, parts)).encode("utf-8", "surrogatepass")).decode().rstrip("=")
    return f"{kind}_{packed}"


def read_node_id(text: str) -> tuple[str, tuple[str, ...]]:
    """(kind, parts) of an id; ValueError when the double never made it."""
    kind, _, packed = text.partition("_")
    plain = urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8", "surrogatepass")
    return kind, tuple(plain.split("\n"))


def stamp(at: datetime) -> str:
    """A moment as GitHub writes it, to the second."""
    return at.astimezone(UTC).isoformat()[:19] + "Z"


def stamp_or_none(at: datetime | None) -> str | None:
    """As `stamp`, for what may not have happened."""
    return None if at is None else stamp(at)


def parse_stamp(text: str) -> datetime:
    """The moment of an ISO 8601 text; ValueError for anything else."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


@lru_cache(maxsize=8192)
def blob_oid(text: str) -> str:
    """Git's own object id of a file."""
    raw = text.encode("utf-8", "surrogatepass")
    return sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()


def oid_of(*parts: str) -> str:
    """A stable made-up object id."""
    return sha1("\0".join(parts).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def number_of(*parts: str) -> int:
    """A stable made-up database id below 2^31."""
    return crc32("\0".join(parts).encode("utf-8", "surrogatepass")) & 0x7FFFFFFF
