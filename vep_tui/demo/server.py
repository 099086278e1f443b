"""The GitHub double: a site on loopback over HTTP, strict with its client and with itself; never another interface."""

from __future__ import annotations

import gzip as gzip_format
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha1
from itertools import pairwise
from threading import Event
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from vep_tui.demo.budget import Budget
from vep_tui.demo.description import Validator, complaints
from vep_tui.demo.faults import Fault, Faults, Kind
from vep_tui.demo.request_log import Logged, RequestLog
from vep_tui.demo.rest import Answer, Call, ordinary_path, respond
from vep_tui.demo.state import Site
from vep_tui.demo.visit import Visit
from vep_tui.demo.wire import HOST, Listener, Reply, Request

__all__ = ["Double", "Logged", "RequestLog"]

BAD_TOKEN = "bad"  # noqa: S105 (a word for tests, no secret)
"""The token that GitHub does not know."""

_GRAPHQL = ("/graphql", "/api/graphql")
_SMALLEST_ZIPPED = 860
_COMPRESSED = (Kind.ALTER, Kind.DELAY, Kind.SKEW, Kind.DRIP)
_FILLER = json.dumps({"message": "An answer that was never to arrive whole.", "padding": "x" * 400}).encode()


class Double:
    """A GitHub on 127.0.0.1 that serves one site; a context manager.

    Whatever the client asks wrongly, or the double answers wrongly, is written into `violations`.
    """

    def __init__(self, site: Site, *, gzip: bool = True, validator: Validator | None = None) -> None:
        self.site = site
        self.gzip = gzip
        self.validator = validator
        """Checks REST answers against GitHub's description; the tests bring one."""
        self.violations: list[str] = []
        self.faults = Faults()
        self.log = RequestLog()
        self.core, self.graph = Budget("core"), Budget("graphql")
        self.anonymous = Budget("core", limit=60)
        self._listener: Listener | None = None
        self._port = 0
        self._served = 0

    @property
    def url(self) -> str:
        """Where it listens: `http://127.0.0.1:PORT`."""
        return f"http://{HOST}:{self._port}"

    def start(self) -> Self:
        """Listen on a free port, or again on the one it had."""
        self._listener = self._bind()
        self._listener.start()
        return self

    def stop(self) -> None:
        """Close every connection and listen no more."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """While it lasts, connections are refused, as when GitHub is out of reach; the port stays ours."""
        self.stop()
        self._listener = self._bind()
        try:
            yield
        finally:
            self._listener.start()

    def _bind(self) -> Listener:
        listener = Listener(self._port, self._answer, self.violations.append)
        self._port = listener.server_port
        return listener

    # ------------------------------------------------------------ one request

    def _answer(self, request: Request) -> Reply:
        sent = _decode(request.body)
        operation = _operation_name(sent) if _is_graphql(request) else ""
        fault = self.faults.strike(f"{request.method} {request.target}", operation)
        visit = self._visit(request)
        if fault is not None and fault.when == "before" and fault.kind is not Kind.DELAY:
            answer = Answer(200, None)
        else:
            self._wait(fault, "before")
            with self.site.lock:
                answer = self._act(request, sent, visit)
            self._wait(fault, "after")
        reply = _fail(fault, self._reply(request, answer, visit))
        raw = len(reply.body)
        if self.gzip and (fault is None or fault.kind in _COMPRESSED):
            _zip(reply, request)
        self.violations.extend(visit.complaints)
        self.log.requests.append(
            Logged(
                request.method,
                request.target,
                operation,
                visit.points,
                raw,
                len(reply.body),
                0 if reply.fate in (Kind.RESET, Kind.HANG) else reply.status,
                (fault.name or str(fault.kind)) if fault else "",
            )
        )
        return reply

    def _visit(self, request: Request) -> Visit:
        with self.site.lock:
            self.site.advance()
            self._served += 1
            token = _token(request)
            return Visit(self.site, self.site.tokens.get(token, self.site.viewer) if token else None)

    def _act(self, request: Request, sent: Any, visit: Visit) -> Answer:
        if _token(request) == BAD_TOKEN or visit.viewer == "":
            return Answer(401, {"message": "Bad credentials", "documentation_url": "https://docs.github.com/rest"})
        if request.body and sent is None:
            visit.complaints.append(f"the body of {request.method} {request.target} is not JSON")
            return Answer(400, {"message": "Problems parsing JSON"})
        return self._graphql(visit, sent) if _is_graphql(request) else self._rest(request, sent, visit)

    def _graphql(self, visit: Visit, sent: Any) -> Answer:
        if visit.viewer is None or not isinstance(sent, dict):
            return Answer(401, {"message": "This endpoint requires you to be authenticated."})
        # graphql-core costs 0.1 s to import; a double starts without it.
        from vep_tui.demo.graph import run

        return Answer(200, run(visit, self.graph, sent))

    def _rest(self, request: Request, sent: Any, visit: Visit) -> Answer:
        parts = urlsplit(request.target)
        path = ordinary_path(self.site, unquote(parts.path).removeprefix("/api/v3"))
        call = Call(visit, self.url, request.method, path, dict(parse_qsl(parts.query)), sent, (self.core, self.graph))
        budget = self.anonymous if visit.viewer is None else self.core
        if visit.viewer is None and call.is_write:
            return Answer(401, {"message": "Requires authentication"})
        if path != "/rate_limit" and not budget.spend(1, self.site.now):
            return Answer(403, {"message": "API rate limit exceeded for user ID 1."})
        answer = respond(call)
        visit.complaints.extend(complaints(request.method, path, answer.status, answer.body, self.validator))
        if request.method == "GET" and answer.status == 200:
            etag = f'W/"{sha1(_encode(answer.body), usedforsecurity=False).hexdigest()}"'
            answer.headers["etag"] = etag
            if request.headers.get("if-none-match") == etag:
                budget.used -= 1
                return Answer(304, None, {"etag": etag})
        return answer

    def _reply(self, request: Request, answer: Answer, visit: Visit) -> Reply:
        budget = self.graph if _is_graphql(request) else self.anonymous if visit.viewer is None else self.core
        headers = {
            "server": "github.com",
            "date": format_datetime(self.site.now, usegmt=True),
            "content-type": "application/json; charset=utf-8",
            "x-github-media-type": "github.v3; format=json",
            "x-github-request-id": f"D0B1:{self._served:06X}",
            **budget.headers(self.site.now),
        }
        if visit.viewer is not None:
            headers |= {"x-oauth-scopes": self.site.scopes, "x-accepted-oauth-scopes": ""}
        elif _is_graphql(request):
            headers |= {"x-ratelimit-limit": "0", "x-ratelimit-remaining": "0"}
        body = b"" if answer.body is None else _encode(answer.body)
        return Reply(answer.status, {**headers, **answer.headers}, body)

    def _wait(self, fault: Fault | None, when: str) -> None:
        if fault is not None and fault.kind is Kind.DELAY and fault.when == when:
            listener = self._listener
            (listener.closing if listener else Event()).wait(fault.seconds)


def _fail(fault: Fault | None, reply: Reply) -> Reply:
    """The reply as the fault leaves it."""
    if fault is None:
        return reply
    if fault.kind is Kind.ANSWER:
        reply.status, reply.body = fault.status, fault.payload()
    elif fault.kind is Kind.ALTER and fault.alter is not None:
        reply.body = _encode(fault.alter(json.loads(reply.body) if reply.body else None))
    elif fault.kind is Kind.EMPTY:
        reply.status, reply.body = 200, b""
    elif fault.kind is Kind.SKEW:
        moment = parsedate_to_datetime(reply.headers["date"]) + timedelta(seconds=fault.seconds)
        reply.headers["date"] = format_datetime(moment, usegmt=True)
    elif fault.kind is Kind.CUT:
        reply.body = (reply.body or _FILLER)[: len(reply.body or _FILLER) // 2]
    elif fault.kind is not Kind.DELAY:
        reply.body, reply.fate, reply.seconds = reply.body or _FILLER, Kind(fault.kind), fault.seconds
    # An empty value takes a header away: what answers from a captive portal lack.
    reply.headers = {name: value for name, value in (reply.headers | fault.headers).items() if value}
    return reply


def _zip(reply: Reply, request: Request) -> None:
    if len(reply.body) >= _SMALLEST_ZIPPED and "gzip" in request.headers.get("accept-encoding", ""):
        reply.headers |= {"content-encoding": "gzip", "vary": "Accept-Encoding"}
        reply.body = gzip_format.compress(reply.body, compresslevel=1, mtime=0)


def _token(request: Request) -> str:
    return request.headers.get("authorization", "").partition(" ")[2].strip()


def _is_graphql(request: Request) -> bool:
    return request.method == "POST" and request.target.partition("?")[0] in _GRAPHQL


def _decode(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError:
        return None


def _operation_name(sent: Any) -> str:
    """The name by which a GraphQL request goes: `operationName`, else the word behind `query` or `mutation`."""
    if not isinstance(sent, dict):
        return ""
    if sent.get("operationName"):
        return str(sent["operationName"])
    words = str(sent.get("query", "")).replace("(", " ").replace("{", " ").split()
    return next((b for a, b in pairwise(words) if a in ("query", "mutation")), "")


def _encode(body: Any) -> bytes:
    """JSON as GitHub writes it; a lone surrogate goes as an escape, as it cannot be UTF-8."""
    try:
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(body, separators=(",", ":")).encode()
