/* The section "A plan": new cards a day for a number of weeks, simulated. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const WEEKS = { usual: 12, most: 104 };

  const mean = (days, name) => days.reduce((sum, day) => sum + day[name], 0) / days.length;

  function byWeek({ days }) {
    const weeks = [];
    for (let i = 0; i < days.length; i += 7) {
      const week = days.slice(i, i + 7);
      weeks.push(["fresh", "reviews", "minutes"].map((name) => Math.round(mean(week, name))));
    }
    return weeks;
  }

  function result(plan, fresh, model) {
    const weeks = byWeek(plan);
    const most = weeks.reduce((a, b) => (b[2] > a[2] ? b : a));
    const day = study.dateOf(
      model.today() + plan.done, { day: "numeric", month: "long", year: "numeric" },
    );
    const sentence =
      `With ${study.count(plan.daily, "new card")} a day you have learned the last of ` +
      `${study.count(fresh, "card")} by ${day}. It takes ` +
      `${study.count(Math.round(mean(plan.days, "minutes")), "minute")} a day; in the busiest ` +
      `week ${study.count(most[2], "minute")}, with ${study.count(most[1], "review")} a day.`;
    const data = weeks.map(([, reviews], i) => ({ name: "week " + (i + 1), value: reviews }));
    const rows = weeks.map((week, i) => [i + 1, ...week]);
    const head = ["Week", "New a day", "Reviews a day", "Minutes a day"];
    return study.chart(sentence, study.columns(data), head, rows);
  }

  /** Fill `place`; `changed()` is told when the learner takes the plan. */
  study.planSection = function (place, { model, changed }) {
    const fresh = () =>
      model.items().filter(({ id, type }) => type === "card" && !model.memory().has(id)).length;
    const known = make("p", {});
    const input = make("input", {
      type: "number", name: "weeks", min: 1, max: WEEKS.most, step: 1, value: WEEKS.usual,
    });
    const shown = make("div", {});
    const status = make("p", { class: "review-quiet", role: "status" });

    const take = (daily) => {
      status.textContent =
        model.set({ daily }) || `Kept: ${study.count(daily, "new card")} a day.`;
      changed();
    };

    const simulate = () => {
      if (!input.value || !input.checkValidity()) {
        status.textContent = `Weeks: a whole number from 1 to ${WEEKS.most}.`;
        return;
      }
      const memories = [...model.memory().values()].filter((one) => one.reps && !one.suspended);
      const plan = study.plan({
        fresh: fresh(), weeks: Number(input.value), memories,
        scheduler: model.scheduler(), today: model.today(),
      });
      if (plan.done === null) {
        status.textContent =
          "That is too soon, even with all cards on the first day: take more weeks.";
        shown.replaceChildren();
        return;
      }
      status.textContent = `${study.count(plan.daily, "new card")} a day.`;
      shown.replaceChildren(
        result(plan, fresh(), model),
        study.press(`Learn ${study.count(plan.daily, "new card")} a day`, () => take(plan.daily)),
      );
    };

    const form = make(
      "form", { class: "review-filters review-ask", novalidate: "" },
      make("label", {}, "Weeks", input),
      make("button", { type: "submit", class: "study-button" }, "Work it out"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      simulate();
    });
    place.replaceChildren(known, form, shown, status);

    const refresh = () => {
      const left = fresh();
      form.hidden = !left;
      known.textContent = left
        ? `${study.count(left, "card")} of this book and of your own decks are new to you. ` +
          "In how many weeks do you want to have learned them?"
        : "There is no card that you have not met.";
      if (!left) shown.replaceChildren();
    };
    refresh();
    return { refresh };
  };
})();
