"""Writes the manual page, `docs/vep-tui.1`, out of the command line's own words; `scripts/reference.py` keeps it."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterable, Iterator

from vep_tui import RELEASED, __version__
from vep_tui.cli.arguments import EPILOG, build_parser
from vep_tui.cli.completion_words import commands_of
from vep_tui.cli.examples import EXAMPLES
from vep_tui.settings.files import FILES

_WIDTH = 66
_SIGNS = {"\\": "\\e", "-": "\\-", "“": "\\(lq", "”": "\\(rq", "’": "\\(cq", "…": "...", "–": "\\(en", "→": "\\(->"}
_WHERE = {"config": "~/.config/vep-tui", "cache": "~/.cache/vep-tui", "data": "~/.local/share/vep-tui"}
_WHERE |= {"log": "~/.local/state/vep-tui/log"}
"""The folders of the user on Linux."""


def manual() -> str:
    """docs/vep-tui.1, as roff with the macros of man(7)."""
    parser = build_parser()
    lines = [
        '.\\" Written by `make docs`; do not edit.',
        f'.TH VEP\\-TUI 1 "{RELEASED}" "vep\\-tui {roff(__version__)}" "User Commands"',
        ".SH NAME",
        "vep\\-tui \\- a terminal cockpit for reviewers of KubeVirt enhancement proposals",
        ".SH SYNOPSIS",
        *_synopsis(parser),
        ".SH DESCRIPTION",
        *prose(parser.description or ""),
        ".PP",
        *prose(
            "Inside the screen ? lists the keys and , the settings. `vep-tui --keys` prints the keys, and"
            " `vep-tui config edit` opens a file that explains every setting."
        ),
        ".SH OPTIONS",
        *prose("--demo, --profile, --config and --api-url are understood behind a command, too."),
        *_options(parser),
        ".SH COMMANDS",
        *prose("Each prints a table for people and, with --json, one JSON document; messages go to stderr."),
    ]
    for word, own in commands_of(parser):
        lines += [f".SS {bold(word.text)}", *prose(f"{word.about[:1].upper()}{word.about[1:]}."), *_options(own)]
    lines += [".SH FILES", *_files(), *_told(), ".SH EXAMPLES", *_examples()]
    lines += [".SH SEE ALSO", ".BR gh (1)"]
    return "\n".join(lines) + "\n"


def roff(text: str) -> str:
    """Text in one line of roff in which nothing is an instruction."""
    said = "".join(_SIGNS.get(c, c if c.isascii() else f"\\[u{ord(c):04X}]") for c in text)
    return f"\\&{said}" if said.startswith((".", "'")) else said


def prose(text: str) -> list[str]:
    """A paragraph in several lines of roff, short enough for whoever reads its source."""
    lines = textwrap.wrap(" ".join(text.split()), _WIDTH, break_long_words=False, break_on_hyphens=False)
    return [roff(line) for line in lines]


def bold(text: str) -> str:
    """Text in bold face."""
    return f"\\fB{roff(text)}\\fR"


def _synopsis(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f"{bold('vep-tui')} [\\fIoptions\\fR]"
    for word, own in commands_of(parser):
        yield ".br"
        words = [f"{bold('vep-tui')} {bold(word.text)}"]
        for action in own._actions:
            if not action.option_strings:
                name = "|".join(map(str, action.choices)) if action.choices else str(action.metavar)
                words.append(f"[\\fI{roff(name)}\\fR]" if action.nargs == "?" else f"\\fI{roff(name)}\\fR")
        yield " ".join([*words, "[\\fIoptions\\fR]"])


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Arguments and options; those common to all commands are told once."""
    for action in parser._actions:
        common = action.default is argparse.SUPPRESS and not isinstance(action, argparse._VersionAction)
        if common or isinstance(action, argparse._SubParsersAction):
            continue
        value = f" \\fI{roff(str(action.metavar or action.dest.upper()))}\\fR" if action.nargs != 0 else ""
        names = ", ".join(map(bold, action.option_strings))
        yield ".TP"
        yield f"{names}{value}" if names else value.strip()
        choices = f" ({', '.join(map(str, action.choices))})" if action.choices and action.option_strings else ""
        yield from prose((action.help or "") + choices)


def _files() -> Iterator[str]:
    for file in FILES:
        yield ".TP"
        yield f"\\fI{roff(f'{_WHERE[file.folder]}/{file.name}')}\\fR"
        yield from prose(f"{file.holds} (may it be deleted? {file.may_go})")


def _told() -> Iterator[str]:
    """Exit status and environment, as `--help` tells them."""
    for part in EPILOG.strip().split("\n\n"):
        head, _, text = part.partition(": ")
        yield f".SH {roff(head.upper())}"
        yield from prose(text)


def _examples() -> Iterable[str]:
    return (
        line
        for shown in EXAMPLES.values()
        for example, why in shown
        for line in (".TP", bold(example), roff(f"{why[:1].upper()}{why[1:]}."))
    )
