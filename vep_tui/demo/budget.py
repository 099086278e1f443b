"""The hourly budget of one kind of request; it only counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(slots=True)
class Budget:
    """Points or requests that may be used within an hour of the site's clock."""

    resource: str
    """GitHub's word: "core" or "graphql"."""
    limit: int = 5000
    used: int = 0
    reset_at: datetime | None = None

    def spend(self, points: int, now: datetime) -> bool:
        """Take points off the hour's budget; False, and nothing taken, when they are not there."""
        if self.reset_at is None or now >= self.reset_at:
            self.used, self.reset_at = 0, now + timedelta(hours=1)
        if self.used + points > self.limit:
            self.used = self.limit
            return False
        self.used += points
        return True

    @property
    def remaining(self) -> int:
        """What is left."""
        return max(0, self.limit - self.used)

    def headers(self, now: datetime) -> dict[str, str]:
        """The budget as every answer of GitHub states it."""
        reset = self.reset_at or now + timedelta(hours=1)
        return {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(self.remaining),
            "x-ratelimit-used": str(self.used),
            "x-ratelimit-reset": str(int(reset.timestamp())),
            "x-ratelimit-resource": self.resource,
        }
