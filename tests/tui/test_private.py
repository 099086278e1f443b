"""The contract with Textual's private interfaces: if this fails, look at private.py before anything else."""

from __future__ import annotations

import inspect
import sys

import pytest
import textual
from textual.app import App
from textual.screen import Screen
from textual.scroll_view import ScrollView

from vep_tui.tui import private


def test_the_version_is_one_that_private_py_was_checked_with() -> None:
    assert textual.__version__.startswith("8.2.")


@pytest.mark.skipif(sys.platform == "win32", reason="another driver")
def test_the_driver_has_what_the_quick_one_leans_on() -> None:
    from textual.drivers.linux_driver import LinuxDriver

    source = inspect.getsource(LinuxDriver)
    for name in (
        "def run_input_thread",
        "def disable_input",
        "self.exit_event",
        "self.fileno",
        "process_message",
        "_debug",
    ):
        assert name in source
    driver = private.quick_driver()
    assert driver is not None
    assert issubclass(driver, LinuxDriver)


def test_the_crash_report_can_be_replaced() -> None:
    source = inspect.getsource(App)
    for name in ("def _fatal_error", "_exit_renderables", "_close_messages_no_wait"):
        assert name in source


def test_a_theme_of_16_colours_can_be_taken_before_the_first_frame() -> None:
    assert "self.native_ansi_color" in inspect.getsource(App._refresh_truecolor_filter)


def test_keys_can_be_held_back_before_they_are_passed_on() -> None:
    source = inspect.getsource(App.on_event)
    assert "event.is_forwarded" in source
    assert "_check_bindings" in source


async def test_a_crash_report_shows_no_local_variables(capsys: pytest.CaptureFixture[str]) -> None:
    class Crash(private.SilentAboutLocals):
        def on_mount(self) -> None:
            token = "ghp_" + "s" * 8
            raise ValueError(len(token))

    with pytest.raises(ValueError, match="12"):
        async with Crash().run_test():
            pass
    assert "ssssssss" not in capsys.readouterr().err


def test_no_name_of_ours_hides_one_of_textual() -> None:
    from vep_tui.tui.lines import Lines
    from vep_tui.tui.queue_pane import QueuePane
    from vep_tui.tui.screens.main import Main

    ours = {Main: Screen, Lines: ScrollView, QueuePane: ScrollView}
    meant = {
        "compose",
        "render_line",
        "render_lines",
        "get_selection",
        "selection_updated",
        "notify_style_update",
        "auto_links",
    }
    for own, base in ours.items():
        for part in own.__mro__:
            if part.__module__.startswith("vep_tui"):
                hidden = {n for n in vars(part) if hasattr(base, n) and not n.startswith(("_", "on_", "action_"))}
                textuals = {"BINDINGS", "COMPONENT_CLASSES", "DEFAULT_CSS", "can_focus", "can_focus_children"}
                assert hidden <= meant | textuals, part
