"""People are merged over all sources, and nobody is made up."""

from __future__ import annotations

import pytest

from vep_tui.core.owners import Leadership, Owners, merge_people, read_aliases, read_owners, read_sigs

OWNERS = """
approvers:
  - Root-One
  - sig-blue-approvers
reviewers:
  - "@Carol"
labels:
  - sig/blue
emeritus_approvers:
  - gone
"""
ALIASES = """
aliases:
  sig-blue-approvers:
  - Ann

  - bea
  sig-blue-reviewers: [ann, dora]
  sig-blue-paint-approvers: [Paul]
  sig-blue-emeritus_approvers: [gone]
  sig-test-reviewers: [tess]
  sig-empty-approvers: []
  release-team: [rae]
  approvers: [boss]
"""
SIGS = """
sigs:
  - name: Blue paint and more SIG
    dir: sig-blue
    label: sig/blue
    leadership:
      chairs:
        - github: ANN
          name: Ann
        - github: cleo
      tech_leads:
        - github: lea
    subprojects:
      - name: brushes
        leads:
          - github: bruno
  - name: control-plane
    dir: sig-control-plane
    leadership: {chairs: [{github: ann}]}
  - name: testing
    label: sig/testing
"""


def test_owners_are_read_with_labels_and_without_emeriti() -> None:
    assert read_owners(OWNERS) == Owners(("Root-One", "sig-blue-approvers"), ("Carol",), ("sig/blue",))


def test_owners_in_filters_count_too() -> None:
    text = 'filters:\n  ".*":\n    approvers: [ann]\n  "x":\n    labels: [sig/blue]\n    reviewers: [bea]'
    assert read_owners(text) == Owners(("ann",), ("bea",), ("sig/blue",))


def test_sigs_are_named_by_label_or_folder() -> None:
    assert read_sigs(SIGS) == {
        "blue": Leadership(("ANN", "cleo"), ("lea", "bruno")),
        "control-plane": Leadership(("ann",), ()),
        "testing": Leadership(),
    }


def test_chairs_may_be_bare_handles() -> None:
    text = "sigs:\n  - dir: sig-red\n    leadership:\n      chairs: [dora]\n"
    assert read_sigs(text) == {"red": Leadership(("dora",), ())}


def test_sigs_of_a_large_community_are_read() -> None:
    words = "words " * 1000
    text = "sigs:\n" + "".join(
        f"  - dir: sig-n{n}\n    mission_statement: {words}\n    leadership: {{chairs: [{{github: c{n}}}]}}\n"
        for n in range(30)
    )
    assert read_sigs(text)["n29"] == Leadership(("c29",), ())


def test_all_sources_are_merged_with_the_first_spelling() -> None:
    people = merge_people(
        read_owners(OWNERS), {"a/b": read_aliases(ALIASES)}, read_sigs(SIGS), ["@Zoe", "not a login!"]
    )
    assert dict(people.sigs) == {
        "blue": ("Ann", "bea", "dora", "Paul", "cleo", "lea", "bruno"),
        "control-plane": ("Ann",),
        "testing": ("tess",),
    }
    assert dict(people.chairs) == {"blue": ("Ann", "cleo"), "control-plane": ("Ann",)}
    assert people.approvers == ("Root-One", "Ann", "bea")
    assert people.reviewers == ("Carol",)
    assert people.others == ("rae", "Zoe")
    assert people.sigs_of("ANN") == ("blue", "control-plane")
    assert not people.may_speak("gone")
    assert not people.may_speak("boss")


def test_a_sub_alias_is_its_own_sig_only_where_no_parent_is_known() -> None:
    people = merge_people(Owners(), {"a/b": {"sig-green-leaf-approvers": ("gil",)}}, {})
    assert dict(people.sigs) == {"green-leaf": ("gil",)}


def test_a_long_list_of_sigs_is_read_whole() -> None:
    group = "- label: sig/blue-{0}\n  mission: {1}\n  leadership:\n    chairs:\n    - github: chair-{0}\n"
    text = "sigs:\n" + "".join(group.format(number, "words " * 1500) for number in range(30))
    assert len(text) > 250_000
    assert read_sigs(text)["blue-29"].chairs == ("chair-29",)


@pytest.mark.parametrize(
    "text",
    [
        *("", "7", "[]", "a: b", "\ud800", "a: &x 1\nb: *x"),
        *("aliases: 7", "aliases: {x: {y: z}}", "approvers: {a: b}\nfilters: [1]"),
        *("sigs: {a: b}", "sigs: [1, null, {name: 3}]", "sigs: [{label: sig/x, leadership: [], subprojects: 7}]"),
    ],
)
def test_junk_names_nobody(text: str) -> None:
    assert read_owners(text) == Owners()
    assert all(who == () for who in read_aliases(text).values())
    assert all(found == Leadership() for found in read_sigs(text).values())
