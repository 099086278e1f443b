"""What a chair writes to the list, word for word."""

from __future__ import annotations

from judging import CODE, DESIGN, FROZEN, PrState, ago, checklist, comment, linked, pull, release, vep, world

from vep_tui.core.models import CheckIn, Document, PrKind, Reason, Targets, Tracker
from vep_tui.core.report import announcement, exception_request, weekly_report

CODE_PR = linked(pull(17000, "kubevirt/kubevirt", title="Add plugins"), PrKind.CODE)
RICH = vep(
    190,
    tracker=Tracker(title="Plugins | for @all [x](y)", contacts=("otto",)),
    pulls=(CODE_PR, linked(pull(5, "kubevirt/user-guide", state=PrState.MERGED), PrKind.DOCS)),
    checklist=checklist(done=2),
    last_check_in=CheckIn("bob", ago(3), "on track?"),
    comments=(comment("otto", "we are on track", 3),),
    reasons=(Reason("docs-missing", "no docs PR is known"), Reason("question", "x asked you: private")),
)


def test_the_weekly_report_reads_well_and_pings_nobody():
    text = weekly_report([vep(20, sig="storage"), RICH, vep(5, version="1.9")], "1.10", None, world(FROZEN))
    assert text == (
        "# KubeVirt v1.10: status of 2026-10-01\n\n"
        "Enhancement Freeze 2026-08-02 (60 days ago) · Code Freeze 2026-09-26 (5 days ago)"
        " · GA 2026-10-24 (in 23 days)\n\n"
        "2 VEPs: 2 alpha; 1 on track; checklist complete on 0.\n\n"
        "## sig-compute\n\n"
        "| VEP | Stage | Owner | Code | Docs | Checklist | Last check-in |\n|---|---|---|---|---|---|---|\n"
        "| [VEP 190](https://github.com/kubevirt/enhancements/issues/190) Plugins &#124; for `@all` &#91;x](y) "
        "| alpha | otto | 0 of 1 merged | merged | 2 of 5 | 2026-09-28 bob |\n\n"
        "## sig-storage\n\n"
        "| VEP | Stage | Owner | Code | Docs | Checklist | Last check-in |\n|---|---|---|---|---|---|---|\n"
        "| [VEP 20](https://github.com/kubevirt/enhancements/issues/20) Text 20 "
        "| alpha | otto | none known | merged | – | none |\n\n"
        "## What is missing\n\n"
        "- [VEP 190](https://github.com/kubevirt/enhancements/issues/190) Plugins | for `@all` &#91;x](y)"
        ": no docs PR is known\n"
    )


def test_a_report_is_of_one_sig_when_asked_and_the_same_in_any_order():
    rows = [vep(20, sig="storage"), RICH, vep(21, sig="storage")]
    text = weekly_report(rows, "1.10", "storage", world(CODE))
    assert "sig-storage: status" in text
    assert "VEP 190" not in text
    assert text == weekly_report(rows[::-1], "1.10", "storage", world(CODE))


def test_a_release_without_schedule_or_veps_says_so():
    text = weekly_report([], "1.12", None, world(CODE))
    assert "There is no schedule file for v1.12 yet." in text
    assert "No VEP is known for v1.12." in text


def test_the_announcement_lists_what_is_approved_and_counts_the_rest():
    rows = [
        vep(10),
        vep(11, document=Document(targets=Targets(alpha="1.9"))),
        vep(12, document=None, board_status="Tracked", sig="network"),
        vep(13, board_status="Removed from milestone"),
        vep(14, state="closed"),
    ]
    text = announcement(rows, "1.10", None, world(CODE))
    assert "2 VEPs approved." in text
    assert "- [VEP 10](https://github.com/kubevirt/enhancements/issues/10) Text 10 (alpha), otto" in text
    assert text.index("sig-compute") < text.index("VEP 10]") < text.index("sig-network") < text.index("VEP 12]")
    assert "2 further VEPs aimed at v1.10 without approval." in text
    assert "VEP 14" not in text


def test_an_announcement_before_the_freeze_does_not_claim_what_is_decided_there():
    rows = [vep(10), vep(11, document=None), vep(12, document=None, sig="network")]
    early = announcement(rows, "1.10", None, world(DESIGN))
    assert early.startswith("# KubeVirt v1.10: approved VEPs so far\n")
    assert "Enhancement Freeze of v1.10: 2026-10-11, in 10 days." in early
    assert "1 VEP approved so far." in early
    assert "2 further VEPs aim at v1.10 and can be approved until then." in early
    assert "None is approved so far." in announcement(rows[1:], "1.10", None, world(DESIGN))
    on_the_day = announcement(rows, "1.10", None, world((release("1.10", 0, 60, 90),)))
    assert "so far" not in on_the_day
    assert "Enhancement Freeze of v1.10: 2026-10-01.\n" in on_the_day
    assert "1 VEP approved.\n" in on_the_day


def test_a_document_on_main_that_is_provisional_or_set_aside_approves_nothing():
    said = ("implementable", "provisional", "deferred", "withdrawn")
    rows = [vep(n, document=Document(targets=Targets(alpha="1.10"), status=s)) for n, s in enumerate(said, 10)]
    text = announcement(rows, "1.10", None, world(CODE))
    assert "1 VEP approved." in text
    assert "VEP 10]" in text


def test_an_exception_request_is_filled_with_what_is_known():
    text = exception_request(RICH, "Reviews took long.", "", "Beta waits for v1.11.", world(FROZEN))
    assert text.startswith("Subject: Exception request for v1.10: VEP 190, Plugins")
    assert "- Target: alpha in v1.10" in text
    assert "- Code: kubevirt/kubevirt#17000 open: Add plugins" in text
    assert "Code Freeze 2026-09-26 (5 days ago)" in text
    assert "## Justification\n\nReviews took long.\n" in text
    assert "## Additional time\n\n(until which day)\n" in text
    assert text.endswith("## Impact if not granted\n\nBeta waits for v1.11.\n")


def test_an_exception_request_for_an_unknown_vep_names_nothing_it_does_not_know():
    bare = vep(7, sig=None, stage=None, version=None, tracker=Tracker(), pulls=())
    text = exception_request(bare, "", "", "", world(CODE))
    assert text.startswith("Subject: Exception request for the coming release: VEP 7, VEP 7: text\n")
    assert "- SIG: no owning SIG known" in text
    assert "Target" not in text


def test_a_vep_whose_next_stage_is_in_focus_still_belongs_to_the_release_of_the_last() -> None:
    moved = vep(30, version="1.10", targets=Targets(alpha="1.9", beta="1.10"), reasons=(Reason("no-owner", "nobody"),))
    text = weekly_report([moved], "1.9", None, world(FROZEN))
    assert "1 VEP: 1 alpha" in text
    assert "VEP 30" in text
    assert "What is missing" not in text


def test_what_is_missing_does_not_depend_on_whose_turn_it_is() -> None:
    found = (Reason("check-in", "late", mine=True, weight=9), Reason("docs-missing", "no docs", mine=False, weight=1))
    texts = {weekly_report([vep(30, reasons=r)], "1.10", None, world(CODE)) for r in (found, found[::-1])}
    assert len(texts) == 1
    assert "no docs; late" in texts.pop()


def test_a_checklist_that_nobody_touched_is_no_news_before_code_freeze() -> None:
    row = vep(30, checklist=checklist())
    assert "0 of 5" not in weekly_report([row], "1.10", None, world(CODE))
    assert "0 of 5" in weekly_report([row], "1.10", None, world(FROZEN))


def test_an_answer_of_an_earlier_cycle_says_nothing_about_this_release():
    old, new, other = (
        vep(20, comments=(comment("otto", "we are on track", 160),)),
        vep(21, comments=(comment("otto", "we are on track", 3),)),
        vep(22, comments=(comment("otto", "**Check-in v1.9:** at risk", 3),)),
    )
    assert "3 VEPs: 3 alpha; 1 on track" in weekly_report([old, new, other], "1.10", None, world(FROZEN)).replace(
        ", 1 on track", "; 1 on track"
    )
    assert "at risk" not in weekly_report([other], "1.10", None, world(FROZEN))


def test_who_moves_a_vep_to_the_release_of_the_report_does_not_take_it_out():
    here, later = (vep(n, comments=(comment("otto", f"Moved to {to}.", 3),)) for n, to in ((20, "1.10"), (21, "1.11")))
    assert "retarget" not in weekly_report([here], "1.10", None, world(FROZEN)).split("\n## ")[0]
    assert "1 retarget" in weekly_report([later], "1.10", None, world(FROZEN)).split("\n## ")[0]
