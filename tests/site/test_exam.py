"""The exam page: papers drawn, sat with the keyboard alone, marked and kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.site.firefox import Firefox

PATH = "chapters/reference/exam.html"

Open = Callable[..., Page]


@pytest.fixture
def exam(open_page: Open) -> Iterator[Callable[..., Page]]:
    """A function that opens the exam page; nothing may go wrong on any."""
    pages = []

    def open_exam(**options: object) -> Page:
        page = open_page(PATH, **options)
        page.wait_for_load_state("networkidle")
        pages.append(page)
        return page

    yield open_exam
    assert [page.problems for page in pages] == [[]] * len(pages)


def draw(page: Page, *, size: int = 10, part: str = "") -> None:
    """Draw a mixed paper, with the keyboard."""
    page.locator(".study-exam select[name=part]").select_option(part)
    page.locator(f".study-exam input[value='{size}']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".exam-numbers")).to_be_visible()


def skip(page: Page, slug: str) -> None:
    """Ask whether to skip a chapter."""
    page.locator(".study-exam select[name=chapter]").select_option(slug)
    page.get_by_role("button", name="Test me").press("Enter")
    expect(page.locator(".exam-numbers")).to_be_visible()


def shown(page: Page) -> Locator:
    """The question that is shown."""
    form = page.locator(".exam-paper > form:visible")
    assert form.count() == 1
    return form


def place(page: Page) -> int:
    """Its number on the paper."""
    return int(shown(page).get_attribute("id").removeprefix("exam-"))


def answer(page: Page, *, right: bool = True) -> None:
    """Answer the shown question with the keys, from where the focus is."""
    form = shown(page)
    assert form.evaluate("one => one.contains(document.activeElement)")
    kind = form.get_attribute("data-kind")
    if kind == "order":
        order(page, form, right=right)
    elif kind == "numeric":
        number = float(form.get_attribute("data-answer"))
        page.keyboard.type(f"{number if right else number + 1000:.10g}")
    elif kind == "cloze":
        for entry in form.locator("input").all():
            words = json.loads(entry.get_attribute("data-accept"))
            page.keyboard.type(words[-1] if right else "something else")
            page.keyboard.press("Tab")
        form.locator("input").first.focus()
    else:
        letters = form.locator("input").evaluate_all(
            """(all, right) => all.filter((one) => Boolean(one.dataset.right) === right)
              .map((one) => one.value)""",
            right,
        )
        for letter in letters if kind == "multi" else letters[:1]:
            page.keyboard.press(letter.lower())


def order(page: Page, form: Locator, *, right: bool) -> None:
    """Bring the items into order, or the last one to the top."""
    keys = "all => all.map((one) => one.dataset.key)"
    rows = form.locator(".study-order > li")
    wanted = sorted(rows.evaluate_all(keys))
    for i, key in enumerate(wanted if right else wanted[-1:]):
        form.locator(f"[data-key='{key}'] button").first.focus()
        for _ in range(rows.evaluate_all(keys).index(key) - i):
            page.keyboard.press("ArrowUp")
    if not right and rows.evaluate_all(keys) == wanted:
        page.keyboard.press("ArrowDown")


def size(page: Page) -> int:
    """How many questions the paper has."""
    return page.locator(".exam-number").count()


def answer_all(page: Page, *, wrong: int = 0) -> None:
    """Answer every question, the first ones wrongly, and go to the end."""
    for i in range(size(page)):
        assert place(page) == i + 1
        answer(page, right=i >= wrong)
        page.keyboard.press("n" if is_order(page) else "Enter")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == "Mark the paper"


def is_order(page: Page) -> bool:
    """Whether Enter moves an item of the shown question."""
    return shown(page).get_attribute("data-kind") == "order"


def ids(page: Page) -> list[str]:
    """The ids of the questions of the paper."""
    return [item["id"] for item in kept(page)["items"]]


def kept(page: Page) -> dict:
    """The paper as it is kept."""
    return json.loads(page.evaluate("localStorage.getItem('dlbl:exam')"))


def events(page: Page) -> dict[str, tuple[int, str]]:
    """The stored ratings: grade and source of each id, at most one each."""
    log = page.evaluate("dlblStudy.store.events()")
    found = {event["id"]: (event["g"], event["s"]) for event in log}
    assert len(found) == len(log)
    return found


def notice(page: Page) -> str:
    """The line of the page about the paper."""
    return page.locator(".exam-notice").inner_text()


def chapters(page: Page) -> list[dict]:
    """The chapters as the index has them."""
    return page.evaluate("dlblStudy.index.chapters")


def test_a_paper_with_the_keyboard_alone(exam: Open) -> None:
    """Drawn, answered and marked; all is right, and the schedule knows it."""
    page = exam()
    draw(page)
    assert size(page) == 10
    expect(
        page.locator(".study-exam [role=status]", has_text="0 of 10")
    ).to_be_visible()
    answer_all(page)
    expect(
        page.locator(".study-exam [role=status]", has_text="10 of 10")
    ).to_be_visible()
    assert events(page) == {}  # nothing is told before the end
    asked = ids(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "10 of 10 right"
    assert events(page) == {name: (3, "exam") for name in asked}
    assert page.locator(".exam-mark", has_text="Right").count() == 10


def test_nothing_is_given_away_before_the_end(exam: Open) -> None:
    """No verdict and no explanation, whatever is answered and turned."""
    page = exam()
    draw(page)
    answer(page, right=False)
    page.locator(".exam-number").nth(5).click()
    answer(page, right=False)
    assert page.locator(".study-because:visible, .study-notes:visible").count() == 0
    assert page.locator("[data-mark], .exam-mark").count() == 0
    assert page.locator("form:not([hidden]) .study-last").count() == 0


def test_what_failed_is_due(exam: Open) -> None:
    """Each wrong one is explained, due at once, and linked to where it is taught."""
    page = exam()
    draw(page)
    answer_all(page, wrong=4)
    asked = ids(page)
    page.keyboard.press("Enter")
    assert page.locator(".exam-report h2").inner_text() == "6 of 10 right"
    assert events(page) == {
        name: (1 if i < 4 else 3, "exam") for i, name in enumerate(asked)
    }
    due = page.evaluate(
        """() => {
          const memory = dlblStudy.replay(
            dlblStudy.store.events(), dlblStudy.scheduler(dlblStudy.store.meta()));
          return [...memory.values()].filter((m) => m.due === m.day).map((m) => m.id);
        }"""
    )
    assert sorted(due) == sorted(asked[:4])
    report = page.locator(".exam-report")
    assert "4 questions are due now" in report.inner_text()
    for form in page.locator(".exam-paper > form").all():
        assert form.locator(".study-because:visible").count() >= 1
        assert form.locator(".study-why").is_visible()
    page.get_by_label("Only what went wrong").check()
    assert page.locator(".exam-paper > form:visible").count() == 4
    target = report.locator("li a").first.get_attribute("href")
    page.goto(page.evaluate("(one) => new URL(one, location).href", target))
    assert page.locator(f"[id='{target.split('#')[1]}']").count() == 1


def test_header_follows_at_once(exam: Open) -> None:
    """What went wrong counts as due in the header, as the report says."""
    page = exam()
    draw(page)
    page.get_by_role("button", name="Mark the paper").click()
    page.get_by_role("button", name="Mark it now").click()
    failed = int(page.get_by_text("due now").inner_text().split()[0])
    expect(page.locator(".study-due")).to_have_text(f"{failed} due")


def test_no_answer_is_asked_about(exam: Open) -> None:
    """What is open or flagged is named first; Escape goes back; then it is wrong."""
    page = exam()
    draw(page)
    for i in range(10):
        if i in (2, 6):
            page.locator(".exam-number").nth(i + 1).click()
            continue
        answer(page)
        if i == 4:
            shown(page).get_by_role("button", name="Flag").press("Enter")
        page.locator(".exam-number").nth(min(i + 1, 9)).click()
    mark = page.get_by_role("button", name="Mark the paper")
    mark.press("Enter")
    ask = page.locator(".exam-ask")
    expect(ask).to_be_focused()
    label = "No answer yet, which counts as wrong: 3, 7. Flagged: 5."
    assert ask.get_attribute("aria-label") == label
    page.keyboard.press("Escape")
    expect(mark).to_be_focused()
    expect(ask).not_to_be_visible()
    mark.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".exam-report h2").inner_text() == "8 of 10 right"
    for i in (2, 6):
        form = page.locator(".exam-paper > form").nth(i)
        assert form.locator(".exam-mark").inner_text() == "No answer"
        assert form.locator(".study-status").inner_text().startswith("No answer: ")


def test_to_and_fro(exam: Open) -> None:
    """Enter and letters turn the page, the numbers are one stop, arrows move there."""
    page = exam()
    draw(page)
    seen = [place(page)]
    for _ in range(3):
        page.locator(".exam-paper > form:visible [type=submit]").press("Enter")
        seen.append(place(page))
    page.locator(".exam-paper > form:visible [type=submit]").focus()
    for key in "ppnl":
        page.keyboard.press(key)
        seen.append(place(page))
        page.locator(".exam-paper > form:visible [type=submit]").focus()
    assert seen == [1, 2, 3, 4, 3, 2, 3, 3]
    third = page.locator(".exam-number").nth(2)
    assert third.get_attribute("aria-label") == "Question 3, not answered, flagged"
    flag = shown(page).get_by_role("button", name="Flag")
    assert flag.get_attribute("aria-pressed") == "true"
    assert page.locator(".exam-number[tabindex='0']").count() == 1
    third.focus()
    for key in ("ArrowRight", "End", "ArrowRight", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    assert place(page) == 9
    assert page.locator(".exam-number[aria-current]").inner_text() == "9"
    assert shown(page).evaluate("one => one.contains(document.activeElement)")


def test_what_is_no_number_is_said_once(exam: Open) -> None:
    """One is told before going on, and may go on."""
    page = exam()
    draw(page, size=20)
    while shown(page).get_attribute("data-kind") != "numeric":
        page.locator(".exam-paper > form:visible [type=submit]").press("Enter")
    here = place(page)
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    assert place(page) == here
    said = shown(page).locator(".study-status").inner_text()
    assert said.startswith("That is not a number")
    page.keyboard.press("Enter")
    assert (
        page.locator(".exam-number")
        .nth(here - 1)
        .get_attribute("aria-label")
        .endswith("not answered")
    )
    assert place(page) == here + 1


def forms(page: Page) -> list[list]:
    """Each question as it stands: its texts and what was answered."""
    return page.locator(".exam-paper > form").evaluate_all(
        """(all) => all.map((form) => [
          form.querySelector("fieldset").innerText,
          [...form.querySelectorAll("input")].map((i) => i.type === "text"
            ? i.value : i.checked),
          [...form.querySelectorAll(".study-order > li")].map((r) => r.dataset.key),
        ])"""
    )


def test_a_reload_loses_nothing(exam: Open) -> None:
    """The same questions, numbers, answers and flags, at the same place."""
    page = exam()
    draw(page, size=20)
    for i in range(12):
        answer(page, right=i % 2 == 0)
        if i == 3:
            shown(page).get_by_role("button", name="Flag").press("Enter")
        page.locator(".exam-number").nth(i + 1).click()
    before = (kept(page), page.locator(".exam-paper").inner_text())
    answered = page.locator(".exam-number.is-done").count()
    assert answered == 12
    page.reload()
    expect(page.locator(".exam-numbers")).to_be_visible()
    assert (kept(page), page.locator(".exam-paper").inner_text()) == before
    assert place(page) == 13
    assert page.locator(".exam-number.is-done").count() == answered
    assert page.locator(".exam-number.is-flagged").all_inner_texts() == ["4"]
    assert page.evaluate(
        "document.activeElement.closest('form:not([hidden])') !== null"
    )


def test_a_marked_paper_stays_and_is_rated_once(exam: Open) -> None:
    """A reload shows the same report; only a new choice takes it away."""
    page = exam()
    draw(page)
    answer_all(page, wrong=3)
    page.keyboard.press("Enter")
    before = (page.locator(".study-exam").inner_text(), forms(page))
    rated = events(page)
    page.reload()
    expect(page.locator(".exam-report")).to_be_visible()
    assert (page.locator(".study-exam").inner_text(), forms(page)) == before
    assert events(page) == rated
    page.get_by_role("button", name="Choose another").press("Enter")
    assert page.evaluate("document.activeElement.name") == "part"
    assert page.evaluate("localStorage.getItem('dlbl:exam')") is None


def test_fresh_numbers(exam: Open) -> None:
    """A question with numbers has others on each paper, and on one paper twice."""
    page = exam()
    seen = []
    for _ in range(3):
        draw(page, size=40)
        drawn = [(i["id"], json.dumps(i["drawn"])) for i in kept(page)["items"]]
        numbers = [one for one in drawn if one[1] != "null"]
        assert numbers
        assert len(set(numbers)) == len(numbers)
        seen.append(tuple(sorted(numbers)))
        page.get_by_role("button", name="Throw it away").first.click()
        page.locator(".exam-ask button").first.click()
    assert len(set(seen)) == 3


def test_only_the_part(exam: Open) -> None:
    """A paper of a part asks about its chapters alone."""
    page = exam()
    part = chapters(page)[-1]["part"]
    own = {c["slug"] for c in chapters(page) if c["part"] == part}
    draw(page, size=40, part=part)
    assert {item["slug"] for item in kept(page)["items"]} <= own
    assert size(page) <= 40


def test_shortage_is_said(exam: Open) -> None:
    """Where there are fewer questions than wished, the page says how many."""
    page = exam()
    for chapter in chapters(page):
        count = len(chapter["questions"])
        page.locator("select[name=chapter]").select_option(chapter["slug"])
        said = page.locator(".exam-form [role=status]").last.inner_text()
        assert said.startswith(f"Its quiz has {count} questions.") == (count < 10)


@pytest.mark.parametrize("wrong", [1, 2])
def test_skip_a_chapter(exam: Open, wrong: int) -> None:
    """Nine of ten are enough, eight are not; the threshold and its errors are said."""
    page = exam()
    slug = min(chapters(page), key=lambda one: len(one["questions"]))["slug"]
    skip(page, slug)
    need = page.evaluate("(n) => dlblStudy.toSkip(n)", size(page))
    assert need == size(page) - 1  # of ten
    assert {item["slug"] for item in kept(page)["items"]} == {slug}
    answer_all(page, wrong=wrong)
    page.keyboard.press("Enter")
    said = page.locator(".exam-verdict").inner_text()
    assert said.startswith("You can skip" if wrong == 1 else "Better read")
    chapter = next(one for one in chapters(page) if one["slug"] == slug)
    href = page.locator(".exam-verdict a").get_attribute("href")
    assert href.endswith(chapter["url"])
    assert chapter["title"] in said
    report = page.locator(".exam-report").inner_text()
    assert f"{need} of {size_of(report)} were needed." in report
    assert "passes it with a chance of 5\xa0%" in report
    assert "fails it with a chance of 9\xa0%" in report


def size_of(report: str) -> int:
    """The total of the headline "8 of 10 right"."""
    return int(report.split(" of ")[1].split()[0])


def test_small_groups_say_that_they_are_small(exam: Open) -> None:
    """Every row has its count, and a range only from five questions on."""
    page = exam()
    draw(page, size=20)
    answer_all(page, wrong=7)
    total = size(page)
    page.keyboard.press("Enter")
    report = page.locator(".exam-report").inner_text()
    assert f"{total - 7} of {total} right" in report
    assert "95\xa0% interval" in report or "95 % interval" in report
    sums = {}
    for body in page.locator(".exam-scores tbody").all():
        heading, *rows = body.locator("tr").all_inner_texts()
        cells = [row.split("\t") for row in rows]
        for cell in cells:
            _, many = map(int, cell[1].split(" of "))
            assert ("too few to tell" in cell[2]) == (many < 5)
        sums[heading] = sum(int(cell[1].split(" of ")[1]) for cell in cells)
    assert {"Topic", "Kind of question"} < set(sums)
    assert set(sums.values()) == {total}


def test_known_questions_are_owned_up_to(exam: Open) -> None:
    """A question that was answered before does not count as new knowledge."""
    page = exam()
    slug = chapters(page)[0]["slug"]
    for before in (False, True):
        skip(page, slug)
        answer_all(page)
        page.keyboard.press("Enter")
        said = page.locator(".exam-report", has_text="may flatter you").count() == 1
        assert said == before
        page.get_by_role("button", name="Choose another").click()


DAMAGED = [
    "not JSON",
    "null",
    "[]",
    '{"schema":1}',
    '{"schema":1,"name":"x","began":1,"wish":{},"items":[]}',
    '{"schema":1,"name":"x","began":1,"wish":{},"items":[{"slug":"../x","id":"<b>"'
    ',"rev":1,"known":false,"drawn":null,"answer":[]}]}',
    '{"schema":1,"name":"x","began":1,"wish":{"part":{}},"items":[null]}',
]


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_paper(exam: Open, text: str) -> None:
    """One line says so, and another can be drawn."""
    page = exam()
    page.evaluate("(text) => localStorage.setItem('dlbl:exam', text)", text)
    page.reload()
    said = "The paper that was kept here cannot be read: draw a new one."
    assert notice(page) == said
    draw(page)
    assert notice(page) == ""


def test_hostile_answers_stay_text(exam: Open) -> None:
    """What lies in the storage can fill in a field, and nothing else."""
    page = exam()
    draw(page, size=20)
    paper = kept(page)
    for item in paper["items"]:
        item["answer"] = ["<img src=x onerror=alert(1)>", "A", "9"]
        if item["drawn"]:
            item["drawn"] = {"__proto__": 1, "n": "<script>alert(1)</script>"}
    page.evaluate(
        "(text) => localStorage.setItem('dlbl:exam', text)", json.dumps(paper)
    )
    page.reload()
    expect(page.locator(".exam-numbers")).to_be_visible()
    assert page.locator(".exam-paper :is(img, script)").count() == 0
    for item in kept(page)["items"]:
        assert item["drawn"] is None or all(
            isinstance(value, int | float) for value in item["drawn"].values()
        )
    page.get_by_role("button", name="Mark the paper").click()
    page.locator(".exam-ask button").first.click()
    expect(page.locator(".exam-report")).to_be_visible()


def test_a_question_that_changed_is_left_out(exam: Open) -> None:
    """The rest of the paper is kept, and the page says so."""
    page = exam()
    draw(page)
    paper = kept(page)
    paper["items"][0]["id"] += "-gone"
    paper["items"][1]["rev"] += 1
    page.evaluate(
        "(text) => localStorage.setItem('dlbl:exam', text)", json.dumps(paper)
    )
    page.reload()
    expect(page.locator(".exam-numbers")).to_be_visible()
    assert size(page) == 8
    assert (
        notice(page) == "Questions that changed since the paper was drawn are left out."
    )


def test_a_newer_paper_is_left_as_it_is(exam: Open) -> None:
    """It is not shown, not written over, and the page says so."""
    page = exam()
    newer = '{"schema":2,"new":"things"}'
    page.evaluate("(text) => localStorage.setItem('dlbl:exam', text)", newer)
    page.reload()
    assert "newer version" in notice(page)
    draw(page)
    assert "newer version" in notice(page)
    assert page.evaluate("localStorage.getItem('dlbl:exam')") == newer


def test_two_tabs(exam: Open) -> None:
    """The newer paper stays; the older one goes on, and says that it is not kept."""
    page = exam()
    draw(page)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".exam-numbers")).to_be_visible()  # the same paper
    other.get_by_role("button", name="Throw it away").click()
    other.locator(".exam-ask button").first.click()
    draw(other)
    newer = kept(other)["name"]
    answer(page)
    assert "newer paper lies in another tab" in notice(page)
    assert kept(page)["name"] == newer
    page.get_by_role("button", name="Mark the paper").click()
    page.locator(".exam-ask button").first.click()
    assert len(events(other)) == 10
    assert kept(other)["name"] == newer


def test_storage_off(exam: Open) -> None:
    """A paper can be sat and marked; one line says that nothing is kept."""
    page = exam()
    page.context.add_init_script(
        """Object.defineProperty(window, "localStorage",
          {get() { throw new DOMException("denied", "SecurityError"); }});"""
    )
    page.reload()
    draw(page)
    assert notice(page).startswith("This browser keeps nothing here")
    answer_all(page)
    page.keyboard.press("Enter")
    assert page.locator(".exam-report h2").inner_text() == "10 of 10 right"
    assert len(events(page)) == 10


def test_no_network(open_page: Open) -> None:
    """What could not be fetched is said in one line, and may be tried again."""
    page = open_page(PATH)
    page.route("**/_static/study/*", lambda route: route.abort())
    page.get_by_role("button", name="Draw a paper").click()
    line = page.locator(".exam-notice")
    expect(line).to_have_text("The questions could not be loaded: try again later.")
    page.unroute("**/_static/study/*")
    draw(page)


def test_from_a_folder(site: Path, open_page: Open) -> None:
    """A page that was opened as a file draws and marks a paper."""
    page = open_page((site / PATH).as_uri())
    draw(page)
    answer_all(page)
    page.keyboard.press("Enter")
    assert page.locator(".exam-report h2").inner_text() == "10 of 10 right"
    assert page.problems == []


def test_on_paper(exam: Open) -> None:
    """A paper has all its questions and no answer; a marked one has everything."""
    page = exam()
    draw(page)
    page.emulate_media(media="print")
    main = page.locator("main")
    assert page.locator(".exam-paper > form:visible").count() == 10
    assert page.locator(".study-because:visible, .study-notes:visible").count() == 0
    assert main.locator("button:visible, h2:visible").count() == 0
    page.emulate_media(media="screen")
    answer_all(page, wrong=2)
    page.keyboard.press("Enter")
    page.get_by_label("Only what went wrong").check()
    page.emulate_media(media="print")
    assert page.locator(".exam-paper > form:visible").count() == 10
    assert page.locator(".exam-report").is_visible()
    assert page.locator(".study-because:visible").count() >= 10
    assert page.locator(".exam-paper .study-status:visible").count() == 10
    assert main.locator("button:visible").count() == 0


def test_narrow(exam: Open) -> None:
    """At 360 px nothing is wider than the page, in any state."""
    page = exam(width=360)
    wide = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(wide) <= 0
    draw(page, size=40)
    for i in range(size(page)):
        page.locator(".exam-number").nth(i).click()
        assert page.evaluate(wide) <= 0
    page.get_by_role("button", name="Mark the paper").click()
    assert page.evaluate(wide) <= 0
    page.locator(".exam-ask button").first.click()
    expect(page.locator(".exam-report")).to_be_visible()
    assert page.evaluate(wide) <= 0


def test_in_firefox(firefox: Firefox, base_url: str) -> None:
    """A paper is sat with the keyboard alone, outlives a reload, and is marked."""
    with firefox.tab(base_url.split("/")[2]) as tab:
        tab.goto(f"{base_url}/{PATH}")
        tab.evaluate("document.querySelector('.exam-form [type=submit]').focus()")
        tab.press("Enter")
        tab.wait_for("document.querySelector('.exam-numbers')")
        question = "document.querySelector('.exam-paper > form:not([hidden])')"
        for i in range(10):
            assert tab.evaluate(f"{question}.id") == f"exam-{i + 1}"
            assert tab.evaluate(f"{question}.contains(document.activeElement)")
            kind = tab.evaluate(f"{question}.dataset.kind")
            entries = tab.evaluate(f"{question}.querySelectorAll('[type=text]').length")
            for n in range(entries):
                tab.press("7")
                if n + 1 < entries:
                    tab.press("Tab")
            if not entries:
                tab.press("ArrowDown" if kind == "order" else "b")
            tab.press("n" if kind == "order" else "Enter")
        assert tab.evaluate("document.activeElement.textContent") == "Mark the paper"
        before = tab.evaluate("localStorage.getItem('dlbl:exam')")
        tab.reload()
        tab.wait_for("document.querySelector('.exam-numbers')")
        assert tab.evaluate("localStorage.getItem('dlbl:exam')") == before
        tab.evaluate("document.querySelector('.exam-number').focus()")
        while tab.evaluate("document.activeElement.textContent") != "Mark the paper":
            tab.press("Tab")
        tab.press("Enter")
        assert tab.evaluate("document.activeElement.textContent").endswith(
            "of 10 right"
        )
        assert len(tab.evaluate("dlblStudy.store.events()")) == 10
        assert tab.problems == []
