"""What may follow what on the command line, made from the parser: the same for every shell."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from vep_tui.cli.arguments import SHELLS
from vep_tui.cli.profiles import built_in, load_process
from vep_tui.settings import DEFAULT_PROFILE, OPTIONS
from vep_tui.tui.commands import COMMANDS

_ASKING = {"--release": "releases", "--view": "views", "N": "numbers", "ITEM": "items", "ID": "entries"}
"""Options and positional arguments whose value is asked for, and by which of these words."""


@dataclass(frozen=True, slots=True)
class Word:
    """An option, a command or a fixed value, with what it is for."""

    text: str
    about: str = ""
    takes: str = ""
    """Metavar of the value that follows; empty when none does."""
    values: tuple[str, ...] = ()
    """The only values that may follow, where they are fixed."""
    ask: str = ""
    """One of `arguments.ASKED`: the values that may follow are looked up."""


@dataclass(frozen=True, slots=True)
class Place:
    """What may stand for a positional argument, or for the value of a setting."""

    words: tuple[str, ...] = ()
    """Nothing where that is not fixed."""
    ask: str = ""
    """One of `arguments.ASKED`: the words are looked up."""
    many: bool = False
    """Several words, with commas between."""


@cache
def _offered() -> dict[str, tuple[str, ...]]:
    """What may follow an option or stand for a positional argument, where the parser does not fix it, by metavar."""
    process = load_process(DEFAULT_PROFILE, {})
    return {
        "--profile": tuple(built_in()),
        "--sig": process.known_sigs,
        "SHELL": SHELLS,
        "NAME": (*(option.name for option in OPTIONS), *(f"keys.{command.name}" for command in COMMANDS)),
    }


def setting_places() -> dict[str, Place]:
    """What a setting may be set to, by its name; those that may be anything are not there."""
    found: dict[str, Place] = {}
    for option in OPTIONS:
        if option.name == "ui.theme":
            found[option.name] = Place(ask="themes")
        elif isinstance(option.default, bool):
            found[option.name] = Place(("true", "false"))
        elif option.choices:
            found[option.name] = Place(option.choices, many=isinstance(option.default, list))
    found["me.sigs"] = Place(_offered()["--sig"], many=True)
    found["profile"] = Place(_offered()["--profile"])
    return found


def words_of(parser: argparse.ArgumentParser) -> tuple[tuple[Word, ...], tuple[Place, ...]]:
    """The options of a parser, and what each of its positional arguments may be."""
    options: list[Word] = []
    places: list[Place] = []
    offered = _offered()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue
        choices = tuple(map(str, action.choices or ()))
        if not action.option_strings:
            name = str(action.metavar)
            places.append(Place(offered.get(name, choices), _ASKING.get(name, "")))
            continue
        takes = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
        about = " ".join((action.help or "").split())
        options += [
            Word(text, about, takes, choices or offered.get(text, ()), _ASKING.get(text, ""))
            for text in action.option_strings
        ]
    return tuple(options), tuple(places)


def commands_of(parser: argparse.ArgumentParser) -> Iterator[tuple[Word, argparse.ArgumentParser]]:
    """The commands of a parser with their own parsers."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {pseudo.dest: pseudo.help or "" for pseudo in action._choices_actions}
            for name, command in action.choices.items():
                yield Word(name, " ".join(helps.get(name, "").split())), command
