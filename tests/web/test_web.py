"""The screen in a browser: on loopback, behind a key, and really drawn by headless Chromium where there is one."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command import Command

pytest.importorskip("textual_serve", reason="the web extra is not here")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address that a running server printed."""
    home = tmp_path_factory.mktemp("home")
    env = Command("", home, {"VEP_TUI_API_URL": ""}).environment()
    argv = [sys.executable, "-m", "vep_tui", "--demo", "--web", "--web-port", str(free_port())]
    server = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env=env, start_new_session=True)
    assert server.stdout is not None
    try:
        yield server.stdout.readline().split()[2]
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
        server.stdout.close()


def status(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_the_printed_address_answers_on_loopback(address: str) -> None:
    assert address.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(address, timeout=10) as answer:
        page, cookie = answer.read().decode(), answer.headers["Set-Cookie"]
    assert answer.status == 200 and "textual-terminal" in page
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    outside = [word for word in page.split('"') if word.startswith(("http", "ws")) and "127.0.0.1" not in word]
    assert outside == [], "the page fetches something from elsewhere"


def test_without_the_key_nothing_answers(address: str) -> None:
    base = address.partition("?")[0]
    for path in ("", "ws", "static/js/textual.js", "?key=guess"):
        assert status(base + path) == 403, path


def test_another_site_cannot_steer_the_screen(address: str) -> None:
    assert status(address, Origin="http://elsewhere.example") == 403
    assert status(address, Host="elsewhere.example") == 403


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--web-host", "0.0.0.0"), "ssh tunnel"),
        (("--web-host", "example.org"), "--web-exposed"),
        (("--web-port", "none"), "is no port"),
    ],
)
def test_other_hosts_are_refused_without_an_explicit_word(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = Command("http://127.0.0.1:9", tmp_path)("--web", *words)
    assert done.status == 2 and said in done.err


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = Command("http://127.0.0.1:9", tmp_path)("--web", "--web-port", str(taken.getsockname()[1]))
    assert done.status == 1 and "choose another --web-port" in done.err and "Traceback" not in done.err


CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
async def test_chromium_draws_the_screen_and_gives_it_the_keys(address: str, tmp_path: Path) -> None:
    import aiohttp

    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--no-first-run"]
    browser = subprocess.Popen(
        [CHROMIUM, *options, f"--user-data-dir={tmp_path}", address], stderr=subprocess.PIPE, text=True
    )
    assert browser.stderr is not None
    try:
        port = next(line for line in browser.stderr if "DevTools listening" in line).split(":")[2].split("/")[0]
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json") as pages:
                page = next(p for p in json.loads(await pages.text()) if p["type"] == "page")
            async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as tools:
                drawn = (
                    "new Promise(done => { const look = () => document.body?.classList.contains('-first-byte') &&"
                    " document.querySelector('#terminal canvas, #terminal .xterm-rows') ?"
                    " done(document.activeElement.closest('#terminal') !== null) :"
                    " setTimeout(look, 50); look(); })"
                )
                said: dict[str, Any] = {}
                while "result" not in said:  # the page may still be on its way: then what was asked is forgotten
                    ask = {"expression": drawn, "awaitPromise": True}
                    await tools.send_json({"id": 1, "method": "Runtime.evaluate", "params": ask})
                    while (said := await tools.receive_json(timeout=40)).get("id") != 1:
                        pass
        assert said["result"]["result"].get("value") is True, said
    finally:
        browser.terminate()
        browser.wait(timeout=20)
        browser.stderr.close()
