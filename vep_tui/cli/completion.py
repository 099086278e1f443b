"""`vep-tui completion SHELL`: what a shell needs to complete our words, made from the parser; it installs nothing."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass

from vep_tui.cli.arguments import build_parser
from vep_tui.cli.exits import OK
from vep_tui.cli.profiles import built_in, load_process
from vep_tui.core.views import BUILT_IN
from vep_tui.settings import DEFAULT_PROFILE, OPTIONS
from vep_tui.tui.commands import COMMANDS

_FILES = ("FILE",)
"""Metavars whose value is the path of a file."""


def _offered() -> dict[str, tuple[str, ...]]:
    """What may follow an option or stand for a positional argument, where the parser does not fix it, by metavar."""
    items = load_process(DEFAULT_PROFILE, {}).checklist
    return {
        "--profile": tuple(built_in()),
        "--view": tuple(view.name for view in BUILT_IN),
        "ITEM": tuple(item.key for item in items),
        "NAME": (*(option.name for option in OPTIONS), *(f"keys.{command.name}" for command in COMMANDS)),
    }


@dataclass(frozen=True, slots=True)
class Word:
    """An option, a command or a fixed value, with what it is for."""

    text: str
    about: str = ""
    takes: str = ""
    """Metavar of the value that follows; empty when none does."""
    values: tuple[str, ...] = ()
    """The only values that may follow, where they are fixed."""


def completion(args: Namespace) -> int:
    """Print the completion script of a shell."""
    made = {"bash": bash, "zsh": zsh, "fish": fish}[args.shell]
    print(made(), end="")  # noqa: T201
    return OK


def words_of(parser: argparse.ArgumentParser) -> tuple[tuple[Word, ...], tuple[tuple[str, ...], ...]]:
    """The options of a parser, and what each of its positional arguments may be: nothing where that is not fixed."""
    options: list[Word] = []
    places: list[tuple[str, ...]] = []
    offered = _offered()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue
        choices = tuple(map(str, action.choices or ()))
        if not action.option_strings:
            places.append(choices or offered.get(str(action.metavar), ()))
            continue
        takes = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
        about = " ".join((action.help or "").split())
        options += [Word(text, about, takes, choices or offered.get(text, ())) for text in action.option_strings]
    return tuple(options), tuple(places)


def commands_of(parser: argparse.ArgumentParser) -> Iterator[tuple[Word, argparse.ArgumentParser]]:
    """The commands of a parser with their own parsers."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {pseudo.dest: pseudo.help or "" for pseudo in action._choices_actions}
            for name, command in action.choices.items():
                yield Word(name, " ".join(helps.get(name, "").split())), command


def bash() -> str:
    """For bash: `source <(vep-tui completion bash)`."""
    parser = build_parser()
    options, _ = words_of(parser)
    cases, valued = [], {word.text: word for word in options if word.takes}
    names = []
    for command, own in commands_of(parser):
        its, places = words_of(own)
        names.append(command.text)
        valued |= {word.text: word for word in its if word.takes}
        for at, place in enumerate((*places, ())):
            which = at if at < len(places) else "*"
            cases.append(f"    {command.text}:{which}) words='{' '.join((*place, *(w.text for w in its)))}' ;;")
    files = "|".join(sorted(text for text, word in valued.items() if word.takes in _FILES))
    fixed_values = [
        f"    {text}) COMPREPLY=($(compgen -W '{' '.join(word.values)}' -- \"$cur\")); return ;;"
        for text, word in sorted(valued.items())
        if word.values
    ]
    free = "|".join(sorted(text for text, word in valued.items() if not word.values and word.takes not in _FILES))
    return "\n".join(
        [
            "# Completion of vep-tui for bash; written by `vep-tui completion bash`.",
            "_vep_tui() {",
            '  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"',
            '  local command="" words="" word last="" at=0',
            '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
            f'    case "$last" in {"|".join(sorted(valued))}) last=""; continue ;; esac',
            '    last="$word"',
            '    if [[ "$word" == -* ]]; then continue; fi',
            '    if [[ -n "$command" ]]; then at=$((at + 1)); else command="$word"; fi',
            "  done",
            '  case "$prev" in',
            *fixed_values,
            f'    {files}) COMPREPLY=($(compgen -f -- "$cur")); return ;;',
            f"    {free}) return ;;",
            "  esac",
            '  case "$command:$at" in',
            *cases,
            f"    *) words='{' '.join((*names, *(w.text for w in options)))}' ;;",
            "  esac",
            '  COMPREPLY=($(compgen -W "$words" -- "$cur"))',
            "}",
            "complete -F _vep_tui vep-tui",
            "",
        ]
    )


def zsh() -> str:
    """For zsh: `vep-tui completion zsh > "${fpath[1]}/_vep-tui"`."""
    parser = build_parser()
    options, _ = words_of(parser)
    lines = [
        "#compdef vep-tui",
        "# Completion of vep-tui for zsh; written by `vep-tui completion zsh`.",
        "_vep_tui() {",
    ]
    lines += ["  local context state line", "  typeset -A opt_args", "  local -a commands", "  commands=("]
    lines += [f"    {_quoted(f'{_colons(word.text)}:{_colons(word.about)}')}" for word, _ in commands_of(parser)]
    lines += ["  )", "  _arguments -C \\"]
    lines += [f"    {_quoted(_zsh_option(word))} \\" for word in options]
    lines += ["    '1: :->command' '*:: :->rest'", "  case $state in", "    command) _describe command commands ;;"]
    lines += ["    rest)", "      case $line[1] in"]
    for command, own in commands_of(parser):
        its, places = words_of(own)
        lines.append(f"        {command.text}) _arguments \\")
        lines += [f"          {_quoted(_zsh_option(word))} \\" for word in its]
        slots = (f"{at}: :({' '.join(place)})" for at, place in enumerate(places, 1))
        lines.append(f"          {' '.join(map(_quoted, slots))} ;;")
    return "\n".join([*lines, "      esac ;;", "  esac", "}", '_vep_tui "$@"', ""])


def _zsh_option(word: Word) -> str:
    about = word.about.replace("[", "(").replace("]", ")").replace(":", "\\:")
    if not word.takes:
        return f"{word.text}[{about}]"
    value = f"({' '.join(word.values)})" if word.values else "_files" if word.takes in _FILES else " "
    return f"{word.text}[{about}]:{word.takes.lower()}:{value}"


def _colons(text: str) -> str:
    return text.replace(":", "\\:")


def fish() -> str:
    """For fish: `vep-tui completion fish > ~/.config/fish/completions/vep-tui.fish`."""
    parser = build_parser()
    options, _ = words_of(parser)
    lines = ["# Completion of vep-tui for fish; written by `vep-tui completion fish`.", "complete -c vep-tui -f"]
    lines += [
        "function __vep_tui_at",
        "    test (count (string match -v -- '-*' (commandline -poc))) -eq $argv[1]",
        "end",
    ]
    lines += [_fish_option("", word) for word in options]
    for command, own in commands_of(parser):
        lines.append(f"complete -c vep-tui -n __fish_use_subcommand -a {command.text} -d {_quoted(command.about)}")
        its, places = words_of(own)
        seen = f"-n '__fish_seen_subcommand_from {command.text}' "
        for at, place in enumerate(places, 2):  # behind the program and the command
            here = f"-n '__fish_seen_subcommand_from {command.text}; and __vep_tui_at {at}' "
            lines += [f"complete -c vep-tui {here}-a {_quoted(' '.join(place))}"] if place else []
        lines += [_fish_option(seen, word) for word in its]
    return "\n".join([*dict.fromkeys(lines), ""])


def _fish_option(seen: str, word: Word) -> str:
    name = f"-l {word.text[2:]}" if word.text.startswith("--") else f"-s {word.text[1:]}"
    value = f" -x -a {_quoted(' '.join(word.values))}" if word.values else " -r -F" if word.takes in _FILES else ""
    value = value or (" -x" if word.takes else "")
    return f"complete -c vep-tui {seen}{name}{value} -d {_quoted(word.about)}"


def _quoted(text: str) -> str:
    """A word in single quotes, which all three shells read the same way when none is inside."""
    return f"'{text.replace(chr(39), '’')}'"
