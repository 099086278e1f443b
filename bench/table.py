"""Figures and how they are printed: every one is a ratio within this run, a share or a count; never a bare time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    value: float
    target: float | None = None
    """The most it may be; None where there is only something to know."""
    note: str = ""

    @property
    def key(self) -> str:
        """By what two runs are compared."""
        return self.what


def middle(values: Sequence[float]) -> float:
    """The median."""
    return median(values)


def late(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def paired(these: Sequence[float], those: Sequence[float]) -> float:
    """The median of the ratios of pairs that were measured one right after the other."""
    return median(a / b for a, b in zip(these, those, strict=True))


def show(figures: Sequence[Figure]) -> str:
    """The table."""
    wide = max((len(f.what) for f in figures), default=0)
    return "\n".join(_line(figure, wide) for figure in figures)


def _line(figure: Figure, wide: int) -> str:
    aim = "" if figure.target is None else f"<= {figure.target:g}"
    verdict = "" if figure.target is None else "ok" if figure.value <= figure.target else "MISSED"
    return f"{figure.what.ljust(wide)}  {figure.value:>9.2f}  {aim:<8} {verdict:<7} {figure.note}".rstrip()
