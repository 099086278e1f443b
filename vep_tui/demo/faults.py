"""How the double can be told to fail like the real GitHub; the server carries a fault out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from typing import Any, Literal


class Kind(StrEnum):
    """What a fault does to an answer."""

    ANSWER = "answer"
    """Another answer is sent instead."""
    ALTER = "alter"
    """The JSON of the true answer is changed."""
    RESET = "reset"
    """The connection is reset (RST) without an answer."""
    RESET_MIDWAY = "reset-midway"
    """Half the body is sent, then the connection is reset."""
    TRUNCATE = "truncate"
    """Half the body is sent under the whole Content-Length, then the connection is closed."""
    CUT = "cut"
    """Half the body is sent under a Content-Length that fits."""
    EMPTY = "empty"
    """Status 200 and no body at all."""
    DRIP = "drip"
    """The body comes in small pieces, `seconds` apart."""
    DELAY = "delay"
    """The answer comes `seconds` late."""
    HANG = "hang"
    """No answer ever; the connection stays open until the double stops or `release()` is called."""
    SKEW = "skew"
    """`Date` is `seconds` off."""


@dataclass(slots=True)
class Fault:
    """One way to fail, for some requests.

    `when` says whether the request took effect: "before" fails in place of it, "after" once it is done.
    """

    match: str = ""
    """Regular expression searched in "METHOD /path" and in the GraphQL operation name; "" for every request."""
    when: Literal["before", "after"] = "before"
    kind: Kind | str = Kind.ANSWER
    times: int = 1
    """How many requests it hits; a negative number for all."""
    skip: int = 0
    """How many matching requests pass unharmed first."""
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    """Over GitHub's own; an empty value removes one."""
    body: str | bytes | dict[str, Any] = ""
    alter: Callable[[Any], Any] | None = None
    """For `ALTER`: the true answer's JSON to the one that is sent."""
    seconds: float = 0.0
    name: str = ""
    """What it is called in the log."""

    def __post_init__(self) -> None:
        self.kind = Kind(self.kind)

    def payload(self) -> bytes:
        """The body for the wire."""
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body).encode() if isinstance(self.body, dict) else self.body.encode()


class Faults:
    """The faults still to come; requests ask it from several threads."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = Lock()
        self.struck: list[str] = []
        """Names of the faults that have hit a request, in order."""

    def add(self, fault: Fault) -> Fault:
        """Let a fault wait for its request."""
        with self._lock:
            self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Fail no more."""
        with self._lock:
            self._waiting.clear()

    def __len__(self) -> int:
        return len(self._waiting)

    def strike(self, request: str, operation: str) -> Fault | None:
        """The fault that hits this request, used up by one; None when it goes well."""
        with self._lock:
            for fault in self._waiting:
                if not (re.search(fault.match, request) or (operation and re.search(fault.match, operation))):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                if fault.times == 0:
                    self._waiting.remove(fault)
                self.struck.append(fault.name or str(fault.kind))
                return fault
        return None
