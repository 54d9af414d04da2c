/* Questions: choose (A to F) or type, check with Enter, read why. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const RIGHT = 3;
  const WRONG = 1;
  const TURNS = 50; // to draw fresh numbers

  const all = (place, selector) => [...place.querySelectorAll(selector)];
  const textInputs = (form) => all(form, "input[type=text]");
  const show = (x) => String(Number(Number(x).toPrecision(10)));
  const near = (x, y, tolerance) =>
    Math.abs(x - y) <= Number(tolerance) + 1e-9 * Math.max(1, Math.abs(y));

  /** What a typed number may mean: 1,5 and 1.5, 1,000 and 1 000, 3/4, 2e-3, a unit. */
  study.readNumber = function (typed, unit) {
    let text = typed.replace(/[\u2212\u2013]/g, "-").replace(/[\s_'\u2019]/g, "");
    const tail = (unit || "").replace(/\s/g, "").toLowerCase();
    if (tail && text.toLowerCase().endsWith(tail)) text = text.slice(0, -tail.length);
    const parts = text.split("/");
    if (parts.length === 2) {
      const above = study.readNumber(parts[0], "");
      const below = study.readNumber(parts[1], "");
      return above.flatMap((a) => below.filter((b) => b).map((b) => a / b));
    }
    const commas = text.split(",").length - 1;
    const points = text.split(".").length - 1;
    let forms = [text];
    if (commas && points) {
      const decimal = text.lastIndexOf(",") > text.lastIndexOf(".") ? "," : ".";
      const other = decimal === "," ? "." : ",";
      forms = [text.replaceAll(other, "").replace(decimal, ".")];
    } else if (commas === 1) {
      forms = [text.replace(",", ".")];
      if (/^[+-]?\d{1,3},\d{3}$/.test(text)) forms.push(text.replace(",", ""));
    } else if (commas || points > 1) {
      forms = [text.replace(/[.,]/g, "")];
    }
    const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
    return forms.filter((form) => plain.test(form)).map(Number);
  };

  /** A typed word without what makes no difference: case, spaces, hyphens, full stop. */
  study.readWord = (typed) =>
    typed
      .normalize("NFKC").toLowerCase()
      .replace(/[-\u2010-\u2013\s]+/g, " ").trim()
      .replace(/^["'\u201c\u2018]+|["'\u201d\u2019.]+$/g, "");

  /* Each kind: prepare(form) once, missing(form) → what is still to do,
   * mark(form) → {right, answer: what to say when it is not}. */

  const options = {
    prepare(form) {
      for (const reason of all(form, ".study-reasons > li")) {
        const input = form.querySelector(`input[value="${reason.dataset.for}"]`);
        input.dataset.right = "right" in reason.dataset ? "1" : "";
        input.closest("label").after(asBecause(reason));
      }
      form.addEventListener("keydown", (event) => {
        if (event.key.length !== 1 || !study.isPlainKey(event)) return;
        const input = all(form, "input").find((i) => i.value === event.key.toUpperCase());
        if (!input || input.disabled) return;
        event.preventDefault();
        input.checked = input.type === "radio" || !input.checked;
        input.focus();
      });
    },
    missing: (form) =>
      form.querySelector("input:checked") ? "" : "Choose an answer first.",
    mark(form) {
      const inputs = all(form, "input");
      for (const input of inputs) {
        const label = input.closest("label");
        label.dataset.mark = input.dataset.right ? "right" : input.checked ? "wrong" : "";
      }
      const right = inputs.filter((i) => i.dataset.right).map((i) => i.value);
      return {
        right: inputs.every((i) => i.checked === Boolean(i.dataset.right)),
        answer: "the answer is " + right.join(" and ") + ".",
      };
    },
  };

  const numeric = {
    prepare: gatherReasons,
    missing(form) {
      const [input] = textInputs(form);
      if (!input.value.trim()) return "Type a number first.";
      return study.readNumber(input.value, form.dataset.unit).length
        ? ""
        : "That is not a number: type digits only.";
    },
    mark(form) {
      const { answer, tolerance, unit } = form.dataset;
      const [input] = textInputs(form);
      const typed = study.readNumber(input.value, unit);
      const right = typed.some((x) => near(x, Number(answer), tolerance));
      input.dataset.mark = right ? "right" : "wrong";
      for (const reason of all(form, ".study-because[data-for=wrong]")) {
        const value = reason.dataset.value;
        const hit = typed.some((x) => near(x, Number(value), tolerance));
        reason.dataset.off = right || !hit ? "1" : "";
      }
      return { right, answer: "the answer is " + answer + (unit ? " " + unit : "") + "." };
    },
  };

  const order = {
    prepare(form) {
      const list = form.querySelector(".study-order");
      const reasons = new Map(
        all(form, ".study-reasons > li").map((r) => [r.dataset.for, r]),
      );
      for (const row of all(list, "li")) {
        const text = row.querySelector(".study-text");
        text.id = form.id + "-item-" + row.dataset.key;
        const reason = reasons.get(row.dataset.key);
        reason.querySelector(".study-named").remove();
        const moves = make("span", { class: "study-moves" });
        for (const [name, sign, step] of [["Move up", "↑", -1], ["Move down", "↓", 1]]) {
          const button = make(
            "button",
            { type: "button", class: "study-button", "aria-label": name,
              "aria-describedby": text.id, "data-step": step },
            sign,
          );
          button.addEventListener("click", () => move(form, row, step));
          moves.append(button);
        }
        row.append(moves, asBecause(reason));
        row.addEventListener("keydown", (event) => {
          const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
          if (!step) return;
          event.preventDefault();
          move(form, row, step);
        });
      }
    },
    missing: () => "",
    mark(form) {
      const rows = all(form, ".study-order > li");
      const wrong = rows.filter((row, i) => Number(row.dataset.key) !== i + 1);
      for (const row of rows) row.dataset.mark = wrong.includes(row) ? "wrong" : "right";
      return {
        right: !wrong.length,
        answer: wrong.length + " of " + rows.length + " stand elsewhere; " +
          "the number under each is its place.",
      };
    },
  };

  function move(form, row, step) {
    const rows = all(form, ".study-order > li");
    const place = rows.indexOf(row) + step;
    if (form.dataset.state || place < 0 || place >= rows.length) return;
    const focused = document.activeElement;
    if (step < 0) rows[place].before(row);
    else rows[place].after(row);
    focused.focus();
    say(form, "Now at place " + (place + 1) + " of " + rows.length + ".");
  }

  const cloze = {
    prepare: gatherReasons,
    missing: (form) =>
      textInputs(form).every((i) => i.value.trim()) ? "" : "Fill in every blank first.",
    mark(form) {
      const inputs = textInputs(form);
      for (const input of inputs) {
        const accepted = JSON.parse(input.dataset.accept).map(study.readWord);
        const right = accepted.includes(study.readWord(input.value));
        input.dataset.mark = right ? "right" : "wrong";
      }
      return {
        right: inputs.every((i) => i.dataset.mark === "right"),
        answer: "it is " +
          inputs.map((i) => JSON.parse(i.dataset.accept)[0]).join(", ") + ".",
      };
    },
  };

  const KINDS = { single: options, multi: options, code: options, numeric, order, cloze };

  /** An explanation, taken out of "Answer and explanations", hidden until checked. */
  function asBecause(reason) {
    const made = make("div", { class: "study-because" }, ...reason.childNodes);
    Object.assign(made.dataset, reason.dataset);
    made.hidden = true;
    return made;
  }

  function gatherReasons(form) {
    const field = form.querySelector("fieldset");
    for (const reason of all(form, ".study-reasons > li")) field.append(asBecause(reason));
  }

  /** Fresh numbers for a generated question, within its ranges. */
  study.draw = function (ranges, random) {
    const drawn = {};
    for (const [name, [low, high, step = 1]] of Object.entries(ranges)) {
      const count = Math.floor((high - low) / step + 1e-9) + 1;
      drawn[name] = Number((low + Math.floor(random() * count) * step).toFixed(10));
    }
    return drawn;
  };

  /** Put these numbers into a generated question, or fresh ones. */
  function renumber(form, given) {
    const ranges = JSON.parse(form.dataset.ranges);
    const put = (place, name, value) => {
      for (const shown of all(place, `.study-given[data-name="${name}"]`)) {
        shown.textContent = value;
      }
    };
    const reasons = all(form, ".study-because[data-function]");
    const compute = (place) => show(study.generators[place.dataset.function](drawn));
    let drawn = given;
    for (let turn = 0; !given && turn < TURNS; turn++) {
      drawn = study.draw(ranges, Math.random);
      // fresh numbers, for which the mistakes are mistakes
      const fresh = JSON.stringify(drawn) !== form.dataset.drawn;
      if (fresh && !reasons.map(compute).includes(compute(form))) break;
    }
    const answer = compute(form);
    form.dataset.drawn = JSON.stringify(drawn);
    form.dataset.answer = answer;
    put(form, "answer", answer);
    for (const name of Object.keys(drawn)) put(form, name, show(drawn[name]));
    for (const reason of reasons) {
      reason.dataset.value = compute(reason);
      put(reason, "wrong", reason.dataset.value);
    }
  }

  function say(form, text) {
    form.querySelector(".study-status").textContent = text;
  }

  /**
   * Make a question answerable. Its first answer is rated with `source`, unless
   * `record` is false; `fresh` draws new numbers first; `answered(right)` is told each
   * check. Without `again` its button goes once it is checked: `answered` moves the
   * focus. Gives the button, what is still to do, a way to mark without the button,
   * and one to put in given or fresh numbers.
   */
  study.question = function (form, options = {}) {
    const { answered, record = true, source = "quiz", again = true, fresh } = options;
    const kind = KINDS[form.dataset.kind];
    const generated = "ranges" in form.dataset;
    const answer = form.querySelector(".study-answer");
    const button = make("button", { type: "submit", class: "study-button" });
    const status = make("p", { class: "study-status", role: "status" });
    const last = make("span", { class: "study-last" });
    const showLast = (event) => {
      if (!event) return last.remove();
      const word = event.g === RIGHT ? "right" : "wrong";
      last.textContent = "Last answered " + study.date(event.t) + ": " + word;
      form.querySelector(".study-head").append(last);
    };
    let recorded = !record;

    kind.prepare(form);
    const notes = answer.querySelector(".study-notes");
    notes.hidden = true;
    form.querySelector("fieldset").append(
      make("div", { class: "study-check" }, button, status), notes,
    );
    answer.remove();

    const setState = (state) => {
      form.dataset.state = state;
      for (const input of all(form, "input")) input.disabled = Boolean(state);
      for (const move of all(form, "[data-step]")) move.disabled = Boolean(state);
      for (const because of all(form, ".study-because")) {
        because.hidden = !state || because.dataset.off === "1";
      }
      notes.hidden = !state;
      button.textContent = !state ? "Check" : generated ? "Another one" : "Try again";
      button.hidden = state && !again;
      if (!state) button.append(make("kbd", { "aria-hidden": "true" }, "Enter"));
    };

    const mark = () => {
      const result = kind.mark(form);
      setState(result.right ? "right" : "wrong");
      say(form, result.right ? "Right." : "Not right: " + result.answer);
      return result.right;
    };

    const restart = () => {
      for (const marked of all(form, "[data-mark]")) delete marked.dataset.mark;
      for (const input of all(form, "input")) {
        if (input.type === "text") input.value = "";
        else input.checked = false;
      }
      if (generated) {
        renumber(form);
        recorded = !record;
      }
      setState("");
      say(form, "");
      form.querySelector("input, [data-step]").focus();
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.dataset.state) {
        if (again) restart();
        return;
      }
      const missing = kind.missing(form);
      if (missing) {
        say(form, missing);
        return;
      }
      const right = mark();
      if (again) button.focus();
      if (!recorded) {
        recorded = true;
        const grade = right ? RIGHT : WRONG;
        showLast(study.store.rate(form.id, grade, source, Number(form.dataset.rev)));
        study.warn(form.parentNode);
      }
      if (answered) answered(right);
    });

    setState("");
    const before = study.last.get(form.id);
    showLast(before);
    form.addEventListener("study-change", () => showLast(study.last.get(form.id)));
    if (generated && (fresh || before)) renumber(form);
    return {
      button, mark, missing: () => kind.missing(form),
      renumber: (given) => renumber(form, given),
    };
  };

  study.setUp(".study-quiz", (quiz) => {
    for (const form of all(quiz, ".study-question")) study.question(form);
  });
})();
