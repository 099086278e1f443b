"""The command line's words; importing it costs nothing but argparse."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, NoReturn

from vep_tui import __version__
from vep_tui.cli.examples import examples_of

EPILOG = """\
exit status: 0 all done; 1 failed or done in part; 2 usage or configuration error, unknown VEP or item;
3 cannot reach GitHub; 4 GitHub wants (other) credentials; 130 interrupted

environment: GH_TOKEN, GITHUB_TOKEN (or `gh auth login`); for another host GH_ENTERPRISE_TOKEN,
GITHUB_ENTERPRISE_TOKEN; GH_HOST, VEP_TUI_API_URL, VEP_TUI_NOW (an ISO time), NO_COLOR, BROWSER, XDG directories;
GH_EDITOR, GIT_EDITOR, VISUAL, EDITOR (the first that is set; else vi); FORCE_HYPERLINK (0: no links for the
terminal to open, 1: also into a pipe)
"""

SHELLS = ("bash", "zsh", "fish")
ASKED = ("numbers", "items", "entries", "releases", "themes", "views")
"""What only this machine or Textual knows: the completion of a shell asks for it while a line is typed."""


class Parser(argparse.ArgumentParser):
    """A parser that names the nearest valid word when somebody mistyped one of a few, and knows filters."""

    mixed = False
    """Whether options may stand between words that may be left out, as in `config set --config FILE NAME VALUE`."""
    _mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """A filter may begin with a minus ("-is:stale"), which argparse would take for an option of its own."""
        words: list[str] = []
        for word in sys.argv[1:] if args is None else args:
            if words and words[-1] == "--filter" and len(word) > 2 and word[0] == "-" != word[1]:
                words[-1] = f"--filter={word}"
            else:
                words.append(word)
        if self._mixing:
            return super().parse_known_args(words, namespace)
        self._check_options(words)
        self._mixing = self.mixed  # the intermixed way comes back here, twice
        try:
            parse = self.parse_known_intermixed_args if self.mixed else super().parse_known_args
            found, unknown = parse(words, namespace)
        finally:
            self._mixing = False
        if unknown:  # told here, where it is known which command's they were to be
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown

    def _check_options(self, words: list[str]) -> None:
        """An option that there is not: argparse would blame the word behind it, or not know the nearest."""
        options = self._option_string_actions
        commands = {name for action in self._actions if action.dest == "command" for name in action.choices or ()}
        for name in (word.partition("=")[0] for word in words):
            if name == "--" or name in commands:
                return
            if name.startswith("--") and not any(option.startswith(name) for option in options):
                from vep_tui.settings.nearest import nearest  # importing this module is to cost nothing

                near = nearest(name, [option for option in options if option.startswith("--")])
                self.error(f"there is no option {name}{near if near.endswith('?') else ''}")

    def error(self, message: str) -> NoReturn:
        """Leave with status 2 and one line that says what is wrong and where to read more; no block of usage."""
        whole = "".join(c if c.isprintable() else repr(c)[1:-1] for c in message)  # it quotes what was typed
        said = whole.removeprefix("argument ")
        self.exit(2, f"vep-tui: {said}{' See' if said.endswith('?') else '; see'} {self.prog} --help\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            from vep_tui.settings.nearest import nearest  # importing this module is to cost nothing

            raise argparse.ArgumentError(action, f"there is no {value!r}{nearest(str(value), tuple(action.choices))}")


def build_parser() -> Parser:
    """The parser of `vep-tui`; common options are accepted before and after a command."""
    parser = Parser(
        prog="vep-tui",
        description="A cockpit for reviewers of KubeVirt enhancement proposals (VEPs). Without a command: the screen.",
        epilog=f"{examples_of('')}\n\n{EPILOG}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"vep-tui {__version__}")
    parser.add_argument("--keys", action="store_true", help="print the keys and leave")
    _common(parser, suppress=False)
    _web(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _sync(commands)
    _list(commands)
    _show(commands)
    _tick(commands)
    _outbox(commands)
    _report(commands)
    _doctor(commands)
    _config(commands)
    completion = commands.add_parser("completion", help="print the completion of a shell, to be read by it")
    completion.add_argument(
        "shell",
        type=_shell,
        metavar="SHELL",
        help="bash, zsh or fish",
    )
    for name, command in commands.choices.items():
        command.epilog, command.formatter_class = examples_of(name), argparse.RawDescriptionHelpFormatter
    return parser


def _common(parser: argparse.ArgumentParser, *, suppress: bool) -> None:
    blank = argparse.SUPPRESS if suppress else None
    off = argparse.SUPPRESS if suppress else False
    group = parser.add_argument_group("common options")
    group.add_argument("--demo", action="store_true", default=off, help="use a made-up GitHub inside this process")
    group.add_argument("--profile", metavar="NAME", default=blank, help="whose process: kubevirt, kubernetes or a file")
    group.add_argument("--config", type=Path, metavar="FILE", default=blank, help="read this config.toml")
    group.add_argument("--api-url", metavar="URL", default=blank, help="GitHub's API (also VEP_TUI_API_URL)")


def _web(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("in a browser")
    group.add_argument("--web", action="store_true", help="serve the screen to a browser on this machine")
    group.add_argument("--web-port", type=_port, metavar="PORT", default=8000, help="default: 8000")
    group.add_argument("--web-host", metavar="HOST", default="127.0.0.1", help="default: 127.0.0.1")
    group.add_argument("--web-exposed", action="store_true", help="let --web-host be another than this machine")


def _finish(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    _common(parser, suppress=True)


def _sync(commands: argparse._SubParsersAction[Parser]) -> None:
    sync = commands.add_parser("sync", help="send what waits and fetch what is new, once")
    sync.add_argument("--full", action="store_true", help="fetch everything anew")
    _finish(sync)


def _list(commands: argparse._SubParsersAction[Parser]) -> None:
    listing = commands.add_parser("list", help="print the queue from the local store")
    listing.add_argument(
        "--view", metavar="NAME", help="a named view (needs-me, my-sig, post-freeze, all, or your own)"
    )
    listing.add_argument("--filter", metavar="EXPR", help="such as 'sig:compute stage:beta -is:stale'")
    listing.add_argument("--limit", type=_count, metavar="N", help="at most N rows")
    _finish(listing)


def _show(commands: argparse._SubParsersAction[Parser]) -> None:
    show = commands.add_parser("show", help="print one VEP from the local store")
    show.add_argument("number", type=_number, metavar="N", help="number of the tracking issue")
    _finish(show)


def _tick(commands: argparse._SubParsersAction[Parser]) -> None:
    tick = commands.add_parser("tick", help="put a tick of the checklist into the outbox")
    tick.add_argument("number", type=_number, metavar="N", help="number of the tracking issue")
    tick.add_argument(
        "item",
        metavar="ITEM",
        help="prs-merged, docs-merged, implemented, bugs-tracked or tracker-complete; another profile has its own",
    )
    tick.add_argument(
        "--state", choices=("done", "todo", "na"), default="done", help="default: done; na: does not apply"
    )
    tick.add_argument("--note", metavar="TEXT", help="a note beside the item")
    tick.add_argument("--release", metavar="X.Y", help="default: the release the VEP is heading for")
    done = tick.add_mutually_exclusive_group()
    done.add_argument("--push", action="store_true", help="send what waits now, and not with the next sync")
    done.add_argument("--preview", action="store_true", help="only print the comment as it would be")
    _finish(tick)


def _outbox(commands: argparse._SubParsersAction[Parser]) -> None:
    outbox = commands.add_parser("outbox", help="print what waits and what is held, and why")
    outbox.add_argument("action", nargs="?", choices=("retry", "drop"), help="send a held entry again, or give it up")
    outbox.add_argument("id", nargs="?", type=_count, metavar="ID", help="the entry's id")
    _finish(outbox)
    outbox.mixed = True


def _report(commands: argparse._SubParsersAction[Parser]) -> None:
    report = commands.add_parser("report", help="print the status of a release, or an announcement, as Markdown")
    report.add_argument("--release", metavar="X.Y", help="default: the release at hand")
    report.add_argument("--sig", metavar="NAME", help="only this SIG's, as in compute")
    report.add_argument(
        "--announce", action="store_true", help="announce what is approved for the release, for Enhancement Freeze"
    )
    _finish(report)


def _doctor(commands: argparse._SubParsersAction[Parser]) -> None:
    doctor = commands.add_parser("doctor", help="say what is set up, what is not, and what to do about it")
    doctor.add_argument("--fix", action="store_true", help="mend what can be mended without losing anything")
    _finish(doctor)


def _config(commands: argparse._SubParsersAction[Parser]) -> None:
    config = commands.add_parser("config", help="look at the settings, and change them")
    config.add_argument(
        "action",
        choices=("path", "show", "check", "edit", "set", "unset"),
        help="print the file's path; what is in force and why; slips; open $EDITOR; change one setting",
    )
    config.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="for set and unset: a setting or an entry, such as ui.theme or keys.tick",
    )
    config.add_argument("value", nargs="?", metavar="VALUE", help="for set: its value; a list as in compute,network")
    _finish(config)
    config.mixed = True


def _shell(text: str) -> str:
    if text not in (*SHELLS, *ASKED):
        from vep_tui.settings.nearest import nearest  # importing this module is to cost nothing

        near = nearest(text, SHELLS) or f"; valid are {', '.join(SHELLS)}"
        raise argparse.ArgumentTypeError(f"there is no {text!r}{near}")
    return text


def _number(text: str) -> int:
    bare = text.strip().removeprefix("#")
    if not (bare.isascii() and bare.isdigit() and len(bare) < 10 and int(bare) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no issue number: give one like 26")
    return int(bare)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 18 and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no positive whole number")
    return int(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give one from 1 to 65535")
    return int(text)
