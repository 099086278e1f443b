"""Puts the parts together for one run: settings, process, stores, world, GitHub; it performs no command."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING

from vep_tui.cli.exits import CREDENTIALS, FAILED, USAGE, CommandError
from vep_tui.cli.profiles import load_process
from vep_tui.core.process import Process, ProcessError
from vep_tui.core.views import View
from vep_tui.settings import (
    DEFAULT_PROFILE,
    Config,
    Paths,
    SettingsError,
    Token,
    TokenError,
    api_url_of,
    ascii_said,
    check_api_url,
    find_token,
    machine_clock,
    now_from,
    private_folder,
    read_config,
    standard_paths,
    temporary_paths,
    web_host,
)

if TYPE_CHECKING:
    from argparse import Namespace

    from vep_tui.core.world import World
    from vep_tui.demo.server import Double
    from vep_tui.remote.client import Remote
    from vep_tui.store.desk import Desk
    from vep_tui.store.mirror import Mirror
    from vep_tui.store.outbox import Outbox
    from vep_tui.sync.run import SyncRun


@dataclass(slots=True)
class Parts:
    """What a command is made of; stores and connections are opened when asked for, by the thread that asks."""

    config: Config
    process: Process
    paths: Paths
    api_url: str
    env: Mapping[str, str]
    demo: Double | None = None
    """The GitHub inside this process, when there is one."""
    shift: timedelta = timedelta()
    """How far the day of a GitHub of our own is from that of this machine; zero for a real one."""
    _token: Token | None = field(default=None, repr=False)
    _token_asked: bool = False
    _opened: list[tuple[int, Mirror | Outbox]] = field(default_factory=list, init=False, repr=False)
    """Stores, and the thread each was opened for: no other may close it."""

    def close(self) -> None:
        """Close what was opened for the calling thread; what another has open ends with the process."""
        for thread, store in self._opened:
            if thread == get_ident():
                store.close()

    def now(self) -> datetime:
        """The clock for dates that matter; the demo has its own day."""
        if self.env.get("VEP_TUI_NOW"):
            return now_from(self.env)
        return self.demo.site.now if self.demo is not None else machine_clock() + self.shift

    def to_take_along(self) -> Parts:
        """The same for another process, which finds the demo's GitHub at its address and keeps to its day."""
        shift = self.shift if self.demo is None else self.demo.site.now - machine_clock()
        return replace(self, env=dict(self.env), demo=None, shift=shift)

    def views(self) -> tuple[View, ...]:
        """The user's own views of the queue."""
        return tuple(View(view.name, view.query) for view in self.config.views)

    @property
    def ascii_only(self) -> bool:
        """Whether nothing but ASCII is drawn."""
        return ascii_said(self.config, self.env)[0]

    @property
    def site(self) -> str:
        """Where GitHub's pages are: "https://github.com", without a slash at the end."""
        return f"https://{web_host(self.api_url)}" if self.demo is None else "https://github.com"

    def token(self) -> Token | None:
        """The token for this host, looked for until there is an answer; raises `TokenError` when it cannot be had."""
        if not self._token_asked:
            self._token, self._token_asked = find_token(self.api_url, self.env), True
        return self._token

    def stores(self) -> tuple[Mirror, Outbox]:
        """Both stores, opened for the calling thread; raises a `StoreError`."""
        from vep_tui.store.mirror import Mirror
        from vep_tui.store.outbox import Outbox

        for path in (self.paths.mirror, self.paths.outbox):
            try:
                private_folder(path.parent)
            except OSError as error:
                raise CommandError(
                    f"{path.parent} cannot be used ({error.strerror}). Nothing stored is lost; make it a folder that "
                    "you can write to."
                ) from error
        mirror = Mirror.open(self.paths.mirror)
        self._opened.append((get_ident(), mirror))
        outbox = Outbox.open(self.paths.outbox, clock=self.now)
        self._opened.append((get_ident(), outbox))
        return mirror, outbox

    def world(self, mirror: Mirror, outbox: Outbox) -> World:
        """Process, people and calendar as the mirror, the settings and the person's own words have them now."""
        from vep_tui.store.standing import read_world

        config = self.config
        return read_world(
            mirror,
            self.process,
            now=self.now(),
            me=config["me.login"] or None,
            my_sigs=config["me.sigs"],
            told_sigs=outbox.local.told_sigs(),
            reviewers=config["me.reviewers"],
            dates=config.dates,
        )

    def desk(self, *, current: bool = True) -> Desk:
        """The read and command door of the calling thread; `current` brings the queue up to this day first."""
        from vep_tui.store.desk import Desk
        from vep_tui.store.projection import Projection

        mirror, outbox = self.stores()
        world, projection = self.world(mirror, outbox), Projection(mirror)
        if current:
            projection.ensure(mirror, outbox, world)
        return Desk(mirror, outbox, projection, world)

    def remote(self) -> Remote:
        """GitHub, for the calling thread; raises `CommandError` for an address that must not be used, `TokenError`."""
        from vep_tui.remote.client import Remote
        from vep_tui.remote.errors import RemoteError

        token = self.token()
        try:
            return Remote(
                self.api_url,
                token.value if token else None,
                deadline=self.config["sync.deadline_seconds"],
                # The demo's GitHub lives on another day: its clock is right there.
                now=self.now if self.demo is not None or self.shift else machine_clock,
            )
        except RemoteError as error:
            raise CommandError(str(error), USAGE) from error

    def sync_run(self) -> SyncRun:
        """A sync of these stores with this GitHub, for the calling thread."""
        from vep_tui.store.projection import Projection
        from vep_tui.sync.run import SyncRun

        mirror, outbox = self.stores()
        projection, remote = Projection(mirror), self.remote()
        return SyncRun(mirror, outbox, projection, remote, lambda: self.world(mirror, outbox))


@contextmanager
def open_parts(args: Namespace, env: Mapping[str, str]) -> Iterator[Parts]:
    """The parts of one run; raises `CommandError` for settings that cannot be used."""
    try:
        path = args.config or standard_paths("", None).config
        config = read_config(path)
        if args.demo:
            with _demo(config, path, _demo_profile(args.profile), env) as parts:
                yield parts
            return
        # A path on the command line counts from here, one in the file from the file.
        beside = None if args.profile else path.parent
        with _standing(config, "" if args.profile else "profile"):
            process = load_process(args.profile or config["profile"], config.process, beside=beside)
        said, source = api_url_said(config, args.api_url, env)
        with _standing(config, "github.api_url" if source == config.place("github.api_url") else ""):
            url = check_api_url(said)
        now_from(env)
        with closing(Parts(config, process, standard_paths(url, args.config, process.name), url, env)) as parts:
            yield parts
    except TokenError as trouble:
        raise CommandError(f"{trouble}.", CREDENTIALS) from trouble
    except (SettingsError, ProcessError) as slip:
        raise CommandError(str(slip), USAGE) from slip


def api_url_said(config: Config, option: str | None, env: Mapping[str, str]) -> tuple[str, str]:
    """GitHub's API and who says so: the command line, the environment, config.toml, gh's own GH_HOST, or the default.

    GH_HOST is set for `gh` and whatever one does with it: a line of our own file says more about us.
    """
    if option:
        return option, "--api-url"
    if given := env.get("VEP_TUI_API_URL", "").strip():
        return given, "VEP_TUI_API_URL"
    written = config.places.get("github.api_url")
    if written is None and (host := env.get("GH_HOST", "").strip()):
        return api_url_of(host.lower()), "GH_HOST"
    return config["github.api_url"], written or "default"


@contextmanager
def _standing(config: Config, name: str) -> Iterator[None]:
    """Puts the place in config.toml before what is wrong with the setting of this name, when it was said there."""
    try:
        yield
    except (SettingsError, ProcessError) as slip:
        text = str(slip)
        places = (config.place(said) for said in (text.partition(" ")[0], name) if said)
        place = next((place for place in places if place != config.file), "")
        raise SettingsError(f"{place}: {text}" if place else text) from slip


def _demo_profile(asked: str | None) -> str:
    if asked not in (None, DEFAULT_PROFILE):
        raise CommandError(
            f"There is no demo of the profile {asked!r}: the made-up GitHub follows KubeVirt's process.", USAGE
        )
    return DEFAULT_PROFILE


def _throw_away_folder() -> tempfile.TemporaryDirectory[str]:
    """On Windows a store that another thread has open cannot be deleted when the demo is left."""
    return tempfile.TemporaryDirectory(prefix="vep-tui-demo-", ignore_cleanup_errors=True)


@contextmanager
def _demo(config: Config, path: Path, profile: str, env: Mapping[str, str]) -> Iterator[Parts]:
    if find_spec("graphql") is None:  # the double itself loads it with its first question only
        raise CommandError(
            "The demo needs one more package, graphql-core: install vep-tui[demo] in place of vep-tui.", FAILED
        )
    from vep_tui.demo.server import Double
    from vep_tui.demo.world import build_site

    process = load_process(profile, config.process if config["profile"] == profile else {})
    with Double(build_site()) as double, _throw_away_folder() as folder:
        paths = temporary_paths(Path(folder), path)
        with closing(Parts(config, process, paths, double.url, env, double)) as parts:
            yield parts
