"""Text as anybody on the internet may write it, in order to take over a terminal, a reader, a reviewer or a shell.

`TEXTS` are for every place where text may stand; `BODIES` for whole bodies and documents; `FILES` for what is parsed as
YAML. Each carries the word `HOOK` where it tries to do something: that word must never be inside an escape sequence.
"""

from __future__ import annotations

HOOK = "pwned"
FORGED_OP = "00000000-dead-4bad-8bad-000000000000"

TEXTS: dict[str, str] = {
    "csi-colour": f"a \x1b[31;5m{HOOK}\x1b[0m b",
    "csi-move": f"a \x1b[2J\x1b[1;1H{HOOK}\x1b[?1049l\x1b[?25l b",
    "osc-title": f"a \x1b]0;{HOOK}\x07 b",
    "osc-8": f"a \x1b]8;;http://evil.example/{HOOK}\x1b\\click\x1b]8;;\x1b\\ b",
    "osc-52": "a \x1b]52;c;cHduZWQ=\x07 b",
    "dcs": f"a \x1bP+q{HOOK}\x1b\\ b",
    "apc": f"a \x1b_G{HOOK}\x1b\\ b",
    "c1-csi": f"a \x9b31m{HOOK} b",
    "c1-osc": f"a \x9d0;{HOOK}\x9c b",
    "bell": f"a \x07\x07{HOOK} b",
    "backspace": f"a {HOOK}\b\b\b\b\bfine! b",
    "carriage-return": f"real words\r{HOOK}",
    "delete": f"a \x7f{HOOK} b",
    "nul": f"a \x00{HOOK} b",
    "bidi-override": f"a \u202e{HOOK}\u202c b \u2066isolate\u2069",
    "zero-width": f"a\u200bd\u200cm\u200di\u2060n\ufeff {HOOK}",
    "tags": f"a \U000e0041\U000e0042 {HOOK}",
    "separators": f"a\u2028{HOOK}\u2029b\x85c\x0bd\x0ce\x1cf",
    "lone-surrogate": f"a \ud83d {HOOK}",
    "combining": f"{HOOK} " + "e" + "\u0301" * 300,
    "wide": f"{HOOK} 表" * 40,
    "rich-markup": f"[red]{HOOK}[/red] [/foo] [@click=app.quit]{HOOK}[/]",
    "brackets": f"[WIP] [[{HOOK}]] \\[x",
    "shell": f"$(touch {HOOK}); `touch {HOOK}` | touch {HOOK} && touch {HOOK} \n;'\"",
    "format": f"%s %n {{0.__class__}} {{{HOOK}}} %(x)s",
    "sql": f"'; DROP TABLE wish; -- {HOOK}",
    "path": f"../../../../tmp/{HOOK}",
    "mention": f"@kubevirt/maintainers @everyone #1 kubevirt/kubevirt#1 {HOOK}",
    "prow": f"{HOOK}\n/lgtm\n/approve\n/close\n/hold",
    "html": f"<script>{HOOK}</script><img src=x onerror={HOOK}><!-- ",
    "comment-end": f"--> {HOOK} <!-- vep-tui:end -->",
    "marker": f"<!-- vep-tui:1 release=1.9 op={FORGED_OP} -->\n"
    "- [x] All PRs <!-- prs-merged 2026-06-01T00:00:00Z done -->",
    "long-word": HOOK + "x" * 20_000,
}
"""By name."""

LINKS: dict[str, str] = {
    "javascript": "javascript:alert(1)",
    "javascript-odd": "java\nscript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "file": "file:///etc/passwd",
    "ssh": "ssh://evil.example/-oProxyCommand=x",
    "vscode": "vscode://evil/x",
    "user": "https://github.com@evil.example/kubevirt",
    "port": "https://github.com:443@evil.example/",
    "homograph": "https://gіthub.com/kubevirt",
    "backslash": "https://github.com\\@evil.example/",
    "dash": "--new-window=https://evil.example",
    "blank": "https://github.com/ --help",
    "escape": "https://github.com/\x1b]52;c;aGk=\x07",
    "relative": "//evil.example/x",
}
"""Addresses that must not be opened, or only after showing where they really lead."""

_CHECKED = "- [x] {title} <!-- {key} 2026-06-01T00:00:00Z done -->"
FORGED_LIST = "\n".join(
    (
        f"<!-- vep-tui:1 release=1.9 op={FORGED_OP} -->",
        "### VEP 10: checklist for v1.9",
        "",
        _CHECKED.format(title="All PRs are merged", key="prs-merged"),
        _CHECKED.format(title="The docs PR is merged", key="docs-merged"),
        "<!-- vep-tui:end -->",
    )
)
OTHER_RELEASE = FORGED_LIST.replace("1.9", "1.8")

BODIES: dict[str, str] = {
    "nested-lists": "\n".join(" " * depth + "- x" for depth in range(0, 2000, 2)),
    "nested-quotes": ">" * 5_000 + " deep",
    "nested-brackets": "[" * 20_000 + "]" * 20_000,
    "emphasis": "*a " * 15_000 + "**a " * 10_000,
    "backticks": "".join("`" * n + " " for n in range(1, 300)),
    "autolinks": "<http:" * 10_000,
    "link-references": "\n".join(f"[a{n}]: http://x.example/{n}" for n in range(4_000)) + "\n[a1][a2]" * 4_000,
    "tables": "|a" * 500 + "|\n" + "|-" * 500 + "|\n" + ("|x" * 500 + "|\n") * 40,
    "html-comments": "<!--" * 15_000,
    "entities": "&#x1b;]52;c;aGk=&#7; &#x202e; &amp;" * 1_500,
    "check-boxes": "- [x] done\n" * 6_000,
    "pull-addresses": "\n".join(f"https://github.com/a{n}/b{n}/pull/{n}" for n in range(1, 1_300)),
    "one-line": "x" * 262_000,
    "blank-lines": "\n" * 200_000,
    "commands": "/sig compute\n" * 5_000,
    "fences": "```\n~~~\n" * 8_000,
    "regex-spaces": " " * 60_000 + "x",
    "regex-mix": ("a@" * 10_000) + ("/" * 20_000) + ("#1" * 5_000),
    "quoted-list": "> " + FORGED_LIST.replace("\n", "\n> "),
    "fenced-list": f"```\n{FORGED_LIST}\n```",
    "indented-list": "    " + FORGED_LIST.replace("\n", "\n    "),
    "late-list": f"Look at this:\n\n{FORGED_LIST}",
    "forged-list": FORGED_LIST,
    "other-release": OTHER_RELEASE,
    "bad-links": "\n".join(f"[click]({address})" for address in LINKS.values()),
}
"""By name; GitHub takes 65,536 characters for a comment, and longer ones in files."""

_LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)
FILES: dict[str, str] = {
    "laughs": _LAUGHS,
    "alias": "- &a [*a]\n",
    "deep": "[" * 10_000,
    "python-tag": "!!python/object/apply:os.system ['touch pwned']\n",
    "merge-keys": "a: &a {x: 1}\nb: {<<: *a}\n",
    "long-line": "- when: " + "9" * 1_000_000,
    "bad-dates": "- when: 0000/99/99\n  milestone: KubeVirt Release\n- when: 99999999999/1/1\n  milestone: x\n",
    "wrong-shapes": "- [1, 2]\n- when: [2026]\n  milestone: {a: b}\n- null\n- 3\n",
    "escapes": '- when: 2026/06/11\n  milestone: "KubeVirt Code Freeze \\u001b]0;pwned\\u0007"\n  what: Cut it\n',
    "nul": "- when: 2026/06/11\n\x00\x1b[31m: x\n",
    "not-utf-8": "- when: \udcff\udcfe\n",
}
"""Schedules, OWNERS files and front matter."""
