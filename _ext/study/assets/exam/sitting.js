/* A paper that is being answered: one question at a time, to and fro, until marked. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const all = (place, selector) => [...place.querySelectorAll(selector)];
  const TURNS = 50; // to draw numbers that the paper does not have yet

  const places = (form) => all(form, ".study-order > li").map((row) => row.dataset.key);

  /** The answer in a form: letters, words, or places; [] for none. */
  function read(form, untouched) {
    const keys = places(form);
    if (keys.length) return keys.join() === untouched ? [] : keys;
    const words = all(form, "input[type=text]").map((input) => input.value);
    if (words.length) return words.some((word) => word.trim()) ? words : [];
    return all(form, "input:checked").map((input) => input.value);
  }

  /** Put a kept answer back; what does not fit is left out. */
  function write(form, answer) {
    const list = form.querySelector(".study-order");
    const rows = answer.map((key) =>
      all(form, ".study-order > li").find((row) => row.dataset.key === key),
    );
    if (list) list.prepend(...rows.filter(Boolean));
    all(form, "input").forEach((input, i) => {
      if (input.type === "text") input.value = answer[i] || "";
      else input.checked = answer.includes(input.value);
    });
  }

  /** Whether kept numbers are those that a form asks for. */
  function fits(form, drawn) {
    const names = Object.keys(JSON.parse(form.dataset.ranges));
    return drawn !== null && names.join() === Object.keys(drawn).join() &&
      Object.values(drawn).every(Number.isFinite);
  }

  /** Give a form the item's numbers, or fresh ones that no other of `seen` has. */
  function number(form, question, item, seen) {
    if (fits(form, item.drawn)) {
      question.renumber(item.drawn);
    } else {
      item.answer = [];
      for (let turn = 0; turn < TURNS; turn++) {
        question.renumber();
        if (!seen.has(item.id + form.dataset.drawn)) break;
      }
      item.drawn = JSON.parse(form.dataset.drawn);
    }
    seen.add(item.id + form.dataset.drawn);
  }

  /** The paper's questions: forms with their items, answers and numbers put in. */
  study.askedQuestions = function (paper, sources) {
    const seen = new Set();
    return paper.items.map((item, i) => {
      const form = sources.get(item.id).cloneNode(true);
      form.id = "exam-" + (i + 1);
      form.querySelector("legend > .study-head").textContent =
        "Question " + (i + 1) + " of " + paper.items.length;
      const question = study.question(form, { record: false });
      const untouched = places(form).join();
      if (form.dataset.ranges) number(form, question, item, seen);
      write(form, item.answer);
      const given = () => read(form, untouched);
      return {
        form, item, question,
        given,
        missing: () => (given().length ? question.missing() : "No answer yet."),
        status: form.querySelector(".study-status"),
      };
    });
  };

  /**
   * Sit a paper: fills `place` and gives what to call when it is shown.
   * changed() is told each change of the paper, end() that it shall be marked,
   * drop() that it shall be thrown away.
   */
  study.sit = function (place, paper, asked, { about, changed, end, drop }) {
    const total = asked.length;
    const numbers = make("div", {
      class: "exam-numbers", role: "toolbar", "aria-label": "Questions of this paper",
    });
    const status = make("p", { class: "study-hint", role: "status" });
    const markButton = button("Mark the paper", "exam-main");
    const question = make("div", { class: "exam-ask", role: "group", tabindex: -1 });
    question.hidden = true;

    function button(text, more, key) {
      const made = make("button", { type: "button", class: "study-button " + more }, text);
      if (key) {
        made.setAttribute("aria-keyshortcuts", key);
        made.append(make("kbd", { "aria-hidden": "true" }, key));
      }
      return made;
    }

    /** Ask in place before something that cannot be taken back. */
    function ask(opener, text, yes, run) {
      const sure = button(yes, "exam-main");
      const back = button("Go on with the paper", "");
      const close = () => {
        question.hidden = true;
        opener.focus();
      };
      sure.addEventListener("click", run);
      back.addEventListener("click", close);
      question.onkeydown = (event) => {
        if (event.key === "Escape") close();
      };
      question.setAttribute("aria-label", text);
      question.replaceChildren(
        make("p", {}, text), make("div", { class: "study-check" }, sure, back),
      );
      question.hidden = false;
      question.focus();
    }

    const flagged = asked.map(({ form, item, question: own, status: line }, i) => {
      const previous = button("Previous", "", "P");
      const next = make(
        "button", { type: "submit", class: "study-button exam-main" },
        i + 1 < total ? "Next" : "To the end",
        make("kbd", { "aria-hidden": "true" }, "Enter"),
      );
      const flag = button("Flag", "", "L");
      previous.disabled = i === 0;
      previous.addEventListener("click", () => go(i - 1, true));
      flag.addEventListener("click", () => toggle(i));
      own.button.replaceWith(previous, next, flag);
      form.addEventListener("submit", () => {
        line.textContent = "";
      });
      const chip = make("button", { type: "button", class: "exam-number" }, String(i + 1));
      chip.addEventListener("click", () => go(i, true));
      numbers.append(chip);
      return { flag, chip };
    });

    function toggle(i) {
      paper.items[i].flag = !paper.items[i].flag;
      refresh();
      changed();
    }

    /** What the numbers, the flags and the line below say. */
    function refresh() {
      let answered = 0;
      asked.forEach(({ item, missing }, i) => {
        const { flag, chip } = flagged[i];
        const done = !missing();
        answered += done ? 1 : 0;
        flag.setAttribute("aria-pressed", item.flag);
        chip.classList.toggle("is-done", done);
        chip.classList.toggle("is-flagged", item.flag);
        chip.tabIndex = i === paper.at ? 0 : -1;
        if (i === paper.at) chip.setAttribute("aria-current", "true");
        else chip.removeAttribute("aria-current");
        chip.setAttribute(
          "aria-label",
          "Question " + (i + 1) + (done ? ", answered" : ", not answered") +
            (item.flag ? ", flagged" : ""),
        );
      });
      const flags = paper.items.filter((item) => item.flag).length;
      const text =
        answered + " of " + total + " answered" + (flags ? ", " + flags + " flagged" : "") + ".";
      if (status.textContent !== text) status.textContent = text;
    }

    /** Show one question; put the focus where its answer goes. */
    function go(i, focus) {
      paper.at = Math.min(Math.max(0, i), total - 1);
      asked.forEach(({ form }, j) => {
        form.hidden = j !== paper.at;
      });
      question.hidden = true;
      refresh();
      changed();
      if (!focus) return;
      const { form } = asked[paper.at];
      const first = form.querySelector("input:checked") ||
        form.querySelector("input, [data-step]:enabled");
      first.focus();
      form.scrollIntoView({ block: "nearest" });
    }

    /** What one typed that is no answer is said once, before going on. */
    function next() {
      const { given, question: own, status: line } = asked[paper.at];
      const missing = given().length ? own.missing() : "";
      if (missing && line.textContent !== missing) {
        line.textContent = missing;
      } else {
        line.textContent = "";
        if (paper.at + 1 < total) go(paper.at + 1, true);
        else markButton.focus();
      }
    }

    /** Take over what was answered, after the question's own listeners. */
    function take() {
      const { given, item } = asked[paper.at];
      const answer = given();
      if (answer.join("\n") === item.answer.join("\n")) return;
      item.answer = answer;
      refresh();
      changed();
    }

    markButton.addEventListener("click", () => {
      const list = (found) => found.map((i) => i + 1).join(", ");
      const open = asked.flatMap(({ missing }, i) => (missing() ? [i] : []));
      const flags = paper.items.flatMap((item, i) => (item.flag ? [i] : []));
      const said = [
        open.length ? "No answer yet, which counts as wrong: " + list(open) + "." : "",
        flags.length ? "Flagged: " + list(flags) + "." : "",
      ].filter(Boolean);
      if (said.length) ask(markButton, said.join(" "), "Mark it now", end);
      else end();
    });
    const print = button("Print", "");
    print.addEventListener("click", () => window.print());
    const dropButton = button("Throw it away", "");
    dropButton.addEventListener("click", () =>
      ask(
        dropButton, "The answers are lost, and nothing enters your schedule.",
        "Throw it away", drop,
      ),
    );

    const paperPlace = make("div", { class: "exam-paper" }, ...asked.map((one) => one.form));
    paperPlace.addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        event.stopPropagation();
        next();
      },
      true,
    );
    for (const kind of ["input", "click", "keydown"]) {
      paperPlace.addEventListener(kind, take);
    }
    paperPlace.addEventListener("keydown", (event) => {
      if (!study.isPlainKey(event)) return;
      const run = {
        n: next, p: () => go(paper.at - 1, true), l: () => toggle(paper.at),
      }[event.key.toLowerCase()];
      if (!run) return;
      event.preventDefault();
      run();
    });
    numbers.addEventListener("keydown", (event) => {
      const chips = flagged.map((one) => one.chip);
      const at = chips.indexOf(document.activeElement);
      const to = {
        ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: total - 1,
      }[event.key];
      if (at < 0 || !chips[to]) return;
      event.preventDefault();
      chips.forEach((chip, i) => {
        chip.tabIndex = i === to ? 0 : -1;
      });
      chips[to].focus();
    });

    const keys = make(
      "span", { class: "study-keys" },
      make("kbd", {}, "A"), "–", make("kbd", {}, "F"), " choose, ",
      make("kbd", {}, "N"), " and ", make("kbd", {}, "P"), " turn the page, ",
      make("kbd", {}, "L"), " flags",
    );
    place.replaceChildren(
      make("p", { class: "study-head" }, make("span", {}, about), keys),
      numbers, paperPlace, status,
      make("div", { class: "study-check" }, markButton, print, dropButton),
      question,
    );
    go(paper.at, false);
    return { focus: () => go(paper.at, true) };
  };
})();
