"""How far away the freezes of a release are and how loud that makes things; it reads no schedule file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from vep_tui.core.focus import order
from vep_tui.core.models import Release
from vep_tui.core.world import World


@dataclass(frozen=True, slots=True)
class Cycle:
    """One release as seen from one day; days count down to 0 on the day itself and are negative after it."""

    release: Release
    today: date
    loud_before: int
    """Days before a freeze that are loud."""
    loud_after: int
    """Days after Code Freeze that are loud."""

    @property
    def version(self) -> str:
        """The release as "1.9"."""
        return self.release.version

    @property
    def to_design(self) -> int | None:
        """Days to Enhancement Freeze."""
        return self._to(self.release.enhancement_freeze)

    @property
    def to_code(self) -> int | None:
        """Days to Code Freeze."""
        return self._to(self.release.code_freeze)

    @property
    def in_design(self) -> bool:
        """Enhancement Freeze is ahead, today included."""
        return self.to_design is not None and self.to_design >= 0

    @property
    def frozen(self) -> bool:
        """Code Freeze is behind us, its day included: from then on the checklist counts."""
        return self.to_code is not None and self.to_code <= 0

    @property
    def released(self) -> bool:
        """GA is behind us."""
        return self.release.ga is not None and self.release.ga < self.today

    @property
    def frozen_at(self) -> datetime | None:
        """The beginning of the day of Code Freeze."""
        day = self.release.code_freeze
        return datetime.combine(day, time.min, UTC) if day else None

    @property
    def pressure(self) -> float:
        """0 in quiet times, rising to 1 on the day of a freeze, falling again after Code Freeze."""
        near = [
            1 - days / (self.loud_before + 1)
            for days in (self.to_design, self.to_code)
            if days is not None and 0 <= days <= self.loud_before
        ]
        if self.to_code is not None and 0 < -self.to_code <= self.loud_after:
            near.append(1 + self.to_code / (self.loud_after + 1))
        return max(near, default=0.0)

    @property
    def words(self) -> str:
        """Where the release stands: "Code Freeze in 9 days"; empty when nothing is near."""
        for name, days in (("Enhancement Freeze", self.to_design), ("Code Freeze", self.to_code)):
            if days is not None and 0 <= days <= self.loud_before:
                return f"{name} is today" if not days else f"{name} in {plural(days, 'day')}"
        if self.to_code is not None and 0 < -self.to_code <= self.loud_after:
            return f"Code Freeze was {plural(-self.to_code, 'day')} ago"
        return ""

    def _to(self, day: date | None) -> int | None:
        return (day - self.today).days if day else None


def cycle_of(version: str | None, world: World) -> Cycle | None:
    """The cycle of a release with a known schedule."""
    release = next((r for r in world.releases if r.version == version), None)
    limits = world.process.thresholds
    today = world.now.astimezone(UTC).date()
    if release is None:
        return None
    return Cycle(release, today, limits["loud_before_freeze"], limits["loud_after_code_freeze"])


def cycles(world: World) -> tuple[Cycle, ...]:
    """Every scheduled release, oldest first."""
    versions = sorted({r.version for r in world.releases}, key=order)
    return tuple(c for v in versions if (c := cycle_of(v, world)) is not None)


def open_cycle(world: World) -> Cycle | None:
    """The next release whose Enhancement Freeze is ahead: the one that plans are made for."""
    return next((c for c in cycles(world) if c.in_design), None)


def frozen_cycle(world: World) -> Cycle | None:
    """The release that passed Code Freeze last: the one whose checklist is due."""
    return next((c for c in reversed(cycles(world)) if c.frozen), None)


def released_version(world: World) -> str | None:
    """The newest release that is out."""
    return next((c.version for c in reversed(cycles(world)) if c.released), None)


def minor(version: str | None) -> int:
    """The minor number of "1.9"; releases are counted by it."""
    return (*order(version), 0, 0)[1]


def plural(count: int, noun: str) -> str:
    """A number with its noun: "1 day", "3 days"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
