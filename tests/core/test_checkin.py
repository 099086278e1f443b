"""Check-ins, answers and open questions in a conversation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import PROCESS, ago, comment, issue, pull, review, vep, world

from vep_tui.core.answers import Answer, Progress, read_answer, render_check_in
from vep_tui.core.checkin import last_answer, last_check_in, open_question, thread, unanswered
from vep_tui.core.commands import prow_commands
from vep_tui.core.models import Document, Stage


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Nothing to do here in the 1.10 cycle", Answer(Progress.NO_PLANS, cycle="1.10")),
        ("not this cycle; needs real use before beta", Answer(Progress.NO_PLANS)),
        ("Correct, likely 1.10 or later", Answer(Progress.RETARGET, "1.10")),
        (
            "Status update — retargeting this to **v1.10.0 alpha**.",
            Answer(Progress.RETARGET, "1.10", stage=Stage.ALPHA),
        ),
        ("after a discussion delivery is deferred to 1.10", Answer(Progress.RETARGET, "1.10")),
        ("delayed; will continue for v1.11", Answer(Progress.RETARGET, "1.11")),
        ("We are on track for 1.9", Answer(Progress.ON_TRACK)),
        ("This is not on track any more", Answer(Progress.AT_RISK)),
        ("I see this at risk: no e2e tests", Answer(Progress.AT_RISK)),
        ("still on track for 1.9? It is not bound to it", None),
        ("@otto is that on track? please update", None),
        ("> retargeting to v1.10\n\nthanks for the note", None),
        ("please re-target for 1.10 if you plan work?", None),
        ("@otto can you please retarget this to 1.10 and update the status", None),
        ("If this slips to 1.11 it needs an exception.", None),
        ("It can be postponed to 1.11. Anything else?", None),
        ("If you ask me: good. We move to 1.11.", Answer(Progress.RETARGET, "1.11")),
        ("We would like to re-target it for the v1.31 milestone.", Answer(Progress.RETARGET, "1.31")),
        ("I bumped the target to v1.11", Answer(Progress.RETARGET, "1.11")),
        ("Sadly we need to postpone it to v1.11", Answer(Progress.RETARGET, "1.11")),
        ("No plans for v1.10.", Answer(Progress.NO_PLANS, cycle="1.10")),
        ("Not planned for 1.10", Answer(Progress.NO_PLANS, cycle="1.10")),
        ("We won't work on this for v1.10", Answer(Progress.NO_PLANS, cycle="1.10")),
        ("I don't plan to graduate this in 1.10.", Answer(Progress.NO_PLANS, cycle="1.10")),
        ("Skipping 1.10", Answer(Progress.NO_PLANS, cycle="1.10")),
        ("It doesn't work in 1.10", None),
        ("Please use the form:\n```\n**Check-in v1.10:** on track\n```", None),
        ("Such as\r\n~~~text\r\nretargeting to v1.11\r\n~~~\r\nWe are on track", Answer(Progress.ON_TRACK)),
        ("<!-- **Check-in v1.10:** on track -->\nhello", None),
        ("hello <!-- moved to v1.11", None),
        ("```x``` is done, we are on track", Answer(Progress.ON_TRACK)),
        ("We are retargeting from v1.9 to v1.10.", Answer(Progress.RETARGET, "1.10")),
        ("Moved from 1.9.0 to 1.10.0", Answer(Progress.RETARGET, "1.10")),
        ("moved it. Thanks to 1.9 we know", None),
        ("No work left for 1.10, all is merged", None),
        ("The tracker is empty, no work tracked for 1.10", None),
        ("I don't think this is at risk", None),
        ("I do not believe it is on track", Answer(Progress.AT_RISK)),
        ("Don't move this to 1.11", None),
        ("nobody wants to move it to 1.11", None),
        ("It didn't make 1.9, so we moved it to 1.10", Answer(Progress.RETARGET, "1.10")),
        ("Not done. Moved to 1.10", Answer(Progress.RETARGET, "1.10")),
        ("Thanks!", None),
        ("", None),
    ],
)
def test_answers_are_recognised_and_questions_are_not_answers(body, expected):
    assert read_answer(body) == expected


@given(
    st.sampled_from(list(Progress)),
    st.sampled_from(["", "e2e tests", "ask @root about kubevirt/kubevirt#17 and #3", "/close it", "a `b` <c> [d](e)"]),
    st.sampled_from([None, "1.11"]),
    st.sampled_from([None, "1.10"]),
)
def test_a_check_in_parses_back_and_commands_and_pings_nobody(progress, step, to, cycle):
    body = render_check_in(progress, step, to, cycle)
    release = to if progress is Progress.RETARGET else None
    assert read_answer(body) == Answer(progress, release, step, cycle, formal=True)
    assert prow_commands(body) == ()
    assert " @" not in body
    assert " kubevirt/kubevirt#17" not in body
    assert read_answer(body.replace("\n", "\r\n")) == read_answer(body)


def test_a_check_in_reads_well():
    assert render_check_in(Progress.AT_RISK, "land the e2e tests", cycle="1.10") == (
        "**Check-in v1.10:** at risk\n\nNext step: land the e2e tests\n"
    )
    assert render_check_in(Progress.RETARGET, release="1.11") == "**Check-in:** retarget to v1.11\n"


def last(*comments):
    found = last_check_in(issue(comments=comments), world())
    return found and (found.by, found.at, found.text)


def test_the_last_word_of_a_reviewer_is_the_check_in():
    assert last(comment("carol", "Any plans for v1.9?", 9), comment("otto", "yes", 8)) == (
        "carol",
        ago(9),
        "Any plans for v1.9?",
    )


@pytest.mark.parametrize(
    "noise",
    [
        comment("kubevirt-bot", "Issues go stale", 1),
        comment("carol", "/remove-lifecycle stale", 1),
        comment("stranger", "any news?", 1),
        comment("otto", "here is the state", 1),
        comment("carol", "> somebody else's words", 1),
        comment("carol", "<!-- hidden -->", 1),
    ],
)
def test_bots_commands_strangers_quotes_and_the_owner_are_no_check_in(noise):
    assert last(comment("nora", "looks done to me", 5), noise) == ("nora", ago(5), "looks done to me")
    assert last(noise) is None


@pytest.mark.parametrize("bot", ["kubevirt-bot", "kubevirt-prow", "Kubevirt-Prow[bot]", "anything[bot]"])
def test_what_a_bot_says_answers_nobody(bot):
    said = thread(issue(comments=(comment("otto", "is this enough?", 9), comment(bot, "Issues go stale", 1))))
    assert unanswered(said, ("otto",), PROCESS) is not None


def test_a_checklist_comment_counts_even_from_an_owner_who_reviews():
    body = "<!-- vep-tui:1 release=1.10 op=abc -->\n## Checklist\n- [x] All PRs are merged"
    found = last_check_in(issue(author="carol", comments=(comment("carol", body, 3),)), world())
    assert found is not None
    assert found.by == "carol"


def test_a_formal_check_in_of_an_owner_counts_and_plain_words_do_not():
    formal = comment("carol", render_check_in(Progress.ON_TRACK, cycle="1.10"), 4)
    plain = comment("carol", "on track", 3)
    found = last_check_in(issue(author="carol", comments=(formal, plain)), world())
    assert found is not None
    assert found.at == ago(4)


def test_plain_words_of_an_owner_about_a_release_are_no_check_in():
    assert last(comment("carol", "looks done to me", 5)) is not None
    plain = comment("carol", "No plans for 1.10.", 3)
    assert last_check_in(issue(author="carol", comments=(plain,)), world()) is None


NO, LATER = Progress.NO_PLANS, Progress.RETARGET


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("This won't make v1.10.", Answer(NO, cycle="1.10")),
        ("It will not make it into the 1.10 release", Answer(NO, cycle="1.10")),
        ("I can't commit to 1.10", Answer(NO, cycle="1.10")),
        ("Nothing new planned for 1.10", Answer(NO, cycle="1.10")),
        ("No further changes are planned this cycle.", Answer(NO)),
        ("I will not have time for this in the 1.10 cycle", Answer(NO, cycle="1.10")),
        ("There is no capacity for it this cycle", Answer(NO)),
        ("No, not in 1.10.", Answer(NO, cycle="1.10")),
        ("Merged to main, not in 1.10 (yet).", None),
        ("This is no longer planned for 1.10", Answer(NO, cycle="1.10")),
        ("We are not targeting this release", Answer(NO)),
        ("Dropped from the 1.10 milestone", Answer(NO, cycle="1.10")),
        ("It stays alpha this cycle", Answer(NO)),
        ("is this going to remain alpha in 1.10?", None),
        ("On hold for this cycle", Answer(NO)),
        ("No plans to move to beta in 1.10", Answer(NO, cycle="1.10")),
        ("I have no plans to drop this", None),
        ("There are no plans to remove it in 1.10", None),
        ("No work from my side this week", None),
        ("We are not going to change the API in 1.10", None),
        ("We do not plan to break the API in 1.10", None),
        ("We are not going to work on it in 1.10", Answer(NO, cycle="1.10")),
        ("Retargeted: v1.11", Answer(LATER, "1.11")),
        ("This is now targeting v1.11", Answer(LATER, "1.11")),
        ("Targeting v1.11 instead", Answer(LATER, "1.11")),
        ("Let's bump this to 1.11", Answer(LATER, "1.11")),
        ("We slipped into 1.11", Answer(LATER, "1.11")),
        ("We put it on hold until 1.11", Answer(LATER, "1.11")),
        ("Deferred to the next release.", Answer(LATER)),
        ("Pushing this to the next cycle", Answer(LATER)),
        ("Keeping alpha in 1.10, and moving beta to 1.11", Answer(LATER, "1.11", stage=Stage.BETA)),
        ("Beta only comes with another VEP, so GA moves to at least v1.11.", Answer(LATER, "1.11", stage=Stage.GA)),
        ("Beta will be postponed to 1.11.", Answer(LATER, "1.11", stage=Stage.BETA)),
        ("Deferring GA to 1.11.", Answer(LATER, "1.11", stage=Stage.GA)),
        ("I pushed two commits for the tests in 1.10", None),
        ("Pushed the docs for 1.10", None),
        ("Moving forward to GA in 1.10", None),
        ("We moved from alpha to beta in 1.10", None),
        ("I suggest to defer this to 1.11", None),
        ("No need to move this to 1.11", None),
        ("This puts data at risk", None),
        ("VMs are at risk when the node dies", None),
        ("The beta is at risk of missing the freeze", Answer(Progress.AT_RISK)),
    ],
)
def test_plans_are_read_as_people_put_them(body, expected):
    assert read_answer(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "I have not worked on this cycle yet.",
        "It would remain in beta in 1.10.",
        "No changes expected in v1.10 API.",
        "Dropped this from 1.10 changelog.",
        "This PR is not targeting this release.",
        "There is no time to lose in this cycle.",
        "Reviewers have no time in this cycle.",
        "Skipped 1.10 lanes in CI.",
        "I am not working on the docs in this release yet.",
        "The backport is not going to land in 1.10.",
        "Please skip this release note.",
        "We decided against deferring to 1.11.",
        "Let us finish it instead of deferring to 1.11.",
        "The docs PR is deferred to 1.11.",
        "We moved the docs to 1.11.",
        "The flaky test is deferred to 1.11.",
        "Removed it from the 1.10 branch.",
        "Without deferring this to 1.11 we can make it.",
        "Rather than moving to 1.11 we cut the scope.",
        "The cherry-pick will not make 1.10.",
        "I see no reason to move it to 1.11.",
        "There is no need to postpone to v1.11.",
        "We skip 1.10 tests on arm.",
        "We are not working on the tests in this cycle yet.",
        "We are not going to defer this to 1.11.",
        "This does not have to slip to 1.11.",
    ],
)
def test_what_is_said_of_a_part_or_denied_is_no_answer(body):
    assert read_answer(body) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Not targeting 1.10 as tests are missing", Answer(NO, cycle="1.10")),
        ("The tests are there, but we have no time in this cycle.", Answer(NO)),
        ("After the PR was merged we moved it to 1.11", Answer(LATER, "1.11")),
        ("Nobody has time; dropped this from 1.10, sorry.", Answer(NO, cycle="1.10")),
        ("We decided against beta and moved it to 1.11", Answer(LATER, "1.11", stage=Stage.BETA)),
        ("I am not working on this in this cycle", Answer(NO)),
    ],
)
def test_what_is_said_of_a_vep_beside_its_parts_is_an_answer(body, expected):
    assert read_answer(body) == expected


def test_a_release_that_is_far_away_is_another_projects():
    said = (comment("otto", "Moved to 1.11.", 4), comment("otto", "We bumped it to 1.24 because go 1.23 is old.", 3))
    found = last_answer(vep(comments=said), world())
    assert found is not None and found[0] == Answer(LATER, "1.11")


def test_the_newest_answer_tells_where_a_vep_stands():
    subject = vep(
        comments=(comment("otto", "on track", 9), comment("otto", "deferred to 1.11", 4), comment("carol", "ok", 3))
    )
    found = last_answer(subject, world())
    assert found is not None
    assert found[0] == Answer(Progress.RETARGET, "1.11")


@pytest.mark.parametrize("who", ["otto", "Carol", "root", "helper"])
def test_owners_and_people_who_may_speak_say_where_a_vep_stands_and_nobody_else(who):
    said = (comment(who, "Not in this cycle.", 4), comment("stranger", "This is on track.", 3))
    found = last_answer(vep(comments=said, assignees=("Helper",)), world())
    assert found is not None
    assert found[1].author == who
    assert last_answer(vep(comments=said[1:]), world()) is None
    by_author = vep(comments=said[1:], document=Document(authors=("Stranger",)))
    assert last_answer(by_author, world()) is not None


def asked(*comments, me="carol"):
    found = open_question(thread(issue(comments=comments)), me, PROCESS)
    return found and found.by


@pytest.mark.parametrize(
    ("body", "open_"),
    [
        ("@carol is there a PR that implements this?", True),
        ("@Carol please update the issue", True),
        ("could somebody look, @carol PTAL", True),
        ("Thanks @carol", False),
        ("@nora please update it; @carol and I asked before", False),
        ("@nora @carol any plans for v1.10?", True),
        ("@nora thanks!\n\n@carol what do you think?", True),
        ("Is this complete? @carol", True),
        ("/cc @carol", False),
        ("> @carol what now?\n\nNever mind", False),
        ("`@carol` what now?", False),
        ("@carolina what now?", False),
        ("mail@carol.org knows?", False),
        ("@carol see https://example.org/?q=1", False),
        ("```\n@carol why?\n```", False),
    ],
)
def test_a_question_is_one_that_names_me_and_asks(body, open_):
    assert (asked(comment("otto", body)) == "otto") is open_


@pytest.mark.parametrize(
    "form",
    [
        render_check_in(Progress.ON_TRACK, "docs", cycle="1.10"),
        "<!-- vep-tui:1 release=1.10 op=abc -->\n## Checklist\n- [x] All PRs are merged",
    ],
)
def test_a_question_is_not_answered_by_what_is_written_for_everybody(form):
    question = comment("otto", "@carol what do you think?", 5)
    assert asked(question, comment("carol", form, 4)) == "otto"
    assert asked(question, comment("carol", form, 4), comment("carol", "fine", 3)) is None


def test_a_question_is_answered_by_my_next_word_and_not_by_others():
    question = comment("otto", "@carol what do you think?", 5)
    assert asked(question, comment("nora", "I think it is fine", 4)) == "otto"
    assert asked(question, comment("carol", "fine", 4)) is None
    assert asked(question, comment("carol", "fine", 4), comment("nora", "@carol sure?", 3)) == "nora"
    assert asked(comment("carol", "@carol what now?", 5)) is None
    assert asked(comment("kubevirt-bot", "@carol please rebase", 5)) is None


def test_the_first_of_several_open_questions_gives_the_age():
    said = thread(issue(comments=(comment("otto", "@carol ping?", 9), comment("otto", "@carol ping again?", 2))))
    found = open_question(said, "carol", PROCESS)
    assert found is not None
    assert found.at == ago(9)


def test_a_review_answers_a_question_in_a_pull_request():
    subject = pull(comments=(comment("otto", "@carol PTAL", 5),), reviews=(review("carol", body="hm", days=4),))
    assert open_question(thread(subject), "carol", PROCESS) is None


def test_an_owners_question_waits_until_somebody_else_speaks():
    question = comment("otto", "How do I get it on the tracked list?", 5)
    more = comment("otto", "anybody?", 4)
    bot = comment("kubevirt-bot", "hello?", 3)
    found = unanswered(thread(issue(comments=(question, more, bot))), ("otto",), PROCESS)
    assert found is not None
    assert found.at == ago(5)
    assert unanswered(thread(issue(comments=(question, comment("nora", "ask here", 4)))), ("otto",), PROCESS) is None


@given(st.text(max_size=300))
def test_no_text_breaks_the_readers(body):
    read_answer(body)
    last(comment("carol", body))
    asked(comment("otto", body))


@pytest.mark.parametrize(
    ("body", "progress"),
    [
        ("This is on track to slip.", Progress.AT_RISK),
        ("We're on track to miss the freeze", Progress.AT_RISK),
        ("We are on track to merge this week", Progress.ON_TRACK),
        ("It was at risk, now fine.", None),
        ("It was at risk last week, now on track.", Progress.ON_TRACK),
        ("This had been at risk", None),
        ("It is at risk, it was on track", Progress.AT_RISK),
    ],
)
def test_what_was_is_no_answer_and_on_track_to_slip_is_a_risk(body, progress):
    answer = read_answer(body)
    assert (answer and answer.progress) == progress
