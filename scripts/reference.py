"""Writes what the documentation says twice: tables of README, reference pages, manual page; `--check` only compares.

python scripts/reference.py            # or: make docs
python scripts/reference.py --check    # writes nothing; fails when a page is out of date
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

from manual import manual

from vep_tui.cli.arguments import build_parser
from vep_tui.cli.completion_words import commands_of
from vep_tui.cli.examples import EXAMPLES
from vep_tui.core.fields import FIELDS, SYNONYMS
from vep_tui.core.views import BUILT_IN
from vep_tui.settings import OPTIONS
from vep_tui.settings.files import FILES
from vep_tui.settings.options import ENTRIES, TABLES
from vep_tui.settings.options import EXAMPLES as TABLE_EXAMPLES
from vep_tui.settings.toml_text import to_toml
from vep_tui.tui.commands import key_table_markdown

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = "<!-- Written by `make docs`; do not edit. -->\n"


def pages() -> dict[Path, str]:
    """Every file that is written, whole, as it should be."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, table in (("keys", key_table_markdown), ("commands", command_table), ("files", file_table)):
        readme = between_markers(readme, name, table)
    made = {ROOT / "README.md": readme}
    for name, page in (("configuration", configuration), ("filter", filter_language), ("commands", commands)):
        made[ROOT / "docs" / f"{name}.md"] = page()
    made[ROOT / "docs" / "vep-tui.1"] = manual()
    return made


def between_markers(text: str, name: str, table: Callable[[], str]) -> str:
    """The text with the table between `<!-- name:begin ... -->` and `<!-- name:end -->`."""
    head, begin, rest = text.partition(f"<!-- {name}:begin")
    remark, close, rest = rest.partition("-->\n")
    _, end, tail = rest.partition(f"<!-- {name}:end -->")
    if not (begin and close and end):
        raise SystemExit(f"README.md has no place for {name}: <!-- {name}:begin --> and <!-- {name}:end -->")
    return f"{head}{begin}{remark}{close}{table()}{end}{tail}"


def command_table() -> str:
    """Every command with its own options and what it does."""
    lines = ["| command | use it to |", "|---|---|", "| `vep-tui` | open the screen |"]
    for word, parser in commands_of(build_parser()):
        lines.append(f"| `vep-tui {word.text}{usage(parser)}` | {cell(word.about)} |")
    return "\n".join(lines) + "\n"


def file_table() -> str:
    """The files and what becomes of us without them."""
    lines = ["| file | what | may be deleted |", "|---|---|---|"]
    lines += [f"| `{f.name}` in the user {f.folder} folder | {f.holds} | {f.may_go} |" for f in FILES]
    return "\n".join(lines) + "\n"


def usage(parser: argparse.ArgumentParser) -> str:
    """Positional arguments and own options of a command, as in " N [--json]"."""
    words = []
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction) or action.default is argparse.SUPPRESS:
            continue
        if not action.option_strings:
            name = "\\|".join(map(str, action.choices)) if action.choices else str(action.metavar)
            words.append(f" [{name}]" if action.nargs == "?" else f" {name}")
        elif action.option_strings != ["--json"]:
            value = "\\|".join(map(str, action.choices)) if action.choices else action.metavar
            words.append(f" [{action.option_strings[0]}{f' {value}' if action.nargs != 0 else ''}]")
    return "".join(words)


def commands() -> str:
    """docs/commands.md."""
    parser = build_parser()
    parts = [
        "# The command line\n",
        WRITTEN,
        "Every command works without a terminal, prints a table for people and, with `--json`, one JSON document on"
        " stdout; messages go to stderr. Nothing is coloured. On a terminal that knows hyperlinks,"
        " numbers and pull requests are links; `FORCE_HYPERLINK=0` leaves them out.\n",
        "## vep-tui\n",
        examples(""),
        options(parser),
    ]
    for word, own in commands_of(parser):
        parts += [f"## vep-tui {word.text}\n", f"{word.about[:1].upper()}{word.about[1:]}.\n", examples(word.text)]
        parts.append(options(own))
    return "\n".join(part for part in parts if part)


def examples(command: str) -> str:
    """The examples of a command as a block."""
    if command not in EXAMPLES:
        raise LookupError(f"vep_tui/cli/examples.py shows nothing for {command!r}")
    wide = max(len(line) for line, _ in EXAMPLES[command])
    lines = [f"{line.ljust(wide)}   # {why}" for line, why in EXAMPLES[command]]
    return "```sh\n" + "\n".join(lines) + "\n```\n"


def options(parser: argparse.ArgumentParser) -> str:
    """A table of arguments and options; those common to all commands stand under `vep-tui` only."""
    rows = []
    for action in parser._actions:
        hidden = isinstance(action, argparse._HelpAction | argparse._SubParsersAction)
        if hidden or (action.default is argparse.SUPPRESS and not isinstance(action, argparse._VersionAction)):
            continue
        named = ", ".join(f"`{text}`" for text in action.option_strings) or f"`{action.metavar or action.dest}`"
        value = "" if action.nargs == 0 or not action.option_strings else f" {action.metavar or ''}".rstrip()
        choices = f" ({', '.join(map(str, action.choices))})" if action.choices else ""
        rows.append(f"| {named}{value} | {cell((action.help or '') + choices)} |")
    return "\n".join(["| option | meaning |", "|---|---|", *rows]) + "\n" if rows else ""


def configuration() -> str:
    """docs/configuration.md."""
    rows = [f"| `{o.name}` | `{cell(to_toml(o.default))}` | {cell(o.meaning + o.allowed)} |" for o in OPTIONS]
    tables = [
        f"## [{name}]\n\n{text}\n\n```toml\n{TABLE_EXAMPLES[name]}\n```\n\n"
        f"Or: `vep-tui config set {ENTRIES[name][0]} {shlex.quote(ENTRIES[name][1])}`.\n"
        for name, text in TABLES.items()
    ]
    return "\n".join(
        [
            "# Settings\n",
            WRITTEN,
            "All settings are optional. `,` shows them in the screen and changes them there; `vep-tui config edit`"
            " begins a commented file and opens it, `config show` says"
            " what is in force and why, `config check` names slips by line, `config set NAME VALUE` changes one and"
            " keeps every comment. `config path` says where the file is.\n",
            "A value given on the command line comes first, then the environment (`VEP_TUI_API_URL`), then the file,"
            " then the default.\n",
            "| setting | default | meaning |",
            "|---|---|---|",
            *rows,
            "",
            *tables,
        ]
    )


def filter_language() -> str:
    """docs/filter.md."""
    parts = [
        "# The filter language\n",
        WRITTEN,
        "A filter is a list of words; all of them must hold. `OR` in capitals lets either side hold, parentheses group,"
        " a leading `-` or `NOT` turns a word around, a comma list lets any of its values hold. Words without a field"
        ' are looked for in titles, numbers, names, SIGs, gates and labels; `"quotes"` keep words together.'
        " The same language is used behind `/`, by"
        " `vep-tui list --filter` and for your own views in config.toml.\n",
        "```\nsig:compute,network needs:lgtm -is:stale\nstage:beta (needs:docs OR needs:prs)\n"
        'release:1.10 updated:<7d "live migration"\n```\n',
        "## Views that come along\n",
        "\n".join(["| view | filter |", "|---|---|", *(f"| {v.name} | `{v.query}` |" for v in BUILT_IN)]) + "\n",
        "## Fields\n",
    ]
    for field in FIELDS:
        parts.append(f"### {field.name}\n\n{field.about} Written as {field.kind.value}: `{field.example}`.\n")
        if field.values:
            parts.append("\n".join(f"- `{field.name}:{word}`: {meaning}" for word, meaning in field.values) + "\n")
    said = ", ".join(f"`{a}:{b}` for `{c}:{d}`" for (a, b), (c, d) in SYNONYMS.items())
    return "\n".join([*parts, f"Also understood: {said}.\n"])


def cell(text: str) -> str:
    """Text that stays inside a table's cell."""
    return " ".join(text.split()).replace("|", "\\|")


def main() -> int:
    """Write the pages, or say which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is out of date")
    check = parser.parse_args().check
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if not check:
            path.write_text(pages()[path], encoding="utf-8")
        print(f"{'out of date' if check else 'written'}: {path.relative_to(ROOT)}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
