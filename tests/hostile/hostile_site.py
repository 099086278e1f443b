"""A GitHub on which strangers have put the corpus into every place that a text can stand in."""

from __future__ import annotations

from builders import (
    CODE,
    COMMUNITY,
    ENHANCEMENTS,
    RELEASE,
    add_comment,
    add_issue,
    add_pull,
    add_review,
    small_site,
    tracker_body,
    vep_document,
)
from corpus import BODIES, FILES, FORGED_LIST, TEXTS

from vep_tui.demo.state import Site

FIRST = 100
"""Number of the VEP that carries the first text; 10 is untouched but for its thread."""


def hostile_site() -> Site:
    """The small world, invaded."""
    site = small_site()
    home = site.repo(ENHANCEMENTS)
    ten = home.issues[10]
    for number, (name, text) in enumerate(TEXTS.items(), start=FIRST):
        short = text[:250]
        body = tracker_body(contact=short, stage=short, gate=text[:500], sig=f"compute {short}", link=text[:2000])
        path = f"veps/sig-compute/{number}-{name}/vep.md"
        issue = add_issue(
            site, number, title=f"VEP {number}: {short}", body=f"{body}\n{text}", labels=["sig/compute", short[:50]],
            author=short[:39] or "x", assignees=[short[:39] or "x"],
        )  # fmt: skip
        add_comment(site, issue, short[:39] or "x", text)
        add_comment(site, ten, "mallory", text)
        home.files[path] = vep_document(short, number=number) + text
        pull = add_pull(
            site, 2000 + number, title=short, body=f"VEP #{number} {text} https://github.com/{ENHANCEMENTS}/issues/{number}",
            base=f"release-{short}"[:200], author=short[:39] or "x", labels=[short[:50]],
        )  # fmt: skip
        add_review(site, pull, "mallory", "COMMENTED", text)
    for number, text in enumerate(BODIES.values(), start=FIRST + 200):
        issue = add_issue(site, number, body=text[:65_536])
        add_comment(site, issue, "mallory", text[:65_536])
        add_comment(site, ten, "mallory", text[:65_536])
        path = f"veps/sig-compute/{number}-body/vep.md"
        home.files[path] = vep_document(number=number) + text
    home.files["veps/sig-compute/999-$(touch pwned)/vep.md"] = "# VEP #999\n" + "z" * 1_000_000
    for name, text in FILES.items():
        site.repo(RELEASE).files[f"releases/v1.{20 + len(name)}/schedule.yaml"] = text
        home.files[f"veps/sig-compute/{name}/OWNERS"] = text
        home.files[f"veps/sig-compute/{name}/vep.md"] = f"---\n{text}\n---\n# VEP #10: front\n"
    site.repo(RELEASE).files["releases/v1.8/schedule.yaml"] = FILES["laughs"]
    site.repo(COMMUNITY).files["OWNERS_ALIASES"] = FILES["laughs"]
    add_pull(site, 1100, title="[red]x[/red] VEP 10", body=FORGED_LIST, repo=CODE)
    site.link_references()
    return site
