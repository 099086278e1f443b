"""The Prow commands that would do something on what is selected, to choose from; it gives none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from vep_tui.core.models import PrKind, PrState
from vep_tui.core.offers import Offer, offers
from vep_tui.core.text import clean
from vep_tui.tui.bench import Bench
from vep_tui.tui.detail_pane import Subject
from vep_tui.tui.glyphs import DIM, TITLE
from vep_tui.tui.pick_list import PickList
from vep_tui.tui.screens.over import Over

if TYPE_CHECKING:
    from vep_tui.store.desk import Desk


@dataclass(frozen=True, slots=True)
class Place:
    """An issue or pull request with the commands on offer there."""

    number: int
    title: str
    offers: tuple[Offer, ...]


def menu_of(subject: Subject, desk: Desk) -> tuple[Place, ...]:
    """What can be commanded from here: the pull request itself; of a VEP its tracker and its open VEP PRs."""
    world = desk.world
    if subject.pull is not None:
        places = [Place(subject.number, f"{world.process.proposal} PR {subject.number}", offers(subject.pull, world))]
    elif subject.vep is not None:
        vep = subject.vep
        places = [Place(vep.number, f"Tracker of {world.process.proposal} {vep.number}", offers(vep.issue, world))]
        own = [p.pull for p in vep.pulls if p.kind is PrKind.VEP and not p.candidate and p.pull.state is PrState.OPEN]
        home = world.process.enhancements.casefold()
        for pull in (p for p in own if p.repository.casefold() == home):
            known = desk.pull(pull.number) or pull
            named = f"{world.process.proposal} PR {pull.number}: {clean(pull.title)}"
            places.append(Place(pull.number, named, offers(known, world)))
    else:
        places = []
    return tuple(place for place in places if place.offers)


class ProwMenu(Over[tuple[int, Offer]]):
    """Dismissed with the number and the command."""

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
        for place in self._places:
            options.append(Option(Content.styled(clean(place.title), TITLE), disabled=True))
            for at, offer in enumerate(place.offers):
                text = Content.assemble((f"  {offer.text:<{widest}}  ", "bold"), (offer.about, DIM))
                options.append(Option(text, id=f"{place.number}:{at}"))
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
        number, _, at = (event.option.id or "").partition(":")
        place = next(p for p in self._places if str(p.number) == number)
        self.dismiss((place.number, place.offers[int(at)]))
