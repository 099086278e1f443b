"""Sockets and HTTP/1.1 of the double, and the faults that happen on the wire; it gives no answers of its own."""

from __future__ import annotations

import os
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import responses
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, SO_LINGER, SO_REUSEADDR, SOL_SOCKET, create_connection, socket
from typing import Any

from vep_tui.demo.faults import Kind

HOST = "127.0.0.1"
_DRIPS = 40
"""Into how many pieces a dripping body is cut."""


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, read to its end."""

    method: str
    target: str
    """Path and query string."""
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


@dataclass(slots=True)
class Reply:
    """One HTTP answer, ready to be sent, and how its sending is to fail."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    fate: Kind | None = None
    """A fault of the wire; None when it is sent whole."""
    seconds: float = 0.0


class Listener(ThreadingHTTPServer):
    """Listens on loopback, one thread per connection; `close` ends all of them at once."""

    def __init__(self, port: int, answer: Callable[[Request], Reply], crashed: Callable[[str], None]) -> None:
        self.answer, self.crashed = answer, crashed
        self.closing = threading.Event()
        """Set when waiting connections are to be let go."""
        self._open: set[socket] = set()
        self._serving: list[threading.Thread] = []
        self._accepting: threading.Thread | None = None
        super().__init__((HOST, port), Connection, bind_and_activate=False)
        self.server_bind()

    def server_bind(self) -> None:
        """Take the port; a connection is refused until `start`."""
        # HTTPServer's own looks up the host's name, which may ask the network.
        if os.name == "posix":  # on Windows it would share the port with whoever has it
            self.socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = HOST, self.socket.getsockname()[1]

    def start(self) -> None:
        """Accept connections from now on."""
        self.server_activate()
        self._accepting = threading.Thread(target=self._accept, name="github-double", daemon=True)
        self._accepting.start()

    def close(self) -> None:
        """Stop listening, end every connection and wait for their threads."""
        self.closing.set()
        if self._accepting is not None:
            # A connection of our own wakes the accepting thread, so that nothing needs to poll.
            with suppress(OSError), create_connection((HOST, self.server_port), timeout=1):
                pass
            self._accepting.join(timeout=2)
        self.server_close()
        for connection in tuple(self._open):
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)
        for thread in self._serving:
            thread.join(timeout=2)

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ARG002
        """Take no more connections once closing."""
        return not self.closing.is_set()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread of its own that `close` can wait for."""
        self._open.add(request)
        self._serving = [thread for thread in self._serving if thread.is_alive()]
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address), daemon=True)
        self._serving.append(thread)
        thread.start()

    def shutdown_request(self, request: Any) -> None:
        """End a connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """A client that went away is no error; anything else is a crash of the double."""
        error = sys.exc_info()[1]
        if not isinstance(error, (ConnectionError, TimeoutError)):
            self.crashed(f"the double crashed: {type(error).__name__}: {error}")

    def _accept(self) -> None:
        while not self.closing.is_set():
            self.handle_request()


class Connection(BaseHTTPRequestHandler):
    """One client's connection, kept alive between requests."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Listener

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: the double has a log of its own."""

    def _serve(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(self.server.answer(Request(self.command, self.path, headers, self.rfile.read(length))))

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _serve  # noqa: N815

    def _send(self, reply: Reply) -> None:
        if reply.fate in (Kind.RESET, Kind.HANG):
            if reply.fate is Kind.HANG:
                self.server.closing.wait(reply.seconds or None)
            self._reset()
        elif reply.fate is Kind.RESET_MIDWAY:
            self.wfile.write(_head(reply, len(reply.body)) + reply.body[: len(reply.body) // 2])
            self._reset()
        elif reply.fate is Kind.TRUNCATE:
            self.wfile.write(_head(reply, len(reply.body)) + reply.body[: len(reply.body) // 2])
            self.close_connection = True
        elif reply.fate is Kind.DRIP:
            self._drip(reply)
        else:
            self.wfile.write(_head(reply, len(reply.body)) + reply.body)

    def _drip(self, reply: Reply) -> None:
        self.wfile.write(_head(reply, len(reply.body)))
        size = max(1, len(reply.body) // _DRIPS)
        for start in range(0, len(reply.body), size):
            self.wfile.write(reply.body[start : start + size])
            if self.server.closing.wait(reply.seconds):
                break

    def _reset(self) -> None:
        """Drop the connection with RST rather than FIN."""
        self.close_connection = True
        self.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.connection.close()


def _head(reply: Reply, length: int) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} {responses.get(reply.status, '')}"]
    lines += [f"{name}: {value}" for name, value in reply.headers.items()]
    if reply.status not in (204, 304):
        lines.append(f"content-length: {length}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")
