"""The Prow commands that would do something on what is selected, to choose from; it gives none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from vep_tui.core.models import PrKind, PrState
from vep_tui.core.offers import Offer, offers
from vep_tui.core.text import clean
from vep_tui.tui.bench import Bench
from vep_tui.tui.glyphs import DIM, TITLE
from vep_tui.tui.pick_list import PickList
from vep_tui.tui.screens.over import Over


class Place(NamedTuple):
    """Issues and pull requests with the commands on offer there."""

    numbers: tuple[int, ...]
    title: str
    offers: tuple[Offer, ...]


def menu_of(numbers: Sequence[int], bench: Bench) -> tuple[Place, ...]:
    """What can be commanded on these rows; of many, each command with those of them that it would do something on."""
    places = _around(numbers[0], bench) if len(numbers) == 1 else _on_many(numbers, bench)
    return tuple(place for place in places if place.offers)


def _around(number: int, bench: Bench) -> Iterator[Place]:
    """The pull request itself; of a VEP its tracker and its open VEP PRs."""
    desk, world = bench.desk, bench.desk.world
    if (pull := desk.pull(number)) is not None:
        yield Place((number,), bench.name(number), offers(pull, world))
    elif (vep := desk.vep(number)) is not None:
        yield Place((number,), f"Tracker of {bench.name(number)}", offers(vep.issue, world))
        own = [p.pull for p in vep.pulls if p.kind is PrKind.VEP and not p.candidate and p.pull.state is PrState.OPEN]
        home = world.process.enhancements.casefold()
        for linked in (p for p in own if p.repository.casefold() == home):
            named = f"{world.process.proposal} PR {linked.number}: {clean(linked.title)}"
            yield Place((linked.number,), named, offers(desk.pull(linked.number) or linked, world))


def _on_many(numbers: Sequence[int], bench: Bench) -> Iterator[Place]:
    """The commands by the rows that they would do something on, those of most rows first."""
    desk, found = bench.desk, dict[Offer, list[int]]()
    for number in numbers:
        pull, vep = desk.pull(number), desk.vep(number)
        subject = pull if pull is not None else vep.issue if vep is not None else None
        for offer in offers(subject, desk.world) if subject is not None else ():
            found.setdefault(offer, []).append(number)
    for here in sorted({tuple(some) for some in found.values()}, key=lambda some: (-len(some), some)):
        names = ", ".join(map(bench.name, here))
        title = "All marked rows" if len(here) == len(numbers) else f"{len(here)} of {len(numbers)} rows: {names}"
        yield Place(here, title, tuple(offer for offer, some in found.items() if tuple(some) == here))


class ProwMenu(Over[tuple[tuple[int, ...], Offer]]):
    """Dismissed with the numbers and the command."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "step('down')", "Down"),
        Binding("k", "step('up')", "Up"),
        Binding("escape,q", "close", "Close"),
    ]

    def __init__(self, bench: Bench, places: tuple[Place, ...]) -> None:
        super().__init__(bench, "Prow commands", "enter:choose, then see the exact text  esc:close")
        self._places = places

    def body(self) -> ComposeResult:
        """The commands under the place they would go to."""
        options: list[Option] = []
        widest = max(len(offer.text) for place in self._places for offer in place.offers)
        for which, place in enumerate(self._places):
            options.append(Option(Content.styled(clean(place.title), TITLE), disabled=True))
            for at, offer in enumerate(place.offers):
                text = Content.assemble((f"  {offer.text:<{widest}}  ", "bold"), (offer.about, DIM))
                options.append(Option(text, id=f"{which}:{at}"))
        yield PickList(*options, id="prow", compact=True)

    def on_mount(self) -> None:
        """Put the cursor on the first command."""
        super().on_mount()
        self.query_one("#prow", PickList).focus()

    def action_step(self, way: str) -> None:
        """Move the cursor as everywhere else."""
        listing = self.query_one("#prow", PickList)
        if way == "down":
            listing.action_cursor_down()
        else:
            listing.action_cursor_up()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Hand over what was chosen."""
        event.stop()
        which, _, at = (event.option.id or "").partition(":")
        place = self._places[int(which)]
        self.dismiss((place.numbers, place.offers[int(at)]))
