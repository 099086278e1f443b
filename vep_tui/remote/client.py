"""Asks GitHub and tells what it said or why not; it never repeats a write, follows a redirect or keeps anything."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from vep_tui import __version__
from vep_tui.remote import queries
from vep_tui.remote.errors import (
    BadCredentials,
    DeadlineExceeded,
    InDoubt,
    LoginRequired,
    NotGitHub,
    RateLimited,
    RemoteError,
    ServerTrouble,
    Truncated,
    Unusable,
)
from vep_tui.remote.line import Line, Reply
from vep_tui.remote.replies import Answer, GraphError, Moment, failure, read_graphql, read_json, refusal, server_date

__all__ = ["Answer", "GraphError", "Remote"]

FIRST_PATIENCE = 60.0
"""Seconds to wait on a secondary limit without Retry-After; doubled each time it comes again."""
LONGEST_PATIENCE = 3600.0
IDLE = 15.0
"""Seconds after which a write gets a fresh connection: a kept one may be dead, and leave the write in doubt."""


T = TypeVar("T")


def _utc() -> datetime:
    return datetime.now(UTC)


class Remote:
    """One GitHub, one request at a time; not for use by two threads."""

    def __init__(
        self,
        api_url: str,
        token: str | None,
        *,
        deadline: float = 30.0,
        user_agent: str = f"vep-tui/{__version__}",
        write_interval: float = 1.0,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = _utc,
    ) -> None:
        """Raises `Unusable` for an address or a token that must not be used; sends nothing yet."""
        self._line = Line(api_url, token, user_agent)
        self._logged_in = bool(token)
        self._viewer = ""
        self._deadline = deadline
        self._write_interval = write_interval
        self._monotonic, self._sleep, self._now = monotonic, sleep, now
        self._last_write = float("-inf")
        self._last_request = float("-inf")
        self._patience = FIRST_PATIENCE
        self.requests = 0
        """Requests sent so far, failed ones included."""
        self.points = 0
        """GraphQL points spent so far."""
        self.received_bytes = 0
        """Bytes of all answers on the wire."""
        self.server_date: datetime | None = None
        """The server's clock at its last answer."""
        self.skew: float | None = None
        """Seconds by which the server's clock is ahead of ours."""
        self.scopes: str | None = None
        """Scopes of the token; None when GitHub named none, as for a fine-grained token."""
        self.remaining: int | None = None
        """Points left in this hour."""
        self.reset_at: datetime | None = None
        """When the points are full again, by the server's clock."""

    def __repr__(self) -> str:
        return f"Remote({self._line!r})"

    def graphql(self, query: str, variables: Mapping[str, Any]) -> Answer:
        """Ask by GraphQL; raises a `RemoteError` when no data came. Errors beside data are in the answer."""
        if not self._logged_in:
            raise LoginRequired("Reading needs a GitHub login.")
        body = {"query": query, "variables": dict(variables)}
        answer = self._read("POST", "graphql", body, read_graphql)
        self.points += answer.cost
        if answer.remaining is not None:
            self.remaining, self.reset_at = answer.remaining, answer.reset_at
        return answer

    def viewer(self) -> str:
        """Login of the person behind the token, asked once; empty when GitHub does not say."""
        if not self._viewer:
            viewer = self.graphql(f"query Viewer {{ viewer {{ login }} {queries.RATE} }}", {}).data.get("viewer")
            self._viewer = str(viewer["login"]) if isinstance(viewer, dict) and viewer.get("login") else ""
        return self._viewer

    def post_comment(self, repo: str, number: int, body: str) -> dict[str, Any]:
        """Create a comment, sent at most once; returns it as GitHub echoed it.

        Raises `Unsent` (may be sent again), `InDoubt` (must be looked for first), or another `RemoteError`, which
        all mean that GitHub said no and nothing was done.
        """
        return self._write("POST", f"/repos/{_repo(repo)}/issues/{int(number)}/comments", body)

    def edit_comment(self, repo: str, comment_id: str | int, body: str) -> dict[str, Any]:
        """Replace the text of a comment, sent at most once; returns and raises as `post_comment`."""
        return self._write("PATCH", f"/repos/{_repo(repo)}/issues/comments/{int(comment_id)}", body)

    def close(self) -> None:
        """Let the connection go; a later request opens a new one."""
        self._line.close()

    def _read(self, verb: str, path: str, body: Mapping[str, Any] | None, read: Callable[[Reply, Moment], T]) -> T:
        """Send a read; a 401 or a broken connection is often a passing fault, so these are tried once more."""
        try:
            return self._once(verb, path, body, read)
        except (BadCredentials, Truncated):
            return self._once(verb, path, body, read)

    def _write(self, verb: str, path: str, body: str) -> dict[str, Any]:
        if not self._logged_in:
            raise LoginRequired("Writing needs a GitHub login.")
        self._line.prepare()
        idle = self._monotonic() - self._last_request
        if idle > IDLE:
            self._line.close()
        wait = self._last_write + self._write_interval - self._monotonic()
        if wait > 0:
            self._sleep(wait)
        try:
            comment = self._once(verb, path, {"body": body}, self._comment)
        except (Truncated, ServerTrouble, NotGitHub, DeadlineExceeded) as trouble:
            raise InDoubt(f"{trouble.message} The comment may or may not have arrived.", cause=trouble) from None
        finally:
            self._last_write = self._monotonic()
        if _same(comment.get("body")) != _same(body):
            raise InDoubt("GitHub's answer does not show the comment as it was sent.")
        return comment

    def _comment(self, reply: Reply, at: Moment) -> dict[str, Any]:
        """A comment of the REST API; success is the right status and an id, not merely no error."""
        body = read_json(reply)
        if reply.status >= 300:
            raise refusal(reply, body, at)
        if reply.status not in (200, 201) or not isinstance(body, dict) or not body.get("id"):
            raise Truncated("GitHub's answer is not a comment.")
        return body

    def _once(self, verb: str, path: str, body: Mapping[str, Any] | None, read: Callable[[Reply, Moment], T]) -> T:
        self._line.prepare()
        self.requests += 1
        try:
            reply = self._line.send(verb, path, body, self._deadline)
        except RemoteError:
            raise
        except Exception as raised:
            raise failure(raised) from None  # what was raised may quote a header, and the token is one
        finally:
            self._last_request = self._monotonic()
        self._measure(reply)
        try:
            result = read(reply, Moment(self._now(), self._patience))
        except RateLimited as limit:
            if limit.secondary:
                self._patience = min(self._patience * 2, LONGEST_PATIENCE)
            raise
        self._patience = FIRST_PATIENCE
        return result

    def _measure(self, reply: Reply) -> None:
        self.received_bytes += reply.received
        self.scopes = reply.headers.get("x-oauth-scopes", self.scopes)
        date = server_date(reply)
        if date is not None:
            self.server_date = date
            self.skew = (date - self._now()).total_seconds()


def _repo(repo: str) -> str:
    if not queries.is_ref(repo, 1):
        raise Unusable("A repository's name in the settings is not of the form owner/name.")
    return repo


def _same(text: Any) -> str:
    """A body as it counts for comparing: the web editor saves other line ends."""
    return str(text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
