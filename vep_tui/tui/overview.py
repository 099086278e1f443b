"""The overview of a VEP or of a VEP pull request: where it stands, why it is in the queue, what slipped."""

from __future__ import annotations

from textual.content import Content

from vep_tui.core.focus import branch_of
from vep_tui.core.models import InRelease, LinkedPr, PrKind, PrState, PullRequest, Reason, SignOff, Stage, Vep
from vep_tui.core.models.words import stage_word
from vep_tui.core.signoff import UNSEEN, Signs
from vep_tui.core.text import clean
from vep_tui.tui.glyphs import BAD, CAREFUL, DIM, EMPTY, tied
from vep_tui.tui.queue_row import PEOPLE_WAIT
from vep_tui.tui.scene import Scene
from vep_tui.tui.sheet import Sheet, said
from vep_tui.tui.when import ago, both


def write_overview(sheet: Sheet, vep: Vep, scene: Scene) -> None:
    """The overview of a VEP."""
    _write_title(sheet, vep.tracker.title or vep.issue.title)
    _write_place(sheet, vep, scene)
    _write_reasons(sheet, vep.reasons, scene)
    sheet.title("Progress")
    _write_code(sheet, vep, scene)
    _write_docs(sheet, vep, scene)
    _write_sign_offs(sheet, vep.sign_offs)
    _write_check_in(sheet, vep, scene)
    _write_targets(sheet, vep)
    _write_people(sheet, vep, scene)
    _write_criteria(sheet, vep)
    _write_slips(sheet, vep)
    sheet.title("On GitHub")
    sheet.fact("tracker", sheet.linked(vep.issue.url, vep.issue.url))
    if vep.document_path:
        url = f"{scene.site}/{scene.home}/blob/main/{vep.document_path}"
        sheet.fact("document", sheet.linked(vep.document_path, url))
    changed = both(vep.issue.updated_at, scene.now)
    sheet.fact("changed", Content.styled(changed, DIM))


def _write_title(sheet: Sheet, title: str) -> None:
    """The whole title where the line above the pane, with kind and number before it, has to cut it."""
    words = said(title, "bold")
    if sheet.width < 40 or words.cell_length > sheet.width - 20:
        sheet.write(words)


def _write_place(sheet: Sheet, vep: Vep, scene: Scene) -> None:
    """SIG, stage and release, gate, owner: one line where there is room."""
    sig = f"sig-{vep.owning_sig}" if vep.owning_sig else "no owning SIG"
    others = f" (+{', '.join(vep.other_sigs)})" if vep.other_sigs else ""
    arrow = sheet.glyphs("→")
    stage = stage_word(vep.stage, "no stage")
    aim = tied(f"{stage} {arrow} {'v' + vep.release if vep.release else 'no release'}")
    gates = tied("gate ") + ", ".join(vep.gates) if vep.gates else ""
    owners = vep.issue.assignees or vep.tracker.contacts
    owner = tied("owner ") + ", ".join(scene.who(o) for o in owners) if owners else tied("no owner")
    board = tied("board: ") + vep.board_status if vep.board_status else ""
    state = vep.issue.state if vep.issue.state != "open" else ""
    parts = [p for p in (state, sig + others, aim, gates, owner, board) if p]
    sheet.write(Content(sheet.glyphs.dot.join(map(clean, parts))))


def _write_reasons(sheet: Sheet, reasons: tuple[Reason, ...], scene: Scene) -> None:
    if not reasons:
        return
    sheet.title("Why it is here", f"{scene.key('why')}: how it is weighed")
    for reason in reasons:
        style = DIM if not reason.mine else BAD if reason.reason in PEOPLE_WAIT else CAREFUL
        old = sheet.glyphs.dot + tied(ago(reason.since, scene.now)) if reason.since else ""
        sheet.write(
            Content.assemble((clean(reason.text), style), (old, DIM)),
            first=Content.styled("! " if reason.mine else sheet.glyphs("· "), style),
        )


def _pulls(vep: Vep, kind: PrKind) -> list[LinkedPr]:
    return [p for p in vep.pulls if p.kind is kind and not p.candidate]


def _write_code(sheet: Sheet, vep: Vep, scene: Scene) -> None:
    code = [p for p in _pulls(vep, PrKind.CODE) if p.pull.state is not PrState.CLOSED]
    if not code:
        sheet.fact("code", Content.styled("no pull request known", DIM))
        return
    inside = sum(p.in_release is InRelease.YES for p in code)
    merged = sum(p.pull.state is PrState.MERGED for p in code)
    branch = branch_of(vep.release) if vep.release else "the release"
    unknown = sum(p.in_release is InRelease.UNKNOWN and p.pull.state is PrState.MERGED for p in code)
    words = f"{merged} of {len(code)} merged, {inside} in {branch}"
    if unknown:
        words += f", {unknown} not known"
    still = [p for p in code if p.pull.state is PrState.OPEN]
    parts = [Content(words)]
    for linked in still[:4]:
        sign = sheet.glyphs.pull(linked.pull.state, draft=linked.pull.is_draft)
        parts += [
            Content("  "),
            sheet.linked(scene.short(linked.pull.ref), linked.pull.url or scene.url_of(linked.pull.ref)),
            Content.styled(f" {sign.word}", sign.style),
        ]
    sheet.fact("code", EMPTY.join(parts))


def _write_docs(sheet: Sheet, vep: Vep, scene: Scene) -> None:
    docs = [p for p in vep.pulls if p.kind is PrKind.DOCS]
    if not docs:
        sheet.fact("docs", Content.styled("no pull request known", DIM))
    for linked in docs:
        sign = sheet.glyphs.pull(linked.pull.state, draft=linked.pull.is_draft)
        kind = "candidate, " if linked.candidate else ""
        listed = "listed" if linked.listed else "not in the tracker"
        sheet.fact(
            "docs",
            EMPTY.join(
                [
                    sheet.linked(scene.short(linked.pull.ref), linked.pull.url or scene.url_of(linked.pull.ref)),
                    Content.styled(f" {sign.glyph} {sign.word}", sign.style),
                    Content.styled(f"  {kind}{listed}", DIM),
                ]
            ),
        )


def _write_sign_offs(sheet: Sheet, sign_offs: tuple[SignOff, ...]) -> None:
    parts: list[Content] = []
    for sign_off in sign_offs:
        sign = sheet.glyphs.sign_off(sign_off.state)
        by = f" ({', '.join(sign_off.by)})" if sign_off.by else ""
        gap = sheet.glyphs.dot if parts else ""
        word = f"{tied(f' {sign.glyph} ')}{sign.word}{clean(by)}"
        parts.append(Content.assemble(gap, clean(sign_off.sig), (word, sign.style)))
    if parts:
        sheet.fact("LGTM", EMPTY.join(parts))


def _write_check_in(sheet: Sheet, vep: Vep, scene: Scene) -> None:
    last = vep.last_check_in
    if last is None:
        sheet.fact("check-in", Content.styled("none yet", DIM))
        return
    text = " ".join(clean(last.text).split())
    sheet.fact(
        "check-in",
        EMPTY.join([sheet.linked(f"{scene.who(last.by)}, {both(last.at, scene.now)}", last.url), Content(f": {text}")]),
    )


def _write_targets(sheet: Sheet, vep: Vep) -> None:
    """Targets per stage, and both sources where they disagree."""
    said_by_document = vep.document.targets if vep.document else None
    words = []
    for stage in Stage:
        tracker = vep.tracker.targets.of(stage)
        document = said_by_document.of(stage) if said_by_document else None
        if tracker and document and tracker != document:
            words.append(f"{stage_word(stage)} v{document} (the tracker says v{tracker})")
        elif document or tracker:
            words.append(f"{stage_word(stage)} v{document or tracker}")
    told = Content(sheet.glyphs.dot.join(map(clean, words)))
    sheet.fact("targets", told if words else Content.styled("none named", DIM))


def _write_people(sheet: Sheet, vep: Vep, scene: Scene) -> None:
    document = vep.document
    for label, logins in (
        ("reviewers", document.reviewers if document else ()),
        ("approvers", document.approvers if document else ()),
    ):
        if logins:
            sheet.fact(label, said(", ".join(scene.who(w) for w in logins)))
    if vep.comments_ignored:
        names = ", ".join(vep.comments_ignored)
        sheet.fact("ignored", said(f"checklist comments by {names}, who may not speak for a SIG", DIM))


def _write_criteria(sheet: Sheet, vep: Vep) -> None:
    """What the document asks of the stage that is next."""
    criteria = next((c for stage, c in vep.document.graduation if stage is vep.stage), ()) if vep.document else ()
    if not criteria:
        return
    sheet.title(f"Criteria for {stage_word(vep.stage)}")
    for one in criteria:
        box = "• " if one.done is None else "☑ " if one.done else "☐ "
        sheet.write(said(one.text), first=Content(sheet.glyphs(box)))


def _write_slips(sheet: Sheet, vep: Vep) -> None:
    if not vep.lint:
        return
    sheet.title("Slips in the tracker")
    for slip in vep.lint:
        sheet.write(said(slip.text), first=Content.styled("! ", CAREFUL))


def _write_signs(sheet: Sheet, signs: Signs, scene: Scene) -> None:
    """LGTM per SIG, approval apart from it: only root approvers give that one."""
    _write_sign_offs(sheet, signs.sign_offs)
    if "lgtm" in signs.unseen:
        sheet.fact("label", said(f"lgtm, given by {UNSEEN}"))
    if signs.approvals:
        who = ", ".join(f"{scene.who(a.by)} {both(a.at, scene.now)}" for a in signs.approvals)
        sheet.fact("approve", said(who))
    elif "approved" in signs.unseen:
        sheet.fact("approve", said(f"given by {UNSEEN}"))
    else:
        sheet.fact("approve", Content.styled("none yet of a root approver", DIM))
    if signs.hold is not None:
        why = f": {signs.hold.why}" if signs.hold.why else ""
        by = scene.who(signs.hold.by) if signs.hold.by else UNSEEN
        sheet.fact("held", said(f"by {by} {both(signs.hold.at, scene.now) if signs.hold.at else ''}".rstrip() + why))


def write_proposal(sheet: Sheet, pull: PullRequest, vep: Vep | None, scene: Scene, signs: Signs | None = None) -> None:
    """The overview of a VEP pull request; its description follows in Markdown."""
    from vep_tui.tui.markdown import write_markdown

    sign = sheet.glyphs.pull(pull.state, draft=pull.is_draft)
    _write_title(sheet, pull.title)
    dot = sheet.glyphs.dot
    sheet.write(
        Content.assemble(
            (f"{sign.glyph} {sign.word}", sign.style),
            f"{dot}by {clean(scene.who(pull.author))}{dot}" + tied(f"opened {both(pull.created_at, scene.now)}"),
            dot + tied(f"last push {both(pull.last_push_at, scene.now)}") if pull.last_push_at else "",
        )
    )
    if vep is not None:
        sheet.fact(scene.proposal, sheet.linked(f"#{vep.number} {vep.tracker.title or vep.issue.title}", vep.issue.url))
    else:
        sheet.fact(scene.proposal, Content.styled("not known: the pull request names no tracking issue", DIM))
    if signs is not None:
        _write_signs(sheet, signs, scene)
    if pull.labels:
        sheet.fact("labels", said(", ".join(pull.labels)))
    if pull.review_requests:
        sheet.fact("asked", said(", ".join(scene.who(w) for w in pull.review_requests)))
    for review in pull.reviews[-6:]:
        words = review.state.replace("_", " ").lower()
        old = " before the last push" if pull.last_push_at and review.submitted_at < pull.last_push_at else ""
        sheet.fact("review", said(f"{scene.who(review.author)} {words} {both(review.submitted_at, scene.now)}{old}"))
    if pull.files:
        sheet.fact("files", said(", ".join(pull.files[:6]) + (" ..." if len(pull.files) > 6 else "")))
    sheet.fact("on GitHub", sheet.linked(pull.url, pull.url))
    sheet.title("Description")
    write_markdown(sheet, pull.body or "*No description.*", breaks=True)
