"""A small kubernetes/enhancements in its shapes and our words: three trackers, documents, a schedule table."""

from __future__ import annotations

from builders import add_comment, add_issue, add_pull

from vep_tui.demo.state import Site

ENHANCEMENTS = "kubernetes/enhancements"
CODE = "kubernetes/kubernetes"
DOCS = "kubernetes/website"

SCHEDULE = """\
# Kubernetes 1.40

| **What** | **Who** | **When** | **Week** | **Signal** |
|---|---|---|---|---|
| Cycle begins | Lead | Monday 18th May 2026 | week 1 | |
| Freeze of production readiness | Lead | Thursday 4th June 2026 | week 3 | |
| Call for exceptions from Enhancements Freeze | Lead | Friday 5th June 2026 | week 3 | |
| **Begin [Enhancements Freeze](../phases.md)** | Lead | 02:00 UTC Friday 12th June 2026 | 4 | |
| Take heed, Code Freeze is Coming | Comms team | Monday 6th July 2026 | week 8 | |
| Call for Code Freeze [Exceptions][phases] | Lead | Tuesday 14th July 2026 | week 9 | |
| **Begin [Code Freeze][phases] and [Test Freeze][phases]** | Team | **02:00 UTC Friday 24th July 2026** | 10 | |
| Docs Freeze | Docs team | 2026-08-04 | week 12 | |
| **v1.40.0 released** | Branch team | Wednesday, August 26, 2026 | week 15 | |

| Role | Name |
|---|---|
| Lead | nobody on 2026-01-01 |
"""

KEP_YAML = """\
title: Warm spare pods
kep-number: 700
authors:
  - "@paula"
owning-sig: sig-node
participating-sigs:
  - sig-scheduling
status: implementable
reviewers:
  - "@quinn"
approvers:
  - "@rosa"
stage: beta
latest-milestone: "v1.40"
milestone:
  alpha: "v1.38"
  beta: "v1.40"
  stable: "v1.42"
feature-gates:
  - name: WarmSparePods
    components:
      - kubelet
disable-supported: true
"""

README = """\
# KEP-700: Warm spare pods

## Summary

Keep a few pods warm.

## Design Details

### Graduation Criteria

#### Beta

- [x] Tested on two systems
- [ ] Measured

## Implementation History

- 2026-01-10: alpha, kubernetes/kubernetes#9001
"""


def body(
    *, contact: str = "@paula", sigs: str = "/sig node", link: str = "", lists: str = "", beta: str = "1.40"
) -> str:
    """The body of a tracker in the shape of the template."""
    return (
        "# Enhancement Description\r\n\r\n"
        "- One-line enhancement description (can be used as a release note): Keep pods warm\r\n"
        f"- Kubernetes Enhancement Proposal: {link}\r\n"
        "- Discussion Link: https://groups.example/thread\r\n"
        f"- Primary contact (assignee): {contact}\r\n"
        f"- Responsible SIGs: {sigs}\r\n"
        "- Enhancement target (which target equals to which milestone):\r\n"
        "  - Alpha release target (x.y): 1.38\r\n"
        f"  - Beta release target (x.y): {beta}\r\n"
        "  - Stable release target (x.y):\r\n"
        "- [x] Alpha\r\n"
        "  - [x] KEP (`k/enhancements`) update PR(s): https://github.com/kubernetes/enhancements/pull/701\r\n"
        "  - [x] Code (`k/k`) update PR(s): https://github.com/kubernetes/kubernetes/pull/9001\r\n"
        "  - [x] Docs (`k/website`) update PR(s): https://github.com/kubernetes/website/pull/5001\r\n"
        f"- [ ] Beta\r\n{lists}"
        "\r\n_Please keep this description up to date._\r\n"
    )


def kubernetes_site() -> Site:
    """Three trackers after Enhancements Freeze of 1.40; the viewer is quinn of sig-node."""
    site = Site(viewer="quinn")
    home = site.repo(ENHANCEMENTS)
    folder = "keps/sig-node/700-warm-spare-pods"
    home.files.update(
        {
            "OWNERS": "approvers:\n  - rosa\nreviewers:\n  - quinn\n",
            f"{folder}/README.md": README,
            f"{folder}/kep.yaml": KEP_YAML,
            "keps/prod-readiness/sig-node/700.yaml": "kep-number: 700\nbeta:\n  approver: '@tom'\n",
        }
    )
    site.repo("kubernetes/sig-release").files["releases/release-1.40/README.md"] = SCHEDULE
    aliases = "aliases:\n  sig-node-approvers:\n    - quinn\n    - paula\n  sig-network-approvers:\n    - umar\n"
    site.repo(CODE).files["OWNERS_ALIASES"] = aliases
    site.repo(CODE).branches.update({"main": set(), "release-1.40": set()})
    site.repo("kubernetes/community").files["sigs.yaml"] = (
        "sigs:\n  - dir: sig-node\n    name: Node\n    label: node\n    leadership:\n      chairs:\n"
        "        - github: quinn\n          name: Quinn\n"
    )
    site.repo(DOCS)
    link = f"https://github.com/{ENHANCEMENTS}/tree/main/{folder}"
    lists = (
        f"  - [ ] KEP (`k/enhancements`) update PR(s): https://github.com/{ENHANCEMENTS}/pull/702\r\n"
        f"  - [ ] Code (`k/k`) update PR(s):\r\n    - [ ] https://github.com/{CODE}/pull/9002\r\n    - {CODE}#9003\r\n"
        "  - [ ] Docs (`k/website`) update PR(s):\r\n"
    )
    first = add_issue(
        site, 700, title="Warm spare pods", body=body(link=link, lists=lists), repo=ENHANCEMENTS, author="paula",
        labels=["sig/node", "stage/beta", "tracked/yes", "lead-opted-in"], milestone="v1.40",
    )  # fmt: skip
    add_comment(site, first, "quinn", "Still on track for v1.40?", age=3)
    add_issue(
        site, 720, title="KEP-720: Named services", repo=ENHANCEMENTS, author="umar",
        body=body(contact="umar", sigs="sig-network", beta=""), labels=["sig/network", "stage/alpha", "tracked/no"],
        milestone="v1.41",
    )  # fmt: skip
    add_issue(
        site, 730, title="Please help", body="My cluster is down.", repo=ENHANCEMENTS, author="visitor", labels=[]
    )
    proposal = {"repo": ENHANCEMENTS, "author": "paula", "files": [f"{folder}/README.md", f"{folder}/kep.yaml"]}
    add_pull(site, 701, title="KEP-700: alpha", body="Issue link: #700", merged=True, age=200, **proposal)
    add_pull(site, 702, title="KEP-700: promote to beta", body="Issue link: #700", age=10, **proposal)
    told = f"KEP: https://github.com/{ENHANCEMENTS}/issues/700"
    add_pull(site, 9001, title="Warm pods, alpha", body=told, repo=CODE, author="paula", merged=True, age=170)
    add_pull(site, 9002, title="Warm pods, beta", body=told, repo=CODE, author="paula", merged=True, age=6)
    add_pull(site, 9003, title="Measure warm pods", body=told, repo=CODE, author="paula", age=5)
    add_pull(site, 5001, title="Document warm pods", body=told, repo=DOCS, author="paula", merged=True, age=160)
    add_pull(site, 5002, title="Warm spare pods in beta", body=told, repo=DOCS, author="paula", age=4)
    site.link_references()
    return site
