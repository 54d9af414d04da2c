/* Where the learner stands: forecast, true retention, each part, leeches, suspended. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const DAYS = 14;
  const WEEKS = 8;
  const NEAR = 5; // answers that make a week's share worth a point
  const LOW = 0.5; // where the chart of retention begins

  function forecast(model) {
    const today = model.today();
    const counts = study.forecast(model.items(), model.memory(), today, DAYS);
    const sum = counts.reduce((a, b) => a + b, 0);
    if (!sum) return make("p", {}, `Nothing is due in the next ${DAYS} days.`);
    const most = Math.max(...counts);
    const peak = study.when(today + counts.indexOf(most), today);
    const sentence =
      `In the next ${DAYS} days ${study.count(sum, "answer")} ${sum === 1 ? "falls" : "fall"} ` +
      `due: the most, ${study.number(most)}, ${peak}.`;
    const name = (i) =>
      i === 0 ? "today" : study.dateOf(today + i, { weekday: "short", day: "numeric" });
    const data = counts.map((value, i) => ({ name: name(i), value }));
    const rows = counts.map((n, i) => [
      i ? study.dateOf(today + i, { weekday: "long", day: "numeric", month: "long" }) : "today", n,
    ]);
    return study.chart(sentence, study.columns(data), ["Day", "Due"], rows);
  }

  function retention(model) {
    const weeks = study.retention(model.events(), model.today(), WEEKS);
    const sum = (name) => weeks.reduce((total, week) => total + week[name], 0);
    const asked = sum("asked");
    const aim = model.settings().retention;
    if (!asked) {
      return make(
        "p", { class: "review-quiet" },
        "How much you keep shows here once cards have come back on a later day.",
      );
    }
    const sentence =
      `In the last ${WEEKS} weeks you knew ${study.percent(sum("known") / asked)} of ` +
      `${study.count(asked, "answer")} on a later day; the aim is ${study.percent(aim)}.`;
    const name = ({ from }) => study.dateOf(from, { day: "numeric", month: "short" });
    const data = weeks.map((week) => ({
      name: name(week), value: week.asked >= NEAR ? week.known / week.asked : null,
    }));
    const rows = weeks.map((week) => [
      `${name(week)} – ${study.dateOf(week.to, { day: "numeric", month: "short" })}`,
      week.asked, week.known, week.asked ? study.percent(week.known / week.asked) : "–",
    ]);
    const head = ["Week", "Asked", "Known", "Share"];
    return study.chart(sentence, study.shares(data, aim, LOW), head, rows);
  }

  function learned(model) {
    const all = study.learned(model.items(), model.memory());
    const groups = model.parts().map(({ name, title }) => ({
      title, has: ({ chapter }) => chapter.part === name,
    }));
    const rows = study.learnedBy(groups, model.items(), model.memory());
    const started = all.total - all.unmet;
    const aside = all.aside ? `, ${all.aside} suspended` : "";
    const sentence = started
      ? `You have met ${started} of ${study.count(all.total, "card")}: ${all.firm} firm ` +
        `(back in three weeks or later), ${all.fresh} fresh${aside}.`
      : `You have met none of ${study.count(all.total, "card")} yet.`;
    const data = rows.map(({ title, firm, fresh, unmet, total }) => ({
      title, total, values: [firm, fresh], text: `${firm} firm · ${fresh} fresh · ${unmet} new`,
    }));
    const chapters = [...new Set(model.items().map(({ chapter }) => chapter))];
    const byChapter = study.learnedBy(
      chapters.map((one) => ({ title: one.title, has: ({ chapter }) => chapter === one })),
      model.items(), model.memory(),
    );
    const table = byChapter.map((row) =>
      [row.title, row.firm, row.fresh, row.unmet, row.aside, row.total]);
    const head = ["Chapter", "Firm", "Fresh", "New", "Suspended", "All"];
    return study.chart(sentence, study.stacks(data), head, table);
  }

  /** A list of items, each with its place, what to say of it, and one thing to do. */
  function list(model, items, { title, about, say, name, act, done }) {
    const rows = items.map((item) => {
      const front = make("span", { class: "review-front" }, item.text ? item.text.front : item.id);
      if (!item.text) {
        study.elementOf(item).then((made) => {
          const prompt = made.querySelector(".study-front, .study-prompt");
          front.replaceChildren(...prompt.childNodes);
        }).catch(() => {}); // its id stays
      }
      const button = make("button", { type: "button", class: "study-button" }, name);
      button.addEventListener("click", () => {
        act(item);
        done();
      });
      const link = study.taught(item);
      const where = link ? [link, " · "] : [];
      return make(
        "li", {}, make("div", {}, front, make("div", { class: "review-quiet" }, ...where, say(item))),
        button,
      );
    });
    return [
      make("p", { class: "review-title", tabindex: "-1" }, title),
      make("p", { class: "review-quiet" }, about), make("ul", { class: "review-list study-deck" }, ...rows),
    ];
  }

  function lists(model, done) {
    const leeches = study.leeches(model.items(), model.memory());
    const aside = study.suspended(model.items(), model.memory());
    const made = [];
    if (leeches.length) {
      made.push(...list(model, leeches, {
        title: "Forgotten again and again",
        about: "Read their paragraph again before the next time, or suspend them.",
        say: ({ id }) => `forgotten ${study.times(model.known(id).lapses)}`,
        name: "Suspend", act: ({ id }) => model.suspend(id), done,
      }));
    }
    if (aside.length) {
      made.push(...list(model, aside, {
        title: "Suspended", about: "These are not asked until you resume them.",
        say: ({ topic }) => topic, name: "Resume", act: ({ id }) => model.resume(id), done,
      }));
    }
    return made;
  }

  /** Fill `place`; `changed()` is told when something was suspended or resumed. */
  study.standingSection = function (place, { model, changed }) {
    const refresh = () => {
      const done = () => {
        changed();
        (place.querySelector(".review-title") || place.querySelector("summary")).focus();
      };
      place.replaceChildren(
        forecast(model), retention(model), learned(model), ...lists(model, done),
      );
    };
    refresh();
    return { refresh };
  };
})();
