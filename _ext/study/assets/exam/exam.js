/* The exam page: choose a paper, sit it, have it marked. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const SIZES = [10, 20, 40];
  const MINUTES = 1.5; // for a question
  const SKIP = 10; // questions of "Can I skip this chapter?"
  const RIGHT = 3;
  const WRONG = 1;

  function option(value, text) {
    return make("option", { value }, text);
  }

  const minutes = (questions) => Math.ceil(MINUTES * questions);

  function exam(place, index) {
    const notice = make("p", { class: "study-status exam-notice", role: "status" });
    const stage = make("div", {});
    let remark = ""; // on the paper that was kept
    place.append(notice, stage);

    const say = (text) => {
      notice.textContent = text;
    };

    const sizeOf = (wish) => study.mostQuestions(study.pool(index, wish));

    function titleOf({ part, chapter }) {
      const found =
        index.chapters.find((one) => one.slug === chapter) ||
        index.parts.find((one) => one.name === part);
      return found ? found.title : "Whole course";
    }

    /** The two forms from which a paper is drawn. */
    function choose() {
      delete place.dataset.phase;
      stage.replaceChildren(mixed(), skipping());
    }

    function form(title, text, fields, label, draw) {
      const made = make(
        "form", { class: "study-question exam-form", autocomplete: "off" },
        make("h2", {}, title), make("p", {}, text), ...fields,
        make(
          "div", { class: "study-check" },
          make("button", { type: "submit", class: "study-button exam-main" }, label),
        ),
      );
      made.addEventListener("submit", (event) => {
        event.preventDefault();
        begin(draw(made));
      });
      return made;
    }

    function mixed() {
      const parts = make(
        "select", { name: "part" }, option("", "the whole course"),
        ...index.parts.map(({ name, title }) => option(name, title)),
      );
      const sizes = SIZES.map((size, i) => {
        const radio = make("input", { type: "radio", name: "size", value: size });
        radio.checked = i === 0;
        return make(
          "label", { class: "exam-size" }, radio,
          make("span", {}, size + " questions"),
          make("span", { class: "study-hint" }, "about " + minutes(size) + " minutes"),
        );
      });
      const most = make("p", { class: "study-hint", role: "status" });
      const made = form(
        "A mixed paper",
        "Questions of several chapters and kinds, in mixed order. Nothing is marked " +
          "before the end, and no clock runs.",
        [
          make("label", { class: "exam-field" }, "Questions about ", parts),
          make(
            "fieldset", {}, make("legend", {}, "How many"),
            make("div", { class: "exam-sizes" }, ...sizes),
          ),
          most,
        ],
        "Draw a paper",
        ({ elements }) => ({
          ...(elements.part.value ? { part: elements.part.value } : {}),
          size: Number(elements.size.value),
        }),
      );
      const tell = () => {
        const there = sizeOf({ part: parts.value });
        most.textContent =
          there < Number(made.elements.size.value)
            ? "There are " + there + " so far, and the paper will have all of them."
            : "";
      };
      made.addEventListener("change", tell);
      tell();
      return made;
    }

    function skipping() {
      const chapters = make("select", { name: "chapter" });
      for (const { name, title } of index.parts) {
        const group = make("optgroup", { label: title });
        for (const one of index.chapters) {
          if (one.part === name && one.questions.length) {
            group.append(option(one.slug, one.title));
          }
        }
        chapters.append(group);
      }
      const most = make("p", { class: "study-hint", role: "status" });
      const made = form(
        "Can I skip a chapter?",
        SKIP + " questions from its quiz, before you read it. You can skip it if " +
          study.toSkip(SKIP) + " are right.",
        [make("label", { class: "exam-field" }, "The chapter ", chapters), most],
        "Test me",
        ({ elements }) => ({ chapter: elements.chapter.value, size: SKIP }),
      );
      const tell = () => {
        const wish = { chapter: chapters.value };
        const different = study.pool(index, wish).length;
        const size = Math.min(SKIP, sizeOf(wish));
        most.textContent =
          different < SKIP
            ? "Its quiz has " + different + " questions. " +
              (size > different
                ? size - different + " with numbers will come again with other numbers. "
                : "") +
              (size < SKIP ? "You can skip it if " + study.toSkip(size) + " of " + size +
                " are right." : "")
            : "";
      };
      made.addEventListener("change", tell);
      tell();
      return made;
    }

    function begin(wish) {
      remark = "";
      const drawn = study.drawPaper(index, wish, Math.random);
      const last = study.store.last();
      open(study.newPaper(wish, drawn, last, Date.now()), true);
    }

    /** Fetch the questions of a paper and show it. */
    function open(paper, focus) {
      say("Fetching the questions …");
      const slugs = [...new Set(paper.items.map((item) => item.slug))];
      Promise.all(slugs.map(study.load)).then(
        (decks) => {
          say(remark);
          const sources = new Map(decks.flatMap((deck) => [...deck.questions]));
          const asked = study.askedQuestions(paper, sources);
          if (paper.marked) show(paper, asked, false);
          else sit(paper, asked, focus);
        },
        () => say("The questions could not be loaded: try again later."),
      );
    }

    function keep(paper) {
      say(study.desk.write(paper) || remark);
    }

    function sit(paper, asked, focus) {
      place.dataset.phase = "paper";
      const about =
        titleOf(paper.wish) + " · about " + minutes(asked.length) + " minutes, no clock";
      const sitting = study.sit(stage, paper, asked, {
        about,
        changed: () => keep(paper),
        end: () => show(paper, asked, true),
        drop: () => leave(paper),
      });
      if (focus) sitting.focus();
    }

    function leave(paper) {
      study.desk.clear(paper);
      remark = "";
      say("");
      choose();
      stage.querySelector("select").focus();
    }

    /** Mark the paper and show it with its report; `first` rates what was asked. */
    function show(paper, asked, first) {
      const pool = new Map(study.pool(index, {}).map((one) => [one.id, one]));
      const items = asked.map(({ form, item, question, missing, status }) => {
        const empty = missing();
        const right = question.mark() && !empty;
        if (empty) {
          status.textContent = status.textContent.replace("Not right", "No answer");
        }
        form.querySelector("legend > .study-head").append(
          make("span", { class: "exam-mark" }, right ? "Right" : empty ? "No answer" : "Wrong"),
        );
        return { ...pool.get(item.id), known: item.known, right };
      });
      if (first) {
        for (const { id, rev, right } of study.outcomes(items)) {
          study.store.rate(id, right ? RIGHT : WRONG, "exam", rev);
        }
        study.recount();
        paper.marked = true;
        keep(paper);
        study.warn(place);
      }
      const skip = paper.wish.chapter;
      const title = titleOf(paper.wish) + " · " + study.date(paper.began);
      const { heading, nodes } = study.report(items, { title, skip }, index);
      place.dataset.phase = "marked";
      stage.replaceChildren(
        make("div", { class: "exam-report" }, ...nodes, actions(paper)),
        ...marked(asked),
      );
      if (first) heading.focus();
    }

    function actions(paper) {
      const button = (text, run) => {
        const made = make("button", { type: "button", class: "study-button" }, text);
        made.addEventListener("click", run);
        return made;
      };
      return make(
        "div", { class: "study-check" },
        button("Another paper like this", () => begin(paper.wish)),
        button("Choose another", () => leave(paper)),
        button("Print the marked paper", () => window.print()),
      );
    }

    /** The questions with their verdicts, and a switch to see the wrong ones alone. */
    function marked(asked) {
      const wrong = make("input", { type: "checkbox" });
      const list = make("div", { class: "exam-paper" }, ...asked.map((one) => one.form));
      for (const { form } of asked) {
        form.hidden = false;
        for (const button of form.querySelectorAll("button")) button.remove();
      }
      wrong.addEventListener("change", () => {
        for (const { form } of asked) {
          form.hidden = wrong.checked && form.dataset.state === "right";
        }
      });
      const states = new Set(asked.map((one) => one.form.dataset.state));
      return [
        make("h2", {}, "The marked paper"),
        ...(states.size > 1
          ? [make("label", { class: "exam-field" }, wrong, " Only what went wrong")]
          : []),
        list,
      ];
    }

    study.warn(place);
    const { paper, problem } = study.desk.read(index);
    choose();
    if (paper) {
      remark = problem;
      open(paper, true);
    } else {
      say(problem);
    }
  }

  for (const place of document.querySelectorAll(".study-exam")) {
    place.classList.add("study-quiz");
    place.replaceChildren();
    exam(place, study.index);
  }
})();
