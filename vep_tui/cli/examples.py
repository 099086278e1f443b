"""What one types, by command: shown by `--help` and in docs/commands.md, and held against the parser by a test."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "": (
        ("vep-tui", "open the screen"),
        ("vep-tui --demo", "look around in a made-up GitHub; no token, no network"),
        ("vep-tui --profile kubernetes", "follow another community"),
        ("vep-tui --web", "the same screen in a browser on this machine"),
    ),
    "sync": (
        ("vep-tui sync", "send what waits, fetch what is new"),
        ("vep-tui sync --full", "fetch everything anew, after the cache was in doubt"),
        ("vep-tui sync --json", "for a script or a timer: what was sent, held and fetched"),
    ),
    "list": (
        ("vep-tui list", "what needs you, loudest first"),
        ("vep-tui list --view post-freeze", "what the checklist is due for"),
        ("vep-tui list --filter 'sig:network needs:lgtm'", "any question in the filter language (docs/filter.md)"),
        ("vep-tui list --view all --json --limit 10", "for a script"),
    ),
    "show": (
        ("vep-tui show 26", "everything about one, with the evidence under each point"),
        ("vep-tui show 26 --json", "the same for a script"),
    ),
    "tick": (
        ("vep-tui tick 26 docs-merged", "into the outbox; the next sync sends it"),
        ("vep-tui tick 26 bugs-tracked --state na --note 'no bugs filed'", "it does not apply, and why"),
        ("vep-tui tick 26 prs-merged --preview", "see the comment first"),
        ("vep-tui tick 26 prs-merged --push", "send it at once"),
    ),
    "outbox": (
        ("vep-tui outbox", "what waits, what is held, and why"),
        ("vep-tui outbox retry 3", "send a held entry again"),
        ("vep-tui outbox drop 3", "give it up"),
    ),
    "report": (
        ("vep-tui report", "where the release at hand stands, SIG by SIG, as Markdown"),
        ("vep-tui report --release 1.10 --sig network", "one release and SIG"),
        ("vep-tui report --announce", "what is approved, to be announced at Enhancement Freeze"),
        ("vep-tui report --json", "its VEPs as `show --json` has them, and whether each is approved"),
    ),
    "doctor": (
        ("vep-tui doctor", "when anything is odd: settings, files, stores, token, scopes, limits, clock"),
        ("vep-tui doctor --fix", "mend what can be mended; nothing is sent, and nothing in the outbox is lost"),
    ),
    "config": (
        ("vep-tui config edit", "open the settings in $EDITOR, and check them afterwards"),
        ("vep-tui config show", "what is in force, and who says so"),
        ("vep-tui config set me.sigs compute,network", "change one setting and keep every comment"),
        ("vep-tui config set keys.tick space,x", "the keys of one command; `vep-tui --keys` lists the names"),
        ("vep-tui config set views.network 'sig:network is:open'", "a view of the queue"),
        ("vep-tui config unset ui.theme", "back to the default"),
    ),
    "completion": (
        ("source <(vep-tui completion bash)", "for this bash; put the line into ~/.bashrc to keep it"),
        ('vep-tui completion zsh > "${fpath[1]}/_vep-tui"', "for zsh"),
        ("vep-tui completion fish > ~/.config/fish/completions/vep-tui.fish", "for fish"),
    ),
}
"""Command (empty: none) to lines and what they are for."""


def examples_of(command: str) -> str:
    """The examples of a command as they stand under its help."""
    lines = EXAMPLES.get(command, ())
    wide = max((len(line) for line, _ in lines if len(line) < 50), default=0)
    said = (f"  {line}\n      {why}" if len(line) > wide else f"  {line.ljust(wide)}  {why}" for line, why in lines)
    return "examples:\n" + "\n".join(said)
