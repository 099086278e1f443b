"""The command line: the one place where parts are put together; answers --version and --help without loading them.

Where to look:

- what one types: `arguments`, `examples`, `completion` out of `completion_words`, and what that asks while one types,
  `completion_asked`; which function performs it: `dispatch`
- the commands: `commands`, `config` (`config_entries` for its tables), `report`, `preview`, `screen`, `web`,
  `web_server`
- `doctor`: settings, terminal and files of this machine `doctor_machine`, soundness and leftovers of the two stores
  `doctor_stores`, GitHub and the token `doctor_github`; each makes a `finding`
- what they print: `tables`, `hyperlinks`, `as_json`, `out`; how they end: `exits`
- what they are given: `parts`, out of `profiles` and settings; `profile_slips` and `slips` judge these, `preferences`
  changes settings
- beside the screen: `beside`, `courier`, `courier_process`, `notify`, `log`
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from argparse import Namespace

NOTHING_ASKED: Namespace = SimpleNamespace(  # type: ignore[assignment]
    **dict.fromkeys(("keys", "demo", "web", "web_exposed"), False),
    **dict.fromkeys(("profile", "config", "api_url", "command")),
    web_port=8000,
    web_host="127.0.0.1",
)
"""What the parser makes of no words at all: the screen opens without waiting for a parser to be built."""


def run() -> NoReturn:
    """The `vep-tui` command: leaves the process with the exit status of `main`."""
    from vep_tui.cli.out import make_streams_safe, tell

    make_streams_safe()
    try:
        status = main(sys.argv[1:])
    except KeyboardInterrupt:
        status = 130  # before any command could say so
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as trouble:
        status = status or 1
        if not isinstance(trouble, BrokenPipeError):  # else the reader of a pipe left, as `head` does
            tell(f"What was printed could not be written ({trouble.strerror}).")
    with suppress(OSError, AttributeError):
        sys.stderr.flush()  # nobody may be there to be told
    # A request may still be blocked in a daemon thread; interpreter teardown would only delay the prompt.
    os._exit(status)


def main(argv: Sequence[str]) -> int:
    """Run one command; prints one sentence on stderr for any trouble and returns its exit status (`cli/exits.py`)."""
    if not argv:
        from vep_tui.cli.dispatch import dispatch

        return dispatch(NOTHING_ASKED)
    from vep_tui.cli.arguments import build_parser

    parser = build_parser()
    try:
        args = parser.parse_args(list(argv))
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 2
    from vep_tui.cli.dispatch import dispatch

    return dispatch(args)
