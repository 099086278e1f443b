"""`vep-tui --web`: the screen in a browser, by textual-serve; only whoever has the printed address gets in."""

from __future__ import annotations

import os
import secrets
import shlex
import socket
import subprocess
import sys
from argparse import Namespace

from vep_tui.cli.exits import FAILED, OK, USAGE, CommandError

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def web(args: Namespace) -> int:
    """Serve the screen until ctrl+c; every page that is opened has a screen of its own."""
    if args.command is not None:
        raise CommandError(f"--web serves the screen: leave {args.command} or --web out.", USAGE)
    if args.web_host not in LOOPBACK and not args.web_exposed:
        raise CommandError(
            f"Whoever reaches {args.web_host} could act on GitHub in your name, and nothing would be encrypted:"
            " use 127.0.0.1 and an ssh tunnel, or say --web-exposed to do it all the same.",
            USAGE,
        )
    try:
        from vep_tui.cli.web_server import Screens
    except ImportError as missing:
        raise CommandError(
            "The web needs one more package, textual-serve: install vep-tui[web] in place of vep-tui.", FAILED
        ) from missing
    _must_be_free(args.web_host, args.web_port)
    Screens(args, screen_command(args), secrets.token_urlsafe(24)).serve()
    return OK


def screen_command(args: Namespace) -> str:
    """The command line of the screen behind a page, for a shell."""
    words = [sys.executable, "-m", "vep_tui"]
    words += ["--demo"] if args.demo else []
    for option, value in (("--profile", args.profile), ("--config", args.config), ("--api-url", args.api_url)):
        words += [option, str(value)] if value else []
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def _must_be_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as taken:
        reason = taken.strerror or taken
        raise CommandError(f"{host}:{port} cannot be used ({reason}): choose another --web-port.", FAILED) from taken
