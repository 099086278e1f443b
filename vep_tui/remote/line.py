"""One connection to GitHub through PyGithub, with a deadline; it understands no answer and repeats no request."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vep_tui.remote.errors import Unusable

if TYPE_CHECKING:
    from github.Requester import Requester, RequestsResponse

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""The only hosts that plain http may reach."""
READ_TIMEOUT = 20
"""Seconds for connecting and between two bytes; above GitHub's own limit of 10, so that a timed-out write is over."""


class Overdue(Exception):  # noqa: N818 - it says what happened
    """No whole answer within the deadline; the request goes on by itself, unheard."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer as it came."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    text: str
    received: int
    """Bytes of the body on the wire, compressed if it was."""
    location: str = ""
    """Where a redirect points to; it was not followed."""


class _Watched:
    """PyGithub's own connection, except that a redirect is handed over instead of followed, and bytes are counted."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.host = connection.host
        self.received = 0
        self.location = ""

    def request(self, *request: Any) -> None:
        """Take the request down; the next call sends it."""
        self._connection.request(*request)

    def getresponse(self) -> RequestsResponse:
        """Send it and wait for the whole answer."""
        response: RequestsResponse = self._connection.getresponse()
        answer = response.response
        answer.encoding = "utf-8"  # a guess from the bytes is slow, and was Cyrillic once
        self.received = int(answer.raw.tell()) or len(answer.content)
        # PyGithub follows a 301 and drops its query string; without the header it lets us see the 301.
        self.location = str(answer.headers.pop("location", ""))
        return response

    def close(self) -> None:
        """Let the socket go."""
        self._connection.close()


class Line:
    """A requester and its connection; dropped and made anew when a request was abandoned."""

    def __init__(self, api_url: str, token: str | None, user_agent: str) -> None:
        check(api_url, token)
        self._api_url = api_url.rstrip("/")
        self._token = token
        self._user_agent = user_agent
        self._requester: Requester | None = None
        self._connection: _Watched | None = None

    def __repr__(self) -> str:
        return f"Line({self._api_url!r})"

    def prepare(self) -> None:
        """Import PyGithub and make the requester; costs a quarter of a second the first time."""
        if self._requester is None:
            self._requester = _requester(self._api_url, self._token, self._user_agent)
        if self._connection is None:
            self._connection = _connection(self._api_url)

    def send(self, verb: str, path: str, body: Mapping[str, Any] | None, deadline: float) -> Reply:
        """Send one request and wait at most `deadline` seconds; raises `Overdue` or what requests raises.

        The call runs on a daemon thread because a blocked read can be neither interrupted nor bounded: only left.
        """
        self.prepare()
        requester, connection = self._requester, self._connection
        assert requester is not None and connection is not None
        url = requester.graphql_url if path == "graphql" else path
        box: SimpleQueue[Reply | Exception] = SimpleQueue()
        left = threading.Event()

        def exchange() -> None:
            try:
                status, headers, text = requester.requestJson(verb, url, input=body, cnx=connection)  # type: ignore[arg-type]
                box.put(Reply(status, headers, text, connection.received, connection.location))
            except Exception as failure:
                box.put(failure)
            if left.is_set():
                connection.close()

        threading.Thread(target=exchange, name="vep-tui-request", daemon=True).start()
        try:
            outcome = box.get(timeout=deadline)
        except Empty:
            left.set()
            self._requester = self._connection = None
            raise Overdue from None
        if isinstance(outcome, Exception):
            self.close()
            raise outcome
        return outcome

    def close(self) -> None:
        """Let the connection go; the next request makes a new one."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def check(api_url: str, token: str | None) -> None:
    """Raise `Unusable` for an address or a token that must not be used; the token is never quoted."""
    parts = urlsplit(api_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unusable("The API address is no http(s) address.", "Give one like https://api.github.com.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise Unusable(f"Plain http to {parts.hostname} would show your token to the network.", "Use https.")
    if parts.username or parts.password:
        raise Unusable("The API address holds a user name or password.", "Leave it out; the token is enough.")
    if token and (not token.isascii() or not token.isprintable() or " " in token):
        raise Unusable(
            "The token holds characters that no token has.", "Check where it is set for blanks or line ends."
        )


def _requester(api_url: str, token: str | None, user_agent: str) -> Requester:
    from github import Auth, Github

    # Importing PyGithub installs a handler that writes to stderr, over the screen.
    logging.getLogger("github").handlers.clear()
    return Github(
        auth=Auth.Token(token) if token else None,
        base_url=api_url,
        retry=None,  # its default repeats a POST after a 502: two comments
        seconds_between_requests=None,
        seconds_between_writes=None,
        lazy=True,
        timeout=READ_TIMEOUT,
        per_page=100,
        user_agent=user_agent,
        api_version="2022-11-28",
    ).requester


def _connection(api_url: str) -> _Watched:
    from github.Requester import HTTPRequestsConnectionClass, HTTPSRequestsConnectionClass

    parts = urlsplit(api_url)
    host = parts.hostname or ""
    kind: Any = HTTPSRequestsConnectionClass if parts.scheme == "https" else HTTPRequestsConnectionClass
    connection = kind(f"[{host}]" if ":" in host else host, parts.port, timeout=READ_TIMEOUT, retry=None, verify=True)
    if host in LOOPBACK:
        connection.session.trust_env = False  # a proxy of the environment cannot reach this machine's loopback
    return _Watched(connection)
