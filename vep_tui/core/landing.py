"""Whether a change is in the release branch: by its date, by the branch itself or by a pick; unknown is not no."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from vep_tui.core.focus import branch_of, day_of
from vep_tui.core.models import InRelease, PrState, PullRequest, Release

_MAIN = frozenset({"main", "master"})


@dataclass(frozen=True, slots=True)
class Ground:
    """The release branch on which changes land or not, and what is known of it."""

    branch: str
    cut: date | None
    """The day the branch is cut from main: Code Freeze."""
    repository: str
    """The code repository, in lower case: no other has this branch."""
    contains: Mapping[tuple[str, str], bool]
    today: date
    absent: bool = False
    """GitHub showed that there is no such branch yet, whatever day was planned for its cut."""

    def landed(self, pull: PullRequest, carriers: Iterable[PullRequest], reverts: Iterable[PullRequest]) -> InRelease:
        """Whether `pull` is in the branch, given the pull requests that pick it and those that revert it."""
        if pull.repository.casefold() != self.repository or pull.state is PrState.UNKNOWN:
            return InRelease.UNKNOWN
        if pull.state is not PrState.MERGED:
            return InRelease.NO
        own = self._alone(pull)
        if own is not InRelease.YES and self.carrier(carriers):
            own = InRelease.YES
        undone = any(r.state is PrState.MERGED and self._alone(r) is not InRelease.NO for r in reverts)
        return InRelease.NO if undone else own

    def carrier(self, carriers: Iterable[PullRequest]) -> PullRequest | None:
        """The merged pick into this branch, if there is one."""
        return next((c for c in carriers if c.base == self.branch and c.state is PrState.MERGED), None)

    def _alone(self, pull: PullRequest) -> InRelease:
        if pull.base == self.branch:
            return InRelease.YES
        compared = self.contains.get((self.branch, pull.merge_oid)) if pull.merge_oid else None
        if compared is not None:
            return InRelease.YES if compared else InRelease.NO
        if pull.base.startswith("release-"):
            return InRelease.NO
        if pull.base not in _MAIN or self.cut is None or pull.merged_at is None:
            return InRelease.UNKNOWN
        if self.absent or self.today < self.cut:
            return InRelease.UNKNOWN
        merged = day_of(pull.merged_at)
        if merged == self.cut:
            # The hour of the cut is in no schedule; only the branch itself could say.
            return InRelease.UNKNOWN
        return InRelease.YES if merged < self.cut else InRelease.NO


def ground_of(
    release: Release | None,
    repository: str,
    contains: Mapping[tuple[str, str], bool],
    now: datetime,
    absent: Collection[str] = (),
) -> Ground | None:
    """The ground of the release in focus, given the branches that are not there yet; None when no release is."""
    if release is None:
        return None
    branch = release.branch or branch_of(release.version)
    return Ground(branch, release.code_freeze, repository.casefold(), contains, day_of(now), branch in absent)
