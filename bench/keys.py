"""How long keys take at 5,000 rows against the same app with 50: answers, and until everything has followed."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence

from bench.first_frame import ROW, ours
from bench.table import Figure, late, middle
from bench.terminal import Terminal
from bench.world import Home

QUIET = 0.3
"""Seconds without output after which a key is done: more than the detail waits for the cursor to rest."""
ESCAPE, ENTER, HOME = b"\x1b", b"\r", b"\x1b[H"


def key_figures(homes: Mapping[int, Home], rounds: int) -> Iterator[Figure]:
    """The same keys in both sizes, alternating; both apps run all the while and are otherwise idle."""
    small, large = min(homes), max(homes)
    terminals = {size: Terminal([sys.executable, "-m", "vep_tui"], ours(home)) for size, home in homes.items()}
    try:
        for terminal in terminals.values():
            terminal.wait_for(ROW)
            terminal.rest(1.5)
            _type(terminal, (b"4",))  # all open VEPs: in the smallest store there are just enough of them
        for name, prepare, keys, finish, measure in _SCRIPTS:
            took: dict[int, list[float]] = {size: [] for size in terminals}
            for turn in range(rounds + 1):
                for size, terminal in terminals.items():
                    _type(terminal, prepare)
                    values = [measure(terminal, key) for key in keys]
                    took[size] += values if turn else []
                    _type(terminal, finish)
            note = f"{large} rows / {small} rows, {len(took[large])} keys each"
            yield Figure(f"{name}, median", middle(took[large]) / middle(took[small]), 1.5, note)
            yield Figure(f"{name}, 95th percentile", late(took[large]) / late(took[small]), 1.5)
        yield from _held(terminals, small, large)
    finally:
        for terminal in terminals.values():
            terminal.end()


def _type(terminal: Terminal, keys: Sequence[bytes]) -> None:
    for key in keys:
        terminal.press(key)
        terminal.rest(QUIET)


def answered(terminal: Terminal, key: bytes) -> float:
    """Seconds until the first output."""
    took = terminal.answer_to(key)
    terminal.rest(0.03)
    return took


def followed(terminal: Terminal, key: bytes) -> float:
    """Seconds until the last output."""
    begun = time.perf_counter()
    first = terminal.answer_to(key)
    return terminal.settle(QUIET) - begun if first else 0.0


_SCRIPTS = (
    ("moving down", (), [b"j"] * 20, (HOME,), answered),
    ("another VEP with its detail", (), [b"j"] * 6, (HOME,), followed),
    ("another tab", (), [b"]"] * 5, (), followed),
    ("a filter keystroke", (b"/",), [b"m", b"e", b"m", b"o"], (ESCAPE,), followed),
    ("ticking", (b"t",), [b" ", b" "], (ESCAPE,), followed),
)


def _held(terminals: Mapping[int, Terminal], small: int, large: int) -> Iterator[Figure]:
    """A key held for two seconds: how long after its release the screen still moves."""
    lag: dict[int, list[float]] = {size: [] for size in terminals}
    for turn in range(4):
        for size, terminal in terminals.items():
            _type(terminal, (HOME,))
            for _ in range(40):
                terminal.press(b"j")
                until = time.perf_counter() + 1 / 30
                while (left := until - time.perf_counter()) > 0:
                    terminal.pump(left)
            begun = time.perf_counter()
            last = terminal.settle(QUIET)
            if turn:
                lag[size].append(max(last - begun, 0.001))
    yield Figure("a held key, until rest after release", middle(lag[large]) / middle(lag[small]), 1.5)
