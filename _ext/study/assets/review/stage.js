/* One item on the review page: a card to turn and rate, or a question to answer. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const WRONG = 1;
  const RIGHT = 3;

  /** A card of the learner's own, as the pages have theirs; its texts stay texts. */
  function ownCard({ id, text }) {
    return make(
      "details", { class: "study-card", id, "data-rev": 1 },
      make("summary", {}, make("span", { class: "study-front" }, text.front)),
      make("div", { class: "study-back" }, make("p", { class: "review-text" }, text.back)),
    );
  }

  /** The element of an item, a fresh one each time. */
  study.elementOf = async function (item) {
    if (item.kind === "own") return ownCard(item);
    const deck = await study.load(item.chapter.slug);
    const found = deck[item.type + "s"].get(item.id);
    if (!found) throw new Error(item.id + " is missing");
    return found.cloneNode(true);
  };

  /**
   * Put an item into `place`. `answered(grade)` is told once; a question then waits for
   * `next()`, which a card does not need. `open` shows a card's answer at once;
   * `turned()` is told when it shows. Gives `focus()`, `go()` to what comes next, for a
   * card `rate(grade)`, and for a question `choose(letter)`: whether it has that option.
   */
  study.stage = function (place, item, element, handlers) {
    const show = item.type === "card" ? showCard : showQuestion;
    place.className = item.type === "card" ? "study-deck" : "study-quiz";
    place.replaceChildren(element);
    return show(place, item, element, handlers);
  };

  function showCard(place, item, card, { intervals, answered, turned, open }) {
    const summary = card.querySelector("summary");
    const buttons = study.card(card, { rated: answered });
    buttons.forEach((button, i) => {
      const next = i ? study.span(intervals[i]) : "soon";
      button.append(make("span", { class: "review-next" }, next));
    });
    const turn = make(
      "button", { type: "button", class: "study-button review-turn" },
      "Show the answer", make("kbd", { "aria-hidden": "true" }, "Space"),
    );
    const go = () => {
      card.open = true;
      summary.focus();
    };
    turn.addEventListener("click", go);
    place.append(turn);
    const showState = () => {
      turn.hidden = card.open;
    };
    card.addEventListener("toggle", () => {
      showState();
      turned(card.open);
    });
    card.open = open;
    showState();
    const rate = (grade) => card.open && answered(grade);
    return {
      focus: () => summary.focus({ preventScroll: true }),
      rate, go, choose: () => false, element: card,
    };
  }

  function showQuestion(place, item, form, { answered, next }) {
    const head = form.querySelector(".study-head");
    let more = null; // the button that leads on
    head.replaceChildren("Question");
    study.question(form, {
      record: false, again: false, fresh: true,
      answered(right) {
        answered(right ? RIGHT : WRONG);
        more = make(
          "button", { type: "button", class: "study-button review-turn" },
          "Next", make("kbd", { "aria-hidden": "true" }, "Enter"),
        );
        more.addEventListener("click", next);
        place.append(make("div", { class: "review-on" }, more));
        more.focus({ preventScroll: true }); // the explanations are to be read first
      },
    });
    const focus = () => form.querySelector("input, button").focus({ preventScroll: true });
    return {
      focus,
      rate: () => {},
      go: () => (more ? next() : focus()),
      choose(letter) {
        const input = [...form.querySelectorAll("input:enabled")]
          .find(({ value, type }) => type !== "text" && value === letter.toUpperCase());
        if (!input) return false;
        input.click();
        input.focus();
        return true;
      },
      element: form,
    };
  }
})();
