"""Whose turn something is and how much it weighs for the person looking; it finds no reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vep_tui.core.cycle import Cycle
from vep_tui.core.models import Reason
from vep_tui.core.world import World


@dataclass(frozen=True, slots=True)
class Stance:
    """How one row of the queue concerns the person looking."""

    world: World
    owner: str | None
    """The owning SIG."""
    sigs: tuple[str, ...]
    """Every SIG that takes part, by label or by name."""
    cycle: Cycle | None
    """The release in focus, where its schedule is known."""

    @property
    def ours(self) -> bool:
        """It is for my SIG to look after; for anybody, when I have none or the row has none."""
        mine = self.world.my_sigs
        if not mine or (self.owner is None and not self.sigs):
            return True
        return self.owner in mine if self.owner else any(s in mine for s in self.sigs)

    @property
    def oversees(self) -> bool:
        """I look after every SIG's VEPs: the README asks release team and approvers for the weekly check-ins."""
        me, people = self.world.me, self.world.people
        if me is None:
            return False
        return self.may_approve or self.world.process.release_sig in people.sigs_of(me)

    @property
    def anyone(self) -> bool:
        """Nobody is known to look: what is anybody's turn counts as mine."""
        return self.world.me is None

    @property
    def may_approve(self) -> bool:
        """I am a root approver."""
        return self.world.me is not None and self.world.people.is_approver(self.world.me)

    def is_me(self, login: str | None) -> bool:
        """True for my own login."""
        return login is not None and self.world.me is not None and login.casefold() == self.world.me.casefold()

    def days(self, since: datetime | None) -> int:
        """Whole days from then to now; 0 for the future and the unknown."""
        return max(0, (self.world.now - since).days) if since else 0

    def limit(self, name: str) -> int:
        """A threshold of the process."""
        return self.world.process.thresholds[name]

    def fading(self, since: datetime | None) -> float:
        """1 for what was asked lately, falling to the share `faded` for what has waited for months.

        Nobody expects an answer to a question of last year; what is new must not drown under it.
        """
        first, last = self.limit("fades_after"), self.limit("fades_until")
        gone = min(1.0, max(0.0, (self.days(since) - first) / max(1, last - first)))
        return 1 - gone * (1 - self.share("faded"))

    def reason(
        self,
        key: str,
        text: str,
        since: datetime | None = None,
        *,
        mine: bool | None = None,
        personal: bool = False,
        factor: float = 1.0,
        pressed: bool = False,
    ) -> Reason:
        """A reason with its weight.

        `mine` unset means: my SIG's. `personal` means it names me, whosever VEP it is. `pressed` makes a near freeze
        count. What is not mine keeps only a fraction of its weight, so that it never shouts.
        """
        turn = personal or (self.ours if mine is None else mine)
        weight = self.world.process.weights[key] * factor
        if pressed and self.cycle is not None:
            weight *= 1 + self.share("freeze_boost") * self.cycle.pressure
        if not personal and not self.ours:
            weight *= self.share("other_sig")
        if not turn:
            weight *= self.share("not_mine")
        return Reason(key, text, since, round(weight, 2), turn)

    def share(self, name: str) -> float:
        """A threshold that is a percentage, as a fraction."""
        return self.limit(name) / 100
