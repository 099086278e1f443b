"""What is wrong with the keys that somebody gave to commands in config.toml; it binds none."""

from __future__ import annotations

from collections.abc import Mapping

from vep_tui.tui.commands import COMMANDS, SPOKEN, Scope

_NAMED = frozenset(
    [
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "pageup",
        "pagedown",
        "enter",
        "tab",
        "space",
        "escape",
        "backspace",
        "delete",
        "insert",
    ]
) | frozenset(f"f{n}" for n in range(1, 13))
_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "meta", "hyper"})
_TWINS = {
    "ctrl+h": "backspace",
    "ctrl+m": "enter",
    "ctrl+i": "tab",
    "ctrl+left_square_bracket": "esc",
    "ctrl+[": "esc",
    "shift+enter": "enter",
    "ctrl+enter": "enter",
}
"""Keys that most terminals send as another one: a command on them would never be heard there."""

_KEPT = {"ctrl+q": ("quit", "always leaves"), "ctrl+c": ("", "copies what is selected")}
"""Keys that Textual hears before or beside us: the one command that may have them, and what they do."""


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+")
    spelled = last in _NAMED or last in SPOKEN or (len(last) == 1 and last.isprintable())
    return spelled and all(m in _MODIFIERS for m in modifiers)


def _near(key: str) -> str:
    """The end of a sentence: the key that was probably meant; empty when none is like it."""
    from difflib import get_close_matches  # only after a slip

    *modifiers, last = key.split("+")
    said = {word: name for name, word in SPOKEN.items() if len(word) > 1}
    names = sorted(_NAMED | SPOKEN.keys())
    meant = said.get(last) or next(iter(get_close_matches(last, names, 1, 0.6)), "")
    known = [next(iter(get_close_matches(one, sorted(_MODIFIERS), 1, 0.5)), "") for one in modifiers]
    if _is_key(last):
        meant = last
    return f'; did you mean "{"+".join((*known, meant))}"?' if meant and all(known) else ""


def key_problems(rebound: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with a `[keys]` table, in sentences that begin with "keys.NAME:"; empty when it can be used.

    Textual itself checks nothing: a wrong key would be shown, a clash would silently lose a command.
    """
    names = {c.name for c in COMMANDS}
    problems = [f'keys.{name}: there is no command "{name}"' for name in rebound if name not in names]
    problems += [
        f'keys.{name}: "{key.strip()}" is not a key{_near(key.strip())}'
        for name, keys in rebound.items()
        for key in keys.split(",")
        if keys.strip() and not _is_key(key.strip())
    ]
    none = "every command has a key, and words on the screen name it: take the line out for the usual one"
    problems += [f"keys.{name}: {none}" for name, keys in rebound.items() if not keys.strip()]
    problems += [
        f'keys.{name}: "{key.strip()}" is {_TWINS[key.strip()]} to most terminals'
        for name, keys in rebound.items()
        for key in keys.split(",")
        if key.strip() in _TWINS
    ]
    problems += [
        f'keys.{name}: "{key}" {does}'
        for name, keys in rebound.items()
        for key, (owner, does) in _KEPT.items()
        if key in _split(keys) and name != owner
    ]
    merged = {c.name: rebound.get(c.name, c.key) for c in COMMANDS}
    for at, one in enumerate(COMMANDS):
        for other in COMMANDS[at + 1 :]:
            if one.name not in rebound and other.name not in rebound:
                continue
            shipped = _split(one.key) & _split(other.key)  # what the table itself lets two commands share
            both = (_split(merged[one.name]) & _split(merged[other.name])) - shipped - _KEPT.keys()
            if both and _meet(one.scope, other.scope):
                mine = one.name if one.name in rebound else other.name
                problems.append(f'keys.{mine}: "{min(both)}" is used by {one.name} and {other.name}')
    return tuple(problems)


def _split(keys: str) -> frozenset[str]:
    return frozenset(k.strip() for k in keys.split(","))


def _meet(one: Scope, other: Scope) -> bool:
    """True when two places can hear the same key press."""
    if Scope.GO in (one, other):
        return one == other
    return one == other or Scope.ANYWHERE in (one, other) or Scope.MOVE in (one, other)
