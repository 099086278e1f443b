"""`vep-tui completion SHELL`: what a shell needs to complete our words; it installs nothing."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence

from vep_tui.cli.arguments import ASKED, build_parser
from vep_tui.cli.completion_words import Place, Word, commands_of, setting_places, words_of
from vep_tui.cli.exits import OK

_FILES = ("FILE",)
"""Metavars whose value is the path of a file."""
_GIVEN = ("--profile", "--config", "--api-url")
"""Options that say in which store the VEPs are: what is asked while a line is typed is asked with them."""
_VALUE = 2
"""The place of the value behind `config set NAME`, counted from 0."""


def completion(args: Namespace) -> int:
    """Print the completion script of a shell, or what such a script asks."""
    if args.shell in ASKED:
        from vep_tui.cli.completion_asked import asked

        return asked(args)
    made = {"bash": bash, "zsh": zsh, "fish": fish}[args.shell]
    print(made(), end="")  # noqa: T201
    return OK


def bash() -> str:
    """For bash: `source <(vep-tui completion bash)`."""
    parser = build_parser()
    options, _ = words_of(parser)
    cases: list[str] = []
    valued = {word.text: word for word in options if word.takes}
    names = []
    for command, own in commands_of(parser):
        its, places = words_of(own)
        names.append(command.text)
        valued |= {word.text: word for word in its if word.takes}
        cases += _bash_cases(command.text, its, places)
    return "\n".join(
        [
            "# Completion of vep-tui for bash; written by `vep-tui completion bash`.",
            "_vep_tui() {",
            '  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"',
            '  local words="" word last="" lead=""',
            "  local -a said=() given=()",
            '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
            f'    case "$last" in {"|".join(_GIVEN)}) given+=("$last" "$word") ;; esac',
            f'    case "$last" in {"|".join(sorted(valued))}) last=""; continue ;; esac',
            '    last="$word"',
            '    if [[ "$word" != -* ]]; then said+=("$word"); fi',
            "  done",
            '  case "$prev" in',
            *_bash_values(valued),
            "  esac",
            '  case "${said[0]}:$((${#said[@]} - 1))" in',
            *cases,
            f"    *) words='{' '.join((*names, *(w.text for w in options)))}' ;;",
            "  esac",
            '  COMPREPLY=($(compgen -P "$lead" -W "$words" -- "${cur#"$lead"}"))',
            "}",
            "complete -F _vep_tui vep-tui",
            "",
        ]
    )


def _bash_values(valued: Mapping[str, Word]) -> Iterator[str]:
    """What may come behind an option that takes a value."""
    files = [text for text, word in valued.items() if word.takes in _FILES]
    offering = {text: Place(word.values, word.ask) for text, word in sorted(valued.items()) if word.values or word.ask}
    for text, place in offering.items():
        yield f'    {text}) {_bash_words(place)}; COMPREPLY=($(compgen -W "$words" -- "$cur")); return ;;'
    yield f'    {"|".join(sorted(files))}) COMPREPLY=($(compgen -f -- "$cur")); return ;;'
    yield f"    {'|'.join(sorted(valued.keys() - offering.keys() - set(files)))}) return ;;"


def _bash_cases(command: str, options: Sequence[Word], places: Sequence[Place]) -> Iterator[str]:
    """What may come behind a command, for each number of words that stand behind it already."""
    its = " ".join(word.text for word in options)
    for at, place in enumerate((*places, Place())):
        if command == "config" and at == _VALUE:
            yield f"    config:{at})"
            yield '      case "${said[1]}:${said[2]}" in'
            yield from (f"        set:{name}) {_bash_words(value)} ;;" for name, value in setting_places().items())
            yield "      esac"
            yield f'      words="$words {its}" ;;'
        else:
            which = at if at < len(places) else "*"
            yield f'    {command}:{which}) {_bash_words(place)}; words="$words {its}" ;;'


def _bash_words(place: Place) -> str:
    if place.ask:
        return f'words="$(vep-tui "${{given[@]}}" completion {place.ask} 2>/dev/null | cut -f1)"'
    many = '; [[ "$cur" == *,* ]] && lead="${cur%,*},"' if place.many else ""
    return f"words='{' '.join(place.words)}'{many}"


def zsh() -> str:
    """For zsh: `vep-tui completion zsh > "${fpath[1]}/_vep-tui"`."""
    parser = build_parser()
    options, _ = words_of(parser)
    lines = [
        "#compdef vep-tui",
        "# Completion of vep-tui for zsh; written by `vep-tui completion zsh`.",
        "_vep_tui_ask() {",
        "  local -a found",
        '  found=("${(@f)$(vep-tui $given completion $1 2>/dev/null)}")',
        '  found=("${(@)found//:/\\\\:}")',
        "  found=(\"${(@)found/$'\\t'/:}\")",
        "  _describe $1 found",
        "}",
        "_vep_tui_value() {",
        "  case $line[1]:$line[2] in",
        *(f"    set:{name}) {_zsh_value(place)} ;;" for name, place in setting_places().items()),
        "  esac",
        "}",
        "_vep_tui() {",
    ]
    lines += ["  local context state line word last", "  typeset -A opt_args", "  local -a commands given"]
    lines += ['  for word in "${(@)words[2,CURRENT-1]}"; do']
    lines += [f'    case "$last" in {"|".join(_GIVEN)}) given+=("$last" "$word") ;; esac', '    last="$word"', "  done"]
    lines += ["  commands=("]
    lines += [f"    {_quoted(f'{_colons(word.text)}:{_colons(word.about)}')}" for word, _ in commands_of(parser)]
    lines += ["  )", "  _arguments -C \\"]
    lines += [f"    {_quoted(_zsh_option(word))} \\" for word in options]
    lines += [
        "    '(-)1: :->command' '(-)*:: :->rest'",
        "  case $state in",
        "    command) _describe command commands ;;",
    ]
    lines += ["    rest)", "      case $line[1] in"]
    for command, own in commands_of(parser):
        its, places = words_of(own)
        lines.append(f"        {command.text}) _arguments \\")
        lines += [f"          {_quoted(_zsh_option(word))} \\" for word in its]
        slots = (_zsh_slot(command.text, at, place) for at, place in enumerate(places))
        lines.append(f"          {' '.join(map(_quoted, slots))} ;;")
    # A file of $fpath is called when it is loaded; what is read by `source` has to be made known.
    loaded = 'if [[ "$funcstack[1]" == _vep-tui ]]; then _vep_tui "$@"; else compdef _vep_tui vep-tui; fi'
    return "\n".join([*lines, "      esac ;;", "  esac", "}", loaded, ""])


def _zsh_slot(command: str, at: int, place: Place) -> str:
    if command == "config" and at == _VALUE:
        return f"{at + 1}: : _vep_tui_value"  # the blank before it: called as it is
    return f"{at + 1}: : _vep_tui_ask {place.ask}" if place.ask else f"{at + 1}: :({' '.join(place.words)})"


def _zsh_value(place: Place) -> str:
    if place.ask:
        return f"_vep_tui_ask {place.ask}"
    words = " ".join(place.words)
    return f"_values -s , value {words}" if place.many else f"compadd -- {words}"


def _zsh_option(word: Word) -> str:
    about = word.about.replace("[", "(").replace("]", ")").replace(":", "\\:")
    if not word.takes:
        return f"{word.text}[{about}]"
    value = f"({' '.join(word.values)})" if word.values else "_files" if word.takes in _FILES else " "
    value = f" _vep_tui_ask {word.ask}" if word.ask else value  # the blank before it: called as it is
    return f"{word.text}[{about}]:{word.takes.lower()}:{value}"


def _colons(text: str) -> str:
    return text.replace(":", "\\:")


_FISH = f"""\
function __vep_tui_said
    set -l last
    for word in (commandline -poc)
        if contains -- "$last" VALUED
            set last
            continue
        end
        set last $word
        string match -q -- '-*' $word; or echo $word
    end
end
function __vep_tui_at
    test (count (__vep_tui_said)) -eq $argv[1]
end
function __vep_tui_sets
    set -l said (__vep_tui_said)
    test "$said[2..]" = "config set $argv[1]"
end
function __vep_tui_ask
    set -l given
    set -l last
    for word in (commandline -poc)
        contains -- "$last" {" ".join(_GIVEN)}; and set -a given $last $word
        set last $word
    end
    vep-tui $given completion $argv[1] 2>/dev/null
end
function __vep_tui_list
    set -l lead (commandline -ct | string match -r '.*,')
    for word in $argv
        echo "$lead$word"
    end
end"""


def fish() -> str:
    """For fish: `vep-tui completion fish > ~/.config/fish/completions/vep-tui.fish`."""
    parser = build_parser()
    options, _ = words_of(parser)
    every = [options, *(words_of(own)[0] for _, own in commands_of(parser))]
    valued = sorted({word.text for its in every for word in its if word.takes})
    lines = ["# Completion of vep-tui for fish; written by `vep-tui completion fish`.", "complete -c vep-tui -f"]
    lines += [_FISH.replace("VALUED", " ".join(valued))]
    lines += [_fish_option("", word) for word in options]
    for command, own in commands_of(parser):
        lines.append(f"complete -c vep-tui -n '__vep_tui_at 1' -a {command.text} -d {_quoted(command.about)}")
        its, places = words_of(own)
        seen = f"-n '__fish_seen_subcommand_from {command.text}' "
        for at, place in enumerate(places, 2):  # behind the program and the command
            here = f"-n '__fish_seen_subcommand_from {command.text}; and __vep_tui_at {at}' "
            lines += [f"complete -c vep-tui {here}-a {_fish_words(place)}"] if place.words or place.ask else []
        lines += [_fish_option(seen, word) for word in its]
    for name, place in setting_places().items():
        lines.append(f"complete -c vep-tui -n '__vep_tui_sets {name}' -a {_fish_words(place)}")
    return "\n".join([*dict.fromkeys(lines), ""])


def _fish_words(place: Place) -> str:
    if place.ask:
        return f"'(__vep_tui_ask {place.ask})'"
    words = " ".join(place.words)
    return _quoted(f"(__vep_tui_list {words})" if place.many else words)


def _fish_option(seen: str, word: Word) -> str:
    name = f"-l {word.text[2:]}" if word.text.startswith("--") else f"-s {word.text[1:]}"
    value = f" -x -a {_quoted(' '.join(word.values))}" if word.values else " -r -F" if word.takes in _FILES else ""
    value = f" -x -a {_fish_words(Place(ask=word.ask))}" if word.ask else value or (" -x" if word.takes else "")
    return f"complete -c vep-tui {seen}{name}{value} -d {_quoted(word.about)}"


def _quoted(text: str) -> str:
    """A word in single quotes, which all three shells read the same way when none is inside."""
    return f"'{text.replace(chr(39), '’')}'"
