"""Every known way in which GitHub, or the network before it, fails: named recipes for `Fault`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from vep_tui.demo.faults import Fault, Kind

SECONDARY = (
    "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. "
    "Please retry your request again later."
)
TIMEOUT = (
    "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug."
)
ODD = "\r\n\u2028line\u2029 \x1b[31mred\x1b[0m \x1b]52;c;aGk=\x07 \x00 \ud83d \u202eabc \u200b\x85end"
"""Line separators, terminal escapes, NUL, a lone surrogate, bidi override, zero width, C1."""

Recipe = Callable[..., Fault]


def _message(text: str, **more: Any) -> dict[str, Any]:
    return {"message": text, "documentation_url": "https://docs.github.com/rest", **more}


def _answer(status: int, body: str | dict[str, Any], **headers: str) -> Recipe:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def recipe(match: str = "", **more: Any) -> Fault:
        return Fault(match, status=status, body=body, headers={**named, **more.pop("headers", {})}, **more)

    return recipe


def _wire(kind: Kind, **fixed: Any) -> Recipe:
    def recipe(match: str = "", **more: Any) -> Fault:
        return Fault(match, kind=kind, **{**fixed, **more})

    return recipe


def _errors(
    kind: str,
    message: str,
    *,
    keep: bool = False,
    extensions: dict[str, Any] | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Recipe:
    """GraphQL: status 200 with errors; `keep` leaves a part of the data."""
    error: dict[str, Any] = {"type": kind, "message": message} if kind else {"message": message}
    if extensions:
        error["extensions"] = extensions

    def alter(true: Any) -> Any:
        if keep and isinstance(true, dict) and isinstance(true.get("data"), dict):
            path = null_deepest(true["data"])
            return {"data": true["data"], "errors": [*true.get("errors", []), {**error, "path": path}]}
        return {"data": None, "errors": [error]}

    def recipe(match: str = r"POST /(api/)?graphql", **more: Any) -> Fault:
        # Partial data can only be taken from an answer, so the query has to be run.
        fixed = {"when": "after" if keep else "before", "headers": dict(headers)}
        return Fault(match, kind=Kind.ALTER, alter=alter, **{**fixed, **more})

    return recipe


def null_deepest(data: Any) -> list[str | int]:
    """Null the last node of the longest list of nodes in an answer; the path to it, empty when there is no list."""
    found = max(_node_lists(data, []), key=lambda row: len(row[1]), default=None)
    if found is None:
        return []
    path, nodes = found
    nodes[-1] = None
    return [*path, len(nodes) - 1]


def _node_lists(value: Any, path: list[str | int]) -> Iterator[tuple[list[str | int], list[Any]]]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "nodes" and isinstance(part, list) and part:
                yield [*path, name], part
            yield from _node_lists(part, [*path, name])
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from _node_lists(part, [*path, at])


def make_odd(true: Any) -> Any:
    """Put odd text behind every title and body of an answer."""
    if isinstance(true, dict):
        return {
            name: part + ODD if name in ("title", "body") and isinstance(part, str) else make_odd(part)
            for name, part in true.items()
        }
    return [make_odd(part) for part in true] if isinstance(true, list) else true


_PORTAL = "<html><head><title>Welcome</title></head><body>Please accept the terms of this hotspot.</body></html>"
_UNICORN = "<!DOCTYPE html><html><head><title>Unicorn! &middot; GitHub</title></head><body>Server trouble</body></html>"
_HTML = "text/html; charset=utf-8"

FAULTS: Mapping[str, Recipe] = MappingProxyType(
    {
        "bad-credentials": _answer(401, _message("Bad credentials", status="401")),
        "login-required": _answer(401, _message("This endpoint requires you to be authenticated.", status="401")),
        "anonymous-limit": _answer(
            403,
            _message(
                "API rate limit exceeded for 192.0.2.1. (But here's the good news: Authenticated requests get more.)"
            ),
            x_ratelimit_limit="0",
            x_ratelimit_remaining="0",
        ),
        "primary-limit": _answer(403, _message("API rate limit exceeded for user ID 1."), x_ratelimit_remaining="0"),
        "primary-limit-429": _answer(
            429, _message("API rate limit exceeded for user ID 1."), x_ratelimit_remaining="0"
        ),
        "secondary-limit": _answer(403, _message(SECONDARY)),
        "secondary-limit-retry-after": _answer(403, _message(SECONDARY), retry_after="60"),
        "too-many-requests": _answer(429, _message(SECONDARY)),
        "too-many-requests-retry-after": _answer(429, _message(SECONDARY), retry_after="60"),
        "submitted-too-quickly": _answer(403, _message("was submitted too quickly")),
        "sso": _answer(
            403,
            _message("Resource protected by organization SAML enforcement. You must grant your token access."),
            x_github_sso="required; url=https://github.com/orgs/example/sso?authorization_request=AAAA",
        ),
        "fine-grained-token": _answer(
            403,
            _message("Resource not accessible by personal access token", status="403"),
            x_accepted_github_permissions="issues=write; pull_requests=write",
        ),
        "locked": _answer(403, _message("Unable to create comment because issue is locked.", status="403")),
        "blocked": _answer(403, _message("User is blocked.", status="403")),
        "archived": _answer(403, _message("Repository was archived so is read-only.", status="403")),
        "not-yours": _answer(403, _message("Must have admin rights to Repository.", status="403")),
        "not-found": _answer(404, _message("Not Found", status="404")),
        "gone": _answer(410, _message("This issue was deleted", status="410")),
        "too-long": _answer(
            422,
            _message(
                "Validation Failed",
                errors=[
                    {
                        "resource": "IssueComment",
                        "code": "unprocessable",
                        "field": "data",
                        "message": "Body is too long (maximum is 65536 characters)",
                    }
                ],
            ),
        ),
        "server-error": _answer(500, _message("Server Error")),
        "bad-gateway-html": _answer(502, _UNICORN, content_type=_HTML),
        "unavailable-text": _answer(
            503,
            "upstream connect error or disconnect/reset before headers. reset reason: connection failure",
            content_type="text/plain",
        ),
        "gateway-timeout-json": _answer(
            504, _message("We couldn't respond to your request in time. Sorry about that. Please try again.")
        ),
        "moved-301": _answer(301, _message("Moved Permanently"), location="/repositories/1"),
        "moved-307": _answer(307, _message("Moved Permanently"), location="/repositories/1"),
        "portal-html": _answer(200, _PORTAL, content_type=_HTML, x_github_request_id="", server="portal"),
        "portal-redirect": _answer(
            302, "", location="http://192.0.2.1/login", content_type=_HTML, x_github_request_id="", server="portal"
        ),
        "graphql-rate-limited": _errors(
            "RATE_LIMITED", "API rate limit exceeded for user ID 1.", headers={"x-ratelimit-remaining": "0"}
        ),
        "graphql-secondary-limit": _errors("RATE_LIMITED", SECONDARY),
        "graphql-resource-limits": _errors(
            "RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded.", keep=True
        ),
        "graphql-node-limit": _errors(
            "MAX_NODE_LIMIT_EXCEEDED", "This query requests up to 600,000 possible nodes which exceeds the maximum."
        ),
        "graphql-went-wrong": _errors("", TIMEOUT),
        "graphql-insufficient-scopes": _errors(
            "INSUFFICIENT_SCOPES",
            "Your token has not been granted the required scopes to execute this query. The 'projectV2' field requires "
            "one of the following scopes: ['read:project'].",
        ),
        "graphql-not-found": _errors(
            "NOT_FOUND", "Could not resolve to a Repository with the name 'example/gone'.", keep=True
        ),
        "graphql-sso": _errors(
            "FORBIDDEN",
            "Resource protected by organization SAML enforcement.",
            keep=True,
            extensions={"saml_failure": True},
            headers={"x-github-sso": "partial-results; organizations=1"},
        ),
        "reset": _wire(Kind.RESET),
        "reset-midway": _wire(Kind.RESET_MIDWAY, when="after"),
        "truncated": _wire(Kind.TRUNCATE, when="after"),
        "cut-json": _wire(Kind.CUT, when="after"),
        "empty": _wire(Kind.EMPTY),
        "drip": _wire(Kind.DRIP, when="after", seconds=0.05),
        "delay": _wire(Kind.DELAY, when="after", seconds=0.2),
        "hang": _wire(Kind.HANG),
        "clock-ahead": _wire(Kind.SKEW, when="after", seconds=3 * 3600.0),
        "clock-behind": _wire(Kind.SKEW, when="after", seconds=-3 * 3600.0),
        "odd-text": _wire(Kind.ALTER, when="after", alter=make_odd),
    }
)
"""By name; call one with `match` and anything else a `Fault` takes.

Two rows of the lab are not answers: a refused connection is `Double.refusing()`, a failing name look-up has no server.
"""
