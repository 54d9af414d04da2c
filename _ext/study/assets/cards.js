/* Cards: open one (Space or Enter, as any <details>), then rate it with 1 to 4. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const GRADES = ["Again", "Hard", "Good", "Easy"];

  function setUp(deck) {
    const status = make("p", { class: "study-status", role: "status" });
    const keys = make("span", { class: "study-keys" });
    keys.append(
      make("kbd", {}, "Space"), " shows the answer, ",
      make("kbd", {}, "1"), "–", make("kbd", {}, "4"), " rates it",
    );
    deck.querySelector(".study-head").append(keys);
    for (const card of deck.querySelectorAll(".study-card")) addRating(card, status, deck);
    deck.append(status);
  }

  function addRating(card, status, deck) {
    const summary = card.querySelector("summary");
    const last = make("span", { class: "study-last" });
    const showLast = (event) => {
      if (!event) return;
      last.textContent =
        "Last answered " + study.date(event.t) + ": " + GRADES[event.g - 1];
      summary.append(last);
    };
    const rate = (grade) => {
      const event = study.store.rate(card.id, grade, "page", Number(card.dataset.rev));
      card.open = false;
      summary.focus();
      showLast(event);
      status.textContent = GRADES[grade - 1] + ".";
      study.warn(deck);
    };
    const row = make("div", {
      class: "study-rate", role: "group", "aria-label": "How well did you know it?",
    });
    GRADES.forEach((name, i) => {
      const button = make(
        "button",
        { type: "button", class: "study-button", "aria-keyshortcuts": i + 1 },
        make("kbd", { "aria-hidden": "true" }, String(i + 1)), name,
      );
      button.addEventListener("click", () => rate(i + 1));
      row.append(button);
    });
    card.querySelector(".study-back").append(row);
    card.addEventListener("keydown", (event) => {
      const grade = "1234".indexOf(event.key) + 1;
      if (!card.open || event.key.length !== 1 || !grade) return;
      if (!study.isPlainKey(event)) return;
      event.preventDefault();
      rate(grade);
    });
    card.addEventListener("toggle", () => {
      if (card.open) status.textContent = "";
    });
    showLast(study.last.get(card.id));
  }

  study.setUp(".study-deck", setUp);
})();
