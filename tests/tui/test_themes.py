"""Every theme tells what is selected, and no state is told by colour alone."""

from __future__ import annotations

import pytest
from at_work import Start, settle
from rich.color import ColorType
from rich.segment import Segment
from textual.color import Color
from textual.theme import Theme

from vep_tui.tui.app import VepApp
from vep_tui.tui.glyphs import ACCENT, BAD, CAREFUL, DIM, GOOD, TITLE
from vep_tui.tui.themes import THEMES


def segments_of(app: VepApp, words: str) -> list[Segment]:
    for strip in app.screen._compositor.render_strips():
        if words in strip.text:
            start, found, at = strip.text.index(words), [], 0
            for segment in strip:
                if at < start + len(words) and at + len(segment.text) > start and segment.text.strip():
                    found.append(segment)
                at += len(segment.text)
            return found
    raise AssertionError(f"{words!r} is not on the screen")


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_with_16_colours_the_selected_row_is_in_reverse_video(start: Start, theme: str) -> None:
    async with start(theme=theme) as bench:
        row = segments_of(bench.app, "190 Structured plugins")
        assert row[0].style is not None
        assert row[0].style.reverse
        await bench.press("t")
        row = segments_of(bench.app, "All PRs are merged into release-1.10")
        assert row[0].style is not None
        assert row[0].style.reverse


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_with_16_colours_the_cursor_of_a_list_is_in_reverse_video(start: Start, theme: str) -> None:
    async with start(theme=theme) as bench:
        bench.app.main.action_theme()
        await bench.shows("vep-contrast")
        on, off = (segments_of(bench.app, name)[0].style for name in (theme, "vep-contrast"))
        assert on is not None and on.reverse
        assert off is not None and not off.reverse


@pytest.mark.parametrize("theme", [*(theme.name for theme in THEMES), "textual-light", "nord"])
async def test_the_selected_row_has_a_ground_of_its_own(start: Start, theme: str) -> None:
    async with start(theme=theme) as bench:
        selected = segments_of(bench.app, "190 Structured plugins")[0].style
        other = segments_of(bench.app, "227 ARM64 secure boot")[0].style
        assert selected is not None and other is not None
        assert selected.bgcolor != other.bgcolor


def luminance(colour: Color) -> float:
    """How light a colour is, by WCAG."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_style_of_a_theme_of_ours_can_be_read(theme: Theme) -> None:
    colours = theme.to_color_system().generate()
    ground = Color.parse(colours["background"])
    for style in ("$foreground", DIM, GOOD, CAREFUL, BAD, ACCENT, TITLE):
        name, _, share = style.removeprefix("bold ").removeprefix("$").partition(" ")
        ink = ground.blend(Color.parse(colours[name]), int(share.rstrip("%") or 100) / 100)
        low, high = sorted((luminance(ground), luminance(ink)))
        contrast = (high + 0.05) / (low + 0.05)
        assert contrast >= 4.5, f"{name} of {theme.name} has a contrast of {contrast:.1f}; text wants 4.5"


async def test_a_theme_that_is_none_is_told_and_the_screen_is_there_all_the_same(start: Start) -> None:
    async with start(theme="drakula [red]") as bench:
        assert "There is no theme “drakula [red]”" in bench.said
        assert "190 Structured plugins" in bench.text


async def test_a_theme_of_16_colours_leaves_the_colours_to_the_terminal(start: Start) -> None:
    async with start(theme="ansi-dark") as bench:
        colours = {s.style.color.type for s in segments_of(bench.app, "vep-tui") if s.style and s.style.color}
        assert ColorType.TRUECOLOR not in colours


async def test_a_theme_that_there_is_not_is_said_and_another_taken(start: Start) -> None:
    async with start(theme="nope") as bench:
        assert "There is no theme “nope”" in bench.said
        assert bench.app.theme == "vep-dark"


async def test_no_color_loses_no_information(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    async with start() as bench:
        coloured = bench.text
    monkeypatch.setenv("NO_COLOR", "1")
    async with start() as bench:
        assert bench.text == coloured
        for words in ("▌", "[1 Needs me", "✗ not met", "[x]"):
            assert words in bench.text


async def test_no_color_leaves_no_colour_on_the_screen_not_even_a_grey(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def colours(app: VepApp) -> set[str]:
        styles = [s.style for line in app.screen._compositor.render_strips() for s in line if s.style]
        return {c.name for style in styles for c in (style.color, style.bgcolor) if c} - {"default"}

    async with start() as bench:
        assert colours(bench.app)
    monkeypatch.setenv("NO_COLOR", "1")
    async with start() as bench:
        for key in ("slash", "escape", "t", "space", "comma", "escape", "ctrl+p"):
            await bench.press(key)
            assert not colours(bench.app), key


async def test_what_is_selected_is_in_reverse_video_without_colours(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with start() as bench:
        selected = segments_of(bench.app, "190 Structured plugins")[0].style
        other = segments_of(bench.app, "227 ARM64 secure boot")[0].style
        assert selected is not None and selected.reverse
        assert other is not None and not other.reverse
        await bench.press("slash", "a")
        line = next(strip for strip in bench.app.screen._compositor.render_strips() if strip.text.startswith(" / a "))
        cursor = [s.text for s in line if s.style and s.style.reverse]
        assert cursor == [" "]


async def test_a_theme_chosen_before_the_cursor_rests_is_shown(start: Start) -> None:
    async with start() as bench:
        bench.app.main.action_theme()
        await settle(bench.pilot)
        await bench.type_ahead("j\r")
        assert bench.app.screen is bench.app.main
        assert bench.app.theme == "vep-light"


async def test_what_lies_under_the_panes_is_one_line(start: Start) -> None:
    """Textual keeps each line of a widget, cut where others lie over it: that took more memory than all the panes."""
    async with start() as bench:
        main = bench.app.main
        for under in (main, main.body, main.left, main.right):
            lines = under.render_lines(under.size.region)
            assert len(lines) == under.size.height > 30
            assert len({id(line) for line in lines}) == 1
            assert lines[0].cell_length == under.size.width


async def test_what_lies_under_the_panes_goes_through_the_filters_of_the_app(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with start() as bench:
        right = bench.app.main.right
        styles = [segment.style for segment in right.render_lines(right.size.region)[0]]
        assert {color.name for style in styles if style for color in (style.color, style.bgcolor) if color} <= {
            "default"
        }


async def test_rows_out_of_sight_are_kept_without_what_textual_makes_of_their_lines(start: Start) -> None:
    async with start() as bench:
        queue = bench.app.main.queue
        line = queue.render_line(0)
        line.divide([1, 5, line.cell_length])
        assert queue.render_line(0) == line
        assert queue.render_line(0) is not line, "a line keeps all its pieces as long as it is kept"
