"""What would go wrong on Windows only, held where it can be: with what stands in for it, on any system."""

from __future__ import annotations

import ast
import io
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from typing import Any

import pytest
from test_architecture import FILES, tree_of

from vep_tui.cli import NOTHING_ASKED
from vep_tui.cli.config import config
from vep_tui.cli.courier import Courier
from vep_tui.cli.exits import CommandError
from vep_tui.cli.log import log_to
from vep_tui.cli.notify import Notifier
from vep_tui.cli.parts import open_parts
from vep_tui.cli.screen import screen
from vep_tui.cli.slips import slip_in
from vep_tui.core.shell import editor_words, notify_words, words_of
from vep_tui.settings import find_token, standard_paths
from vep_tui.store.aside import set_aside
from vep_tui.store.database import address_of
from vep_tui.store.lease import Lease
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox

POSIX_ONLY = {"fcntl", "termios", "tty", "pty", "pwd", "grp", "resource", "syslog", "readline"}
POSIX_CALLS = {
    "fork",
    "getuid",
    "geteuid",
    "kill",
    "killpg",
    "setsid",
    "SIGHUP",
    "SIGKILL",
    "SIGTSTP",
    "tzset",
    "mkfifo",
}
WINDOWS = SimpleNamespace(**{**vars(os), "name": "nt"})
"""Stands for `os` in one module at a time: paths of the tests stay those of the system that they run on."""


# ---------------------------------------------------------------- what is not there


def test_every_module_can_be_imported_where_posix_modules_are_missing() -> None:
    code = (
        "import asyncio, importlib, pkgutil, sys, textual.app, vep_tui\n"
        f"sys.modules.update(dict.fromkeys({sorted(POSIX_ONLY)!r}))\n"
        "for found in pkgutil.walk_packages(vep_tui.__path__, 'vep_tui.'):\n"
        "    if found.name.rpartition('.')[2] not in ('__main__', 'web_server'):\n"
        "        importlib.import_module(found.name)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_posix_alone_has_is_asked_for_only_where_the_system_is_known(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for function in ast.walk(tree_of(path)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        used = {n.attr for n in ast.walk(function) if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)}
        text = ast.get_source_segment(source, function) or ""
        if used & POSIX_CALLS:
            assert "os.name" in text or "sys.platform" in text, f"{function.name} uses {used & POSIX_CALLS}"


@pytest.fixture
def no_fcntl(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)


@pytest.mark.usefixtures("no_fcntl")
def test_a_damaged_store_is_mended_without_file_locks(tmp_path: Path) -> None:
    for opener, name in ((Mirror.open, "mirror.db"), (Outbox.open, "outbox.db")):
        (tmp_path / name).write_bytes(b"this is no database" * 100)
        with closing(opener(tmp_path / name)) as store:
            assert "damaged" in store.notice


def test_a_process_is_never_asked_after_by_a_signal_that_would_end_it(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Lease(outbox.database).take()
    monkeypatch.setattr("vep_tui.store.lease.os", SimpleNamespace(**{**vars(WINDOWS), "kill": pytest.fail}))
    assert Lease(outbox.database).other_pid() == os.getpid()


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with closing(Outbox.open(tmp_path / "data" / "outbox.db")) as opened:
        yield opened


def test_the_process_of_syncs_hears_no_ctrl_c_of_the_console(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[dict[str, Any]] = []

    def popen(_argv: list[str], **options: Any) -> None:
        started.append(options)
        raise OSError("not here")

    monkeypatch.setattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 512, raising=False)
    monkeypatch.setattr(subprocess, "Popen", popen)
    with pytest.raises(Exception, match="No process could be started"):
        Courier(SimpleNamespace(config=None, to_take_along=lambda: None)).run()  # type: ignore[arg-type]
    assert started[0]["creationflags"] == 512


# ---------------------------------------------------------------- command lines


@pytest.mark.parametrize(
    ("command", "windows", "words"),
    [
        (r'"C:\Program Files\vim\vim.exe" -n', True, [r"C:\Program Files\vim\vim.exe", "-n"]),
        (r"C:\tools\ed.exe --name=O'Brien", True, [r"C:\tools\ed.exe", "--name=O'Brien"]),
        ("'my editor' -n", False, ["my editor", "-n"]),
        (r"my\ editor '#1'", False, ["my editor", "#1"]),
    ],
)
def test_words_are_split_as_the_system_writes_them(command: str, windows: bool, words: list[str]) -> None:
    assert words_of(command, windows=windows) == words == editor_words({"EDITOR": command}, windows=windows)


def test_the_editor_of_windows_is_started_by_its_whole_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr("vep_tui.cli.config.os", WINDOWS)
    monkeypatch.setattr("shutil.which", lambda name: rf"C:\bin\{name}.cmd" if name == "code" else None)
    monkeypatch.setattr("vep_tui.cli.config.subprocess.call", lambda words: called.append(words) or 0)
    args: Any = SimpleNamespace(
        config=tmp_path / "config.toml", action="edit", name=None, value=None, json=False, profile=None
    )
    for editor in ({"EDITOR": "code --wait"}, {"EDITOR": r'"C:\a b\ed.exe" -w'}, {}):
        assert config(args, editor) == 0
    assert called == [
        [r"C:\bin\code.cmd", "--wait", str(args.config)],
        [r"C:\a b\ed.exe", "-w", str(args.config)],
        ["notepad", str(args.config)],
    ]


@pytest.mark.parametrize("command", [r"C:\me\tell.cmd -v", "tell.BAT"])
def test_no_title_of_github_is_handed_to_a_batch_file(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="batch file"):
        notify_words(command, windows=True)
    assert notify_words(command, windows=False)
    for module in ("slips", "notify"):
        monkeypatch.setattr(f"vep_tui.cli.{module}.os", WINDOWS)
    assert "batch file" in slip_in("ui.notify_command", command, {}, Path())
    assert Notifier(command, "VEP")._words == []


# ---------------------------------------------------------------- files


HOSTS = (
    "https://api.github.com",
    "https://ghe.example.org/api/v3",
    "https://[::1]:8443",
    "https://ghe.",
    "https://con",
)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("profile", ["kubevirt", "kubernetes", "Über: Mich?", "nul.x", "a."])
def test_every_file_of_ours_has_a_name_that_windows_takes(host: str, profile: str) -> None:
    paths = standard_paths(host, None, profile)
    for path in (paths.config, paths.mirror, paths.outbox, paths.log):
        for part in PureWindowsPath(*path.parts[1:]).parts:
            assert not set(part) & set('<>:"/\\|?*') and part == part.rstrip(". "), part
            assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d) *(\..*)?", part), part


def test_the_name_of_a_file_set_aside_is_one_that_windows_takes(tmp_path: Path) -> None:
    (tmp_path / "mirror.db").write_bytes(b"x")
    aside = set_aside(tmp_path / "mirror.db")
    assert not set(aside.name) & set('<>:"/\\|?*') and aside.exists()


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (r"C:\Users\Ann B\mirror.db", "file:///C:/Users/Ann%20B/mirror.db?mode=rw"),
        (r"\\server\share\mirror.db", "file:////server/share/mirror.db?mode=rw"),
    ],
)
def test_sqlite_is_given_an_address_without_a_server_in_it(path: str, address: str) -> None:
    assert address_of(PureWindowsPath(path), "rw") == address


def test_the_demo_is_left_in_peace_when_its_files_are_still_open(monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.unlink

    def busy(path: Any, *rest: Any, **named: Any) -> None:
        if str(path).endswith("mirror.db"):
            raise PermissionError(13, "used by another process", str(path))
        real(path, *rest, **named)

    args = SimpleNamespace(**{**vars(NOTHING_ASKED), "demo": True})
    with open_parts(args, {}) as parts:  # type: ignore[arg-type]
        Mirror.open(parts.paths.mirror).close()
        monkeypatch.setattr(os, "unlink", busy)
    monkeypatch.undo()


def test_a_log_that_cannot_be_renamed_goes_on_and_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def held(*_: object) -> None:
        raise PermissionError(13, "used by another process")

    logger = logging.getLogger("vep_tui")
    before = logger.handlers[:]
    path = tmp_path / "vep-tui.log"
    path.write_text("x" * 1_000_001 + "\n")
    monkeypatch.setattr(os, "rename", held)
    monkeypatch.setattr(os, "replace", held)
    log_to(path)
    (handler,) = (one for one in logger.handlers if one not in before)
    try:
        for word in ("first", "second", "third"):
            logger.info(word)
    finally:
        logger.removeHandler(handler)
        handler.close()
    assert path.read_text().count("\n") == 4
    assert capsys.readouterr().err == ""


# ---------------------------------------------------------------- consoles


class Console(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def test_the_screen_wants_the_stream_that_textual_draws_on(monkeypatch: pytest.MonkeyPatch) -> None:
    parts: Any = SimpleNamespace(config=SimpleNamespace(keys={}))
    streams = {"stdin": Console(terminal=True), "stderr": Console(terminal=True), "stdout": Console(terminal=False)}
    monkeypatch.setattr("vep_tui.cli.screen.sys", SimpleNamespace(platform="win32", **streams))
    with pytest.raises(CommandError, match="needs a terminal"):
        screen(parts, NOTHING_ASKED)


def test_what_gh_says_in_another_encoding_is_no_fault(tmp_path: Path) -> None:
    gh = tmp_path / "gh"
    gh.write_text(
        f"#!{sys.executable}\nimport sys\nsys.stderr.buffer.write(b'\\x81\\xff')\nprint('tok')\n", encoding="utf-8"
    )
    gh.chmod(0o755)
    found = find_token("https://api.github.com", dict(os.environ), gh=str(gh))
    assert found is not None and found.value == "tok"


def test_a_json_document_can_be_read_from_a_pipe_of_windows(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "HOME": str(tmp_path)}
    argv = [sys.executable, "-m", "vep_tui", "--demo", "list", "--view", "all", "--json"]
    done = subprocess.run(argv, capture_output=True, env=env, check=True)
    assert json.loads(done.stdout.decode("cp1252"))["items"]
