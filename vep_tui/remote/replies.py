"""Tells from an HTTP reply, or from what was raised instead, what GitHub meant; it sends nothing and keeps no state."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from vep_tui.remote.errors import (
    BadCredentials,
    DeadlineExceeded,
    Forbidden,
    Gone,
    Invalid,
    Locked,
    LoginRequired,
    Moved,
    NotFound,
    NotGitHub,
    RateLimited,
    Refused,
    RemoteError,
    ServerTrouble,
    SsoRequired,
    TooBig,
    Truncated,
    Unsent,
)
from vep_tui.remote.line import Overdue, Reply

JSON = Any
_TOO_BIG = ("RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED")
_GAVE_UP = "something went wrong while executing your query"
_ODD = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_LOCKED = re.compile(r"\blocked\b", re.IGNORECASE)
"""Of a conversation; a person who is blocked is another matter."""
_LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class GraphError:
    """One entry of the `errors` of a GraphQL answer."""

    kind: str
    """GitHub's `type`, such as NOT_FOUND; empty when it gave none."""
    message: str
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The useful part of a GraphQL answer."""

    data: dict[str, Any]
    errors: tuple[GraphError, ...] = ()
    """What could not be answered although the rest could."""
    date: datetime | None = None
    """The server's clock when it answered."""
    cost: int = 1
    """Points, as `rateLimit` says; 1 when it was not asked."""
    remaining: int | None = None
    """Points left in this hour."""
    reset_at: datetime | None = None
    """When the budget is full again, by the server's clock."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The local clock when a reply was read, and how long to wait when GitHub does not say."""

    now: datetime
    patience: float
    """Seconds."""


def said(text: Any) -> str:
    """GitHub's words, safe and short enough for a sentence."""
    words = " ".join(str(text or "").split())
    return "".join(c for c in words if c.isprintable())[:200] or "no reason given"


def server_date(reply: Reply) -> datetime | None:
    """The `Date` header, aware."""
    try:
        date = parsedate_to_datetime(reply.headers.get("date", ""))
    except (TypeError, ValueError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def read_json(reply: Reply) -> JSON:
    """The body as JSON; raises `NotGitHub`, `Truncated` or `Moved` when it cannot be GitHub's whole answer."""
    body = _parse(reply.text)
    if reply.status < 500 and body is None and "x-github-request-id" not in reply.headers and _foreign(reply):
        raise NotGitHub(f"The answer (HTTP {reply.status}) did not come from GitHub.")
    if 300 <= reply.status < 400:
        url = body.get("url", "") if isinstance(body, dict) else ""
        raise Moved(f"GitHub says this has moved ({reply.status}).", said(reply.location or url))
    if reply.status < 300 and body is None:
        raise Truncated("GitHub's answer was cut off." if reply.text else "GitHub's answer was empty.")
    return body


def read_graphql(reply: Reply, at: Moment) -> Answer:
    """The answer to a query; partial data comes with its errors, no data at all raises."""
    body = read_json(reply)
    if reply.status in (502, 504):
        raise TooBig(f"GitHub gave up on a query ({reply.status}).")
    if reply.status == 404:  # what is asked for and missing is told in the answer, with 200
        raise NotGitHub("There is no GraphQL of GitHub's at this address (404).")
    if reply.status >= 300:
        raise refusal(reply, body, at)
    if not isinstance(body, dict) or not ("data" in body or "errors" in body):
        raise NotGitHub("The answer is not one of GitHub's GraphQL.")
    errors = tuple(_graph_error(e) for e in body.get("errors") or () if isinstance(e, dict))
    for error in errors:
        if error.kind == "RATE_LIMITED" or "secondary rate limit" in error.message.lower():
            raise _limited(reply, error.message, at)
        if error.kind in _TOO_BIG or _GAVE_UP in error.message.lower():
            raise TooBig(f"GitHub gave up on a query ({said(error.message)}).")
    data = body.get("data")
    if not isinstance(data, dict):
        raise _graph_refusal(errors)
    rate = data.get("rateLimit")
    rate = rate if isinstance(rate, dict) else {}
    return Answer(
        data=data,
        errors=errors,
        date=server_date(reply),
        cost=_whole(rate.get("cost")) or 1,
        remaining=_whole(rate.get("remaining")),
        reset_at=_moment(rate.get("resetAt")),
    )


def refusal(reply: Reply, body: JSON, at: Moment) -> RemoteError:
    """What a status of 400 and above means."""
    message = said(body.get("message") if isinstance(body, dict) else reply.text)
    low = message.lower()
    if reply.status >= 500:
        return ServerTrouble(f"GitHub has trouble ({reply.status}).")
    if reply.headers.get("x-ratelimit-limit") == "0" or (reply.status == 401 and "requires you to be auth" in low):
        return LoginRequired("GitHub wants you to log in.")
    if reply.status == 401:
        return BadCredentials("GitHub does not accept your token (401).")
    if reply.status == 429 or (reply.status == 403 and _is_limit(reply, low)):
        return _limited(reply, message, at)
    if reply.status == 403:
        return _forbidden(reply, message)
    kinds: dict[int, type[Refused]] = {404: NotFound, 410: Gone, 422: Invalid}
    if reply.status == 422 and isinstance(body, dict):
        details = [said(e.get("message")) for e in body.get("errors") or () if isinstance(e, dict) and e.get("message")]
        message = ": ".join([message, *details[:1]])
    return kinds.get(reply.status, Refused)(reply.status, message)


def failure(raised: Exception) -> RemoteError:
    """What an exception instead of an answer means; its text is never quoted, for it may hold a header."""
    import requests
    from urllib3.exceptions import NewConnectionError

    if isinstance(raised, Overdue):
        return DeadlineExceeded("GitHub did not answer in time.")
    reason: Any = getattr(raised.args[0], "reason", None) if raised.args else None
    behind = getattr(reason, "original_error", None)
    if isinstance(raised, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(reason):
        return Unsent("The certificate of this GitHub is not trusted.", "Check the clock, and REQUESTS_CA_BUNDLE.")
    if isinstance(behind, NewConnectionError):
        advice = "You are offline, or HTTPS_PROXY names one that is not there; everything waits."
        return Unsent("The proxy cannot be reached.", advice)
    if isinstance(reason, NewConnectionError):
        return Unsent("GitHub cannot be reached.")
    if isinstance(raised, requests.exceptions.ConnectTimeout):
        return Unsent("GitHub cannot be reached.")
    if isinstance(raised, requests.exceptions.ProxyError):  # it stands between us and TLS: nothing went through it
        return Unsent("The proxy does not let us reach GitHub.", "Check HTTPS_PROXY and NO_PROXY.")
    if isinstance(raised, requests.exceptions.Timeout):
        return DeadlineExceeded("GitHub stopped answering.")
    return Truncated("The connection broke before GitHub's answer was complete.")


def _foreign(reply: Reply) -> bool:
    kind = reply.headers.get("content-type", "")
    return "json" not in kind and (bool(reply.text.strip()) or 300 <= reply.status < 400)


def _parse(text: str) -> JSON:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _whole_text(body) if _ODD.search(text) else body


def _whole_text(value: JSON) -> JSON:
    """The same without NUL and lone surrogates, which neither SQLite nor a terminal can hold."""
    if isinstance(value, str):
        return value.replace("\0", "�").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_whole_text(v) for v in value]
    if isinstance(value, dict):
        return {k: _whole_text(v) for k, v in value.items()}
    return value


def _graph_error(error: Mapping[str, Any]) -> GraphError:
    extensions = error.get("extensions")
    kind = error.get("type") or (extensions.get("code") if isinstance(extensions, dict) else "")
    path = error.get("path")
    steps = tuple(p for p in path if isinstance(p, str | int)) if isinstance(path, list) else ()
    return GraphError(str(kind or ""), said(error.get("message")), steps)


def _graph_refusal(errors: tuple[GraphError, ...]) -> RemoteError:
    if not errors:
        return Truncated("GitHub's answer held no data.")
    first = errors[0]
    kinds: dict[str, type[Refused]] = {"NOT_FOUND": NotFound, "FORBIDDEN": Forbidden, "INSUFFICIENT_SCOPES": Forbidden}
    return kinds.get(first.kind, Refused)(200, first.message, kind=first.kind)


def _is_limit(reply: Reply, low: str) -> bool:
    return "rate limit" in low or reply.headers.get("x-ratelimit-remaining") == "0" or "submitted too quickly" in low


def _forbidden(reply: Reply, message: str) -> RemoteError:
    sso = reply.headers.get("x-github-sso", "")
    if sso.startswith("required"):
        return SsoRequired(403, message, said(sso.partition("url=")[2]) if "url=" in sso else "")
    return (Locked if _LOCKED.search(message) else Forbidden)(403, message)


def _limited(reply: Reply, message: str, at: Moment) -> RateLimited:
    """When to try again, in local time: the server's clock is the one that its reset counts by."""
    secondary = "secondary" in message.lower() or reply.headers.get("x-ratelimit-remaining") not in (None, "0")
    wait = _retry_after(reply, at)
    if wait is None and not secondary and (reset := _whole(reply.headers.get("x-ratelimit-reset"))):
        server = server_date(reply) or at.now
        wait = timedelta(seconds=max(reset - server.timestamp(), 1))
    if wait is None:
        wait, secondary = timedelta(seconds=max(at.patience, 60)), True
    which = "GitHub wants a pause" if secondary else "The hourly budget of requests is used up"
    return RateLimited(f"{which}.", at.now + min(wait, _LONGEST_WAIT), secondary=secondary)


def _retry_after(reply: Reply, at: Moment) -> timedelta | None:
    value = reply.headers.get("retry-after", "")
    if (seconds := _whole(value)) is not None:
        return timedelta(seconds=min(max(seconds, 1), 86_400))
    try:
        return parsedate_to_datetime(value) - (server_date(reply) or at.now)
    except (TypeError, ValueError):
        return None


def _whole(value: Any) -> int | None:
    try:
        return int(float(value))
    except (TypeError, ValueError, OverflowError):
        return None


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
