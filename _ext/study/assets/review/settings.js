/* The few settings of the review, each with its range. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const FIELDS = [
    ["minutes", "Minutes a sitting", 1, 600, 1],
    ["daily", "New cards a day", 0, 1000, 1],
    ["retention", "Recall wanted, in %", 70, 99, 100],
  ];

  /** A form that keeps each change; `changed()` is told. */
  study.settingsForm = function (model, changed) {
    const status = make("p", { class: "review-quiet", role: "status" });
    const made = FIELDS.map(([name, label, min, max, scale]) => {
      const value = Math.round(model.settings()[name] * scale);
      const input = make("input", { type: "number", name, min, max, step: 1, value });
      input.addEventListener("change", () => {
        if (!input.value || !input.checkValidity()) {
          status.textContent = `${label}: a whole number from ${min} to ${max}.`;
          return;
        }
        const problem = model.set({ [name]: Number(input.value) / scale });
        status.textContent = problem || "Kept.";
        changed();
      });
      return make("label", {}, label, input);
    });
    return make(
      "details", { class: "review-fold" }, make("summary", {}, "Settings"),
      make("div", { class: "review-filters" }, ...made), status,
      make(
        "p", { class: "review-quiet" },
        "At 90 % you forget about one card in ten. " +
        "The nearer to 100 %, the sooner everything comes back.",
      ),
    );
  };
})();
