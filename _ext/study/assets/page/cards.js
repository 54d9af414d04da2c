/* Cards: open one (Space or Enter, as any <details>), then rate it with 1 to 4. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  study.grades = ["Again", "Hard", "Good", "Easy"];

  /** Let a card be rated, by key or button; `rated(grade)` is told. The buttons. */
  study.card = function (card, { rated }) {
    const buttons = study.grades.map((name, i) => {
      const button = make(
        "button",
        { type: "button", class: "study-button", "aria-keyshortcuts": i + 1 },
        make("kbd", { "aria-hidden": "true" }, String(i + 1)), name,
      );
      button.addEventListener("click", () => rated(i + 1));
      return button;
    });
    card.querySelector(".study-back").append(
      make(
        "div",
        { class: "study-rate", role: "group", "aria-label": "How well did you know it?" },
        ...buttons,
      ),
    );
    card.addEventListener("keydown", (event) => {
      const grade = "1234".indexOf(event.key) + 1;
      if (!card.open || event.key.length !== 1 || !grade) return;
      if (!study.isPlainKey(event)) return;
      event.preventDefault();
      rated(grade);
    });
    return buttons;
  };

  function addRating(card, status, deck) {
    const summary = card.querySelector("summary");
    const last = make("span", { class: "study-last" });
    const showLast = (event) => {
      if (!event) return last.remove();
      last.textContent =
        "Last answered " + study.date(event.t) + ": " + study.grades[event.g - 1];
      summary.append(last);
    };
    study.card(card, {
      rated(grade) {
        showLast(study.store.rate(card.id, grade, "page", Number(card.dataset.rev)));
        card.open = false;
        summary.focus();
        status.textContent = study.grades[grade - 1] + ".";
        study.warn(deck);
      },
    });
    card.addEventListener("toggle", () => {
      if (card.open) status.textContent = "";
    });
    const showNewest = () => showLast(study.last.get(card.id));
    card.addEventListener("study-change", showNewest);
    showNewest();
  }

  study.setUp(".study-deck", (deck) => {
    const status = make("p", { class: "study-status", role: "status" });
    const keys = make("span", { class: "study-keys" });
    keys.append(
      make("kbd", {}, "Space"), " shows the answer, ",
      make("kbd", {}, "1"), "–", make("kbd", {}, "4"), " rates it",
    );
    deck.querySelector(".study-head").append(keys);
    for (const card of deck.querySelectorAll(".study-card")) addRating(card, status, deck);
    deck.append(status);
  });
})();
