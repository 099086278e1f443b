"""Evidence for "all PRs are merged into the release branch": what landed, what did not and why; it ticks nothing."""

from __future__ import annotations

from vep_tui.core.clues import clues_of, plain_title
from vep_tui.core.models import Evidence, InRelease, LinkedPr, PrKind, PrState, Vep, Verdict
from vep_tui.core.models.words import stage_word
from vep_tui.core.scope import (
    belongs_elsewhere,
    branch_name,
    fact,
    is_cut,
    is_given_up,
    listed_in_words,
    of_kind,
    release_of,
    short,
)
from vep_tui.core.sources import key_of
from vep_tui.core.world import World


def code_evidence(vep: Vep, world: World) -> Evidence:
    """Unmet when one is missing in the branch, unknown when one cannot be told, met when each is there."""
    known = of_kind(vep, world, PrKind.CODE)
    counted = tuple(p for p in known if not is_given_up(p))
    facts = tuple(fact(p.pull, _words(p, vep, world)) for p in known)
    if not counted:
        return Evidence(_none(known), _nothing(vep, known), facts + _earlier(vep, known))
    if vep.release is None:
        return Evidence(Verdict.UNKNOWN, "no target release is known, so there is no branch to look in", facts)
    missing = [p for p in counted if _landed(p, world) is InRelease.NO]
    unclear = [p for p in counted if _landed(p, world) is InRelease.UNKNOWN]
    if is_cut(vep, world) is False and not missing and all(p.pull.state is PrState.MERGED for p in counted):
        return Evidence(Verdict.UNKNOWN, _before_the_cut(vep, world, len(counted)), facts)
    branch = branch_name(vep, world)
    landed = len(counted) - len(missing) - len(unclear)
    verdict = Verdict.UNMET if missing else Verdict.UNKNOWN if unclear else Verdict.MET
    if verdict is Verdict.MET:
        return Evidence(verdict, _all_merged(counted, branch, world), facts)
    where = "merged to main" if is_cut(vep, world) is False else f"in {branch}"
    if is_cut(vep, world) is False:
        landed = sum(p.pull.state is PrState.MERGED for p in counted)
    remarks = [f"{short(p.pull.ref)} {_words(p, vep, world)}" for p in missing or unclear]
    return Evidence(verdict, f"{landed} of {len(counted)} {where}; {listed_in_words(remarks)}", facts)


def _all_merged(counted: tuple[LinkedPr, ...], branch: str, world: World) -> str:
    """Only what is of the code repository can be in its branch; the rest is merged, and no more is said of it."""
    own = sum(_has_branch(p, world) for p in counted)
    there = [f"{own} of {own} merged into {branch}"] if own else []
    rest = len(counted) - own
    if rest:
        names = {p.pull.repository.casefold() for p in counted if not _has_branch(p, world)}
        where = "repositories" if len(names) > 1 else "a repository"
        there.append(f"{rest} of {rest} merged in {where} without {'it' if own else branch}")
    return "; ".join(there)


def _has_branch(link: LinkedPr, world: World) -> bool:
    return link.pull.repository.casefold() == world.process.repositories.get("code", "").casefold()


def _landed(link: LinkedPr, world: World) -> InRelease:
    """A repository other than the code's has no such branch: there, merged is all that can be asked."""
    pull = link.pull
    if _has_branch(link, world):
        return link.in_release
    if pull.state is PrState.UNKNOWN:
        return InRelease.UNKNOWN
    return InRelease.YES if pull.state is PrState.MERGED else InRelease.NO


def _words(link: LinkedPr, vep: Vep, world: World) -> str:
    """What became of one pull request, to be read after its name."""
    pull = link.pull
    if pull.state is PrState.UNKNOWN:
        return "cannot be seen"
    if pull.state is PrState.OPEN:
        return "is a draft" if pull.is_draft else "is open"
    if pull.state is PrState.CLOSED:
        return "was closed unmerged"
    day = f" on {pull.merged_at:%Y-%m-%d}" if pull.merged_at else ""
    branch, merged = branch_name(vep, world), f"was merged to {pull.base or 'main'}{day}"
    if not _has_branch(link, world):
        return f"{merged}; its repository has no {branch}"
    if link.in_release is InRelease.YES:
        return f"{merged}, in {branch}" + (f" by {short(link.picked_by)}" if link.picked_by else "")
    if link.in_release is InRelease.UNKNOWN:
        return f"{merged}, {branch} is not cut yet" if is_cut(vep, world) is False else f"{merged}, {branch} not seen"
    if waiting := _waiting_pick(link, vep, world):
        return f"{merged}; {short(waiting.pull.ref)} picks it and is open"
    return f"{merged}, not in {branch}{_why(link, vep, world)}"


def _why(link: LinkedPr, vep: Vep, world: World) -> str:
    undone = next((p for p in vep.pulls if key_of(link.pull.ref) in clues_of(p.pull, world.process).reverts), None)
    if undone is not None and undone.pull.state is PrState.MERGED:
        return f": {short(undone.pull.ref)} reverts it"
    return ": after the cut, no pick"


def _waiting_pick(link: LinkedPr, vep: Vep, world: World) -> LinkedPr | None:
    """The open pull request that would bring it to the branch."""
    branch, key, title = branch_name(vep, world), key_of(link.pull.ref), plain_title(link.pull.title)
    for other in vep.pulls:
        if other.pull.base == branch and other.pull.state is PrState.OPEN and "pick" in other.found:
            named = clues_of(other.pull, world.process).originals
            if key in named or (not named and plain_title(other.pull.title) == title):
                return other
    return None


def _none(known: tuple[LinkedPr, ...]) -> Verdict:
    return Verdict.UNMET if known else Verdict.UNKNOWN


def _nothing(vep: Vep, known: tuple[LinkedPr, ...]) -> str:
    if known:
        return f"the only code PR known, {short(known[-1].pull.ref)}, was closed unmerged"
    if any(p.kind is PrKind.CODE for p in vep.pulls):
        return f"no code PR is known for {stage_word(vep.stage)}, only for other stages"
    return "no code PR is known"


def _earlier(vep: Vep, known: tuple[LinkedPr, ...]) -> tuple[str, ...]:
    others = (p for p in vep.pulls if p.kind is PrKind.CODE and p not in known)
    return tuple(fact(p.pull, belongs_elsewhere(p)) for p in others)


def _before_the_cut(vep: Vep, world: World, count: int) -> str:
    release = release_of(vep, world)
    day = f" (Code Freeze {release.code_freeze:%Y-%m-%d})" if release and release.code_freeze else ""
    return f"{count} of {count} merged to main; {branch_name(vep, world)} is not cut yet{day}"
