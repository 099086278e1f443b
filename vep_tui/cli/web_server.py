"""The server behind `vep-tui --web`: textual-serve with a key before it; it knows nothing of what it serves."""

from __future__ import annotations

import hmac
from argparse import Namespace
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp.web import Application, HTTPForbidden, Request, StreamResponse, middleware, run_app
from textual_serve.server import Server

from vep_tui.cli.web import LOOPBACK

COOKIE = "vep_tui_key"
_PAGE = Path(__file__).parent / "web_page"


class Screens(Server):
    """textual-serve behind a key, with a page that fetches nothing from elsewhere."""

    def __init__(self, args: Namespace, command: str, key: str) -> None:
        named = f"[{args.web_host}]" if ":" in args.web_host else args.web_host
        self.own, self.key = f"{named}:{args.web_port}", key
        self.checks_host = args.web_host in LOOPBACK
        super().__init__(
            command,
            host=args.web_host,
            port=args.web_port,
            title="vep-tui",
            public_url=f"http://{self.own}",
            templates_path=_PAGE,
        )

    def serve(self, debug: bool = False) -> None:
        """Serve until ctrl+c; the address is told when it answers, and nothing else."""
        self.debug = debug
        run_app(self._make_app(), host=self.host, port=self.port, print=self._tell)

    def _tell(self, *_: object) -> None:
        print(f"vep-tui: open {self.public_url}/?key={self.key} in a browser; ctrl+c ends it.", flush=True)  # noqa: T201

    async def on_startup(self, app: Application) -> None:
        """Nothing is said before it answers."""

    async def _make_app(self) -> Application:
        app = await super()._make_app()

        @middleware
        async def guard(request: Request, handler: Callable[[Request], Awaitable[StreamResponse]]) -> StreamResponse:
            return await self._guarded(request, handler)

        app.middlewares.append(guard)
        return app

    async def _guarded(
        self, request: Request, handler: Callable[[Request], Awaitable[StreamResponse]]
    ) -> StreamResponse:
        """Nobody else's page, and no other user of this machine, may steer the screen."""
        # A name that somebody else's DNS points here, or a foreign page's socket, is not our page.
        origin = request.headers.get("Origin")
        if (self.checks_host and request.host != self.own) or origin not in (None, f"http://{request.host}"):
            raise HTTPForbidden(text=f"Open the address that vep-tui printed: it begins with {self.public_url}/\n")
        given = request.query.get("key") or request.cookies.get(COOKIE, "")
        if not hmac.compare_digest(given.encode(), self.key.encode()):
            raise HTTPForbidden(text="Open the whole address that vep-tui printed, with its key.\n")
        response = await handler(request)
        if not response.prepared:
            response.set_cookie(COOKIE, self.key, httponly=True, samesite="Strict", path="/")
            response.headers["Referrer-Policy"] = "no-referrer"
        return response
