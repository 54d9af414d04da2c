/* What waits: the numbers, what to press, and the filters. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const GUESS = 15e3; // milliseconds an answer, before there are any to measure
  const LONGEST = 120e3;
  const LEVELS = ["core", "more", "deep"];
  study.usualFilter = { place: "", topic: "", level: "", fresh: "begun" };

  /** A button with its action; the first of a row stands out. */
  study.press = (text, act, isFirst = false) => {
    const made = make(
      "button", { type: "button", class: "study-button" + (isFirst ? " review-first" : "") }, text,
    );
    made.addEventListener("click", act);
    return made;
  };

  const option = (value, text, chosen) => {
    const made = make("option", { value }, text);
    made.selected = value === chosen;
    return made;
  };

  /** How long an answer takes here: the mean time between answers in a sitting. */
  study.pace = function (events) {
    const recent = events.filter(({ s }) => s === "review").slice(-200);
    const gaps = recent.slice(1).map((e, i) => e.t - recent[i].t)
      .filter((gap) => gap > 0 && gap <= LONGEST);
    if (gaps.length < 10) return GUESS;
    return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  };

  /** When the next items are due: one sentence, empty if nothing is scheduled. */
  study.nextLine = function (model) {
    const today = model.today();
    const days = model.items()
      .map((item) => [item, model.known(item.id)])
      .filter(([, known]) => known && !known.suspended)
      .map(([item, known]) => study.dueDay(known, item.rev, today))
      .filter((day) => day > today);
    if (!days.length) return "";
    const first = days.reduce((a, b) => Math.min(a, b));
    const many = days.filter((day) => day === first).length;
    const next = many === 1 ? "The next one comes" : `The next ${study.number(many)} come`;
    return `${next} back ${study.when(first, today)}.`;
  };

  const tile = (number, label) =>
    make(
      "div", { class: "review-tile" },
      make("span", { class: "review-number" }, number.toLocaleString("en-GB")), " ",
      make("span", {}, label),
    );

  /** The card at the top: what waits, and what to press. */
  study.start = function (model, filter, start, refresh) {
    const { due, fresh, left, unmet, open } = model.waiting(filter);
    const total = due.length + fresh.length;
    const isFiltered = Boolean(filter.place || filter.topic || filter.level);
    if (!model.items().some(({ id }) => model.known(id))) {
      return firstTime(model, filter, start);
    }
    const tiles = make("div", { class: "review-tiles" }, tile(due.length, "due"), tile(fresh.length, "new"));
    if (total) {
      const ms = total * study.pace(model.events());
      const time = study.minutes(ms);
      const { minutes } = model.settings();
      const pause = ms > minutes * 60e3
        ? ` After ${study.count(minutes, "minute")} you are asked whether to go on.` : "";
      return [
        tiles,
        make(
          "p", { class: "review-quiet" },
          `${time[0].toUpperCase()}${time.slice(1)} for all of them.${pause}`,
        ),
        make("div", { class: "review-row" }, study.press("Start", () => start(filter), true)),
      ];
    }
    const lines = [
      isFiltered ? "Nothing waits in this selection." : "Nothing is due now: well done.",
      study.nextLine(model),
    ];
    const buttons = [];
    if (!left && unmet && filter.fresh !== "none") {
      lines.push("You have met today's new cards; the limit is among the settings below.");
    } else if (!open && unmet) {
      lines.push(`${study.count(unmet, "new card")} in chapters that you have not begun.`);
      const all = { ...filter, fresh: "all" };
      buttons.push(study.press("Learn new cards all the same", () => start(all), true));
    }
    if (isFiltered) {
      buttons.push(
        study.press("Show everything", () => {
          Object.assign(filter, study.usualFilter);
          for (const select of document.querySelectorAll(".review-filters select")) {
            select.value = filter[select.name];
          }
          refresh();
        }),
      );
    }
    return [
      tiles, ...lines.filter(Boolean).map((line) => make("p", {}, line)),
      make("div", { class: "review-row" }, ...buttons),
    ];
  };

  function firstTime(model, filter, start) {
    const { title, url } = model.index.chapters[0] || {};
    const link = url ? make("a", { href: study.root + url }, title) : "";
    const advice = url
      ? ["Read a chapter, ", link, " say, and answer its cards and questions: they come back here."]
      : ["Answer a card, and it comes back here."];
    const all = { ...filter, fresh: "all" };
    const { fresh } = model.waiting(all);
    return [
      make("p", { class: "review-title" }, "No cards yet"),
      make("p", {}, ...advice),
      make(
        "div", { class: "review-row" },
        study.press(`Or start with ${study.count(fresh.length, "new card")} here`, () => start(all)),
      ),
    ];
  }

  /** The filters, in a fold; each change calls `refresh`. */
  study.filters = function (model, filter, refresh) {
    const items = model.items();
    const chapters = [...new Set(items.map(({ chapter }) => chapter))];
    const topics = [...new Set(items.map(({ topic }) => topic))].filter(Boolean).sort();
    const levels = LEVELS.filter((level) => items.some((item) => item.level === level));
    const groups = model.parts().map(({ name, title }) =>
      make(
        "optgroup", { label: title },
        option("part:" + name, "All of " + title, filter.place),
        ...chapters.filter(({ part }) => part === name)
          .map(({ slug, title }) => option("chapter:" + slug, title, filter.place)),
      ),
    );
    const plain = (all, names, chosen) =>
      [option("", all, chosen), ...names.map((name) => option(name, name, chosen))];
    const fields = [
      ["place", "Part or chapter", [option("", "The whole book", filter.place), ...groups]],
      ["topic", "Topic", plain("All topics", topics, filter.topic)],
      ["level", "Level", plain("All levels", levels, filter.level)],
      ["fresh", "New cards", [
        option("begun", "From chapters begun", filter.fresh),
        option("all", "From all chapters, in order", filter.fresh),
        option("none", "None today", filter.fresh),
      ]],
    ];
    const made = fields.map(([name, label, options]) => {
      const select = make("select", { name }, ...options);
      select.addEventListener("change", () => {
        filter[name] = select.value;
        refresh();
        const { due, fresh } = model.waiting(filter);
        status.textContent = `${due.length} due, ${fresh.length} new in this selection.`;
      });
      return make("label", {}, label, select);
    });
    const status = make("p", { class: "study-hidden", role: "status" });
    return make(
      "details", { class: "review-fold" }, make("summary", {}, "Choose what to review"),
      make("div", { class: "review-filters" }, ...made), status,
    );
  };
})();
