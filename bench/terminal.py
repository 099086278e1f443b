"""A process under a pseudo-terminal: keys in, screen bytes and their moments out; it understands no screen."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

SIZE = (120, 40)
_ASKED = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}
"""Questions of Textual to the terminal, and the answers of an ordinary one."""


class Terminal:
    """One process on a terminal of its own; a context manager that ends it."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str], size: tuple[int, int] = SIZE) -> None:
        surroundings = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PATH": os.environ.get("PATH", ""), **env}
        shape = struct.pack("HHHH", size[1], size[0], 0, 0)
        self._file, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, shape)
        # The first terminal that the leader of a session opens is its own.
        stdin = (os.POSIX_SPAWN_OPEN, 0, os.ttyname(other), os.O_RDWR, 0)
        streams = [stdin, *((os.POSIX_SPAWN_DUP2, 0, number) for number in (1, 2))]
        self.started = time.perf_counter()
        self.pid = os.posix_spawnp(argv[0], list(argv), surroundings, file_actions=streams, setsid=True)
        os.close(other)
        self.seen = bytearray()
        """Everything that came."""
        self.over = False
        """True when nothing more will come."""
        self._answered = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        self.end()

    def pump(self, seconds: float) -> bool:
        """Take what comes within so many seconds; True when something came."""
        if self.over or not select.select([self._file], [], [], seconds)[0]:
            return False
        try:
            came = os.read(self._file, 65536)
        except OSError:
            came = b""
        if not came:
            self.over = True
            return False
        self.seen += came
        self._answer()
        return True

    def _answer(self) -> None:
        for question, answer in _ASKED.items():
            at = self.seen.find(question, self._answered)
            if at >= 0:
                os.write(self._file, answer)
                self._answered = at + 1

    def wait_for(self, mark: bytes, *, since: int = 0, seconds: float = 60.0) -> float:
        """Seconds from the start of the process until the mark was on the screen; raises when it never comes."""
        until = time.perf_counter() + seconds
        while self.seen.find(mark, since) < 0:
            if self.over or time.perf_counter() > until:
                raise TimeoutError(f"{mark!r} did not appear; the last output: {bytes(self.seen[-800:])!r}")
            self.pump(0.5)
        return time.perf_counter() - self.started

    def rest(self, quiet: float = 0.3, seconds: float = 60.0) -> None:
        """Wait until nothing has come for a while."""
        until = time.perf_counter() + seconds
        last = time.perf_counter()
        while time.perf_counter() < until and not self.over:
            if self.pump(quiet / 4):
                last = time.perf_counter()
            elif time.perf_counter() - last >= quiet:
                return

    def settle(self, quiet: float) -> float:
        """Wait until nothing has come for so long; when the last output came, or now when none did."""
        last = time.perf_counter()
        while time.perf_counter() - last < quiet and not self.over:
            if self.pump(quiet / 8):
                last = time.perf_counter()
        return last

    def press(self, keys: bytes) -> None:
        """Type."""
        os.write(self._file, keys)

    def answer_to(self, keys: bytes, *, seconds: float = 5.0) -> float:
        """Type, and measure the seconds until the first output."""
        while self.pump(0):
            pass
        begun = time.perf_counter()
        self.press(keys)
        while not self.pump(seconds):
            if self.over or time.perf_counter() - begun > seconds:
                raise TimeoutError(f"{keys!r} was not answered")
        return time.perf_counter() - begun

    def memory(self) -> int:
        """Resident bytes of the process."""
        with open(f"/proc/{self.pid}/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def processor(self) -> float:
        """Seconds of processor time the process has used so far."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as file:  # noqa: PTH123
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def leave(self, keys: bytes = b"q", seconds: float = 5.0) -> float:
        """Ask the process to end; seconds until it has."""
        begun = time.perf_counter()
        self.press(keys)
        while not self.over and time.perf_counter() - begun < seconds:
            self.pump(0.05)
        return time.perf_counter() - begun

    def end(self) -> None:
        """Make sure that the process is gone."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            os.close(self._file)
            self.pid = 0
