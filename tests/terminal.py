"""`vep-tui` in a terminal of its own (a pty): keys go in, bytes come out, and a screen shows what they mean."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence

import pyte
from command import Command

LEFT = (b"\x1b[?1049l", b"\x1b[?25h")
"""What gives a terminal back: the main screen and the cursor."""
MOUSE_OFF = b"\x1b[?1000l"


def settle_in(command: Command) -> None:
    """Answer beforehand what the screen asks a new user."""
    folder = command.home / "config" / "vep-tui"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text('[me]\nsigs = ["compute"]\n')


def _own_terminal() -> None:
    """In the child: closing this terminal hangs it up, and ctrl+c is heard though the tests run in the background."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """One run of the screen; use it as a context manager."""

    def __init__(self, command: Command, argv: Sequence[str] = (), *, size: tuple[int, int] = (120, 36)) -> None:
        self.columns, self.lines = size
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.bytes = b""
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", self.lines, self.columns, 0, 0))
        self.before = termios.tcgetattr(slave)
        self._slave = slave
        env = {**command.environment(), "TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
        command.home.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "vep_tui", *argv],
            stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True,
            preexec_fn=_own_terminal,
        )  # fmt: skip

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        for handle in (self.master, self._slave):
            if handle >= 0:
                os.close(handle)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def read(self, seconds: float) -> None:
        """Take in what comes within so many seconds."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not select.select([self.master], [], [], min(left, 0.05))[0]:
                if self.process.poll() is not None:
                    return
                continue
            try:
                got = os.read(self.master, 65536)
            except OSError:
                return
            if not got:
                return
            self.bytes += got
            self._stream.feed(got)

    def shows(self, words: str, seconds: float = 30) -> str:
        """Wait until the words are on the screen."""
        until = time.monotonic() + seconds
        while words not in self.text:
            assert time.monotonic() < until, f"{words!r} did not appear on:\n{self.text}"
            assert self.process.poll() is None, f"it left with {self.process.returncode}:\n{self.text}"
            self.read(0.1)
        return self.text

    def press(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def leaves(self, seconds: float = 20) -> tuple[int, float]:
        """Wait for its end; the exit status and how long that took."""
        begun = time.monotonic()
        while self.process.poll() is None and time.monotonic() - begun < seconds:
            self.read(0.02)
        took = time.monotonic() - begun
        self.read(0.2)
        assert self.process.poll() is not None, f"it did not leave:\n{self.text}"
        return self.process.returncode, took

    def is_given_back(self) -> bool:
        """True when the terminal is as it was before."""
        return (
            all(code in self.bytes for code in LEFT)
            and self.bytes.rfind(b"\x1b[?1049l") > self.bytes.rfind(b"\x1b[?1049h")
            and self.bytes.rfind(b"\x1b[?25h") > self.bytes.rfind(b"\x1b[?25l")
            and (b"\x1b[?1000h" not in self.bytes or self.bytes.rfind(MOUSE_OFF) > self.bytes.rfind(b"\x1b[?1000h"))
            and termios.tcgetattr(self._slave)[:4] == self.before[:4]
        )

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self._slave)
        os.close(self.master)
        self._slave = self.master = -1

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)
