/* What waits today: the numbers, the filters, the start, the pause and the end. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const KEY = "dlbl:session";
  const USUAL = { place: "", topic: "", level: "", fresh: "begun" };
  const GUESS = 15e3; // milliseconds an answer, before there are any to measure
  const LONGEST = 120e3;
  const LEVELS = ["core", "more", "deep"];

  const press = (text, act, isFirst = false) => {
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

  function kept(model) {
    try {
      return study.readSession(
        sessionStorage.getItem(KEY), model.today(), (id) => Boolean(model.item(id)),
      );
    } catch (error) {
      return null; // no storage, no session
    }
  }

  function keep(state) {
    try {
      if (state) sessionStorage.setItem(KEY, JSON.stringify(state));
      else sessionStorage.removeItem(KEY);
    } catch (error) {
      // a reload will begin a new one
    }
  }

  /** Fill `place`; `changed()` is told after each answer, `busy(is)` of sittings. */
  study.todaySection = function (place, { model, changed }) {
    const filter = { ...USUAL, ...study.wishOf(location.search, model) };
    const body = make("div", {});
    let asking = null;
    place.replaceChildren(body);

    const setBusy = (isBusy) => {
      document.documentElement.toggleAttribute("data-reviewing", isBusy);
    };

    const begin = (state) => {
      setBusy(true);
      const session = study.createSession(state, { model, save: keep, now: () => Date.now() });
      asking = study.ask(body, {
        model, session, parts: model.parts(), changed,
        stopped: (reason) => stop(session, reason),
      });
    };

    const start = (wish) => {
      const { due, fresh } = model.waiting(wish);
      const ids = [...due, ...fresh].map(({ id }) => id);
      begin(study.newSession(model.today(), ids, model.settings().minutes));
    };

    const stop = (session, reason) => {
      asking = null;
      setBusy(false);
      const { state } = session;
      const buttons = [];
      const finish = () => {
        keep(null);
        showStart();
        body.querySelector("button, a").focus();
      };
      const title = { over: "Time for a pause", done: "Done for now", stopped: "Stopped" }[reason];
      const lines = [study.summary(state, model)];
      if (reason === "done") {
        keep(null);
        lines.push(study.nextLine(model));
      } else {
        const left = study.count(state.queue.length, "card");
        lines.push(`${left} left: they keep, and you lose nothing by stopping here.`);
        buttons.push(
          press("Go on for 5 minutes", () => {
            session.goOn();
            begin(state);
          }),
        );
      }
      if (reason === "stopped") keep(null);
      if (state.done.length) {
        buttons.push(
          press("Undo the last answer", () => {
            session.undo();
            changed();
            begin(state);
          }),
        );
      }
      const heading = make("p", { class: "review-title", tabindex: "-1" }, title);
      body.replaceChildren(
        make(
          "div", { class: "review-card" }, heading,
          ...lines.filter(Boolean).map((line) => make("p", {}, line)),
          make("div", { class: "review-row" }, press("Finish", finish, true), ...buttons),
        ),
      );
      heading.focus();
      changed();
    };

    const showStart = () => {
      const items = model.items();
      if (!items.length) {
        body.replaceChildren(make("p", {}, "This book has no cards yet."));
        return;
      }
      const tiles = make("div", { class: "review-card" });
      const refresh = () => tiles.replaceChildren(...startOf(model, filter, start, refresh));
      refresh();
      const settings = study.settingsForm(model, () => {
        refresh();
        changed();
      });
      body.replaceChildren(tiles, filters(model, filter, refresh), settings);
    };

    const before = kept(model);
    if (before && before.queue.length) begin(before);
    else showStart();

    return {
      /** Something was read anew, or a new day has begun. */
      refresh() {
        if (asking) asking.refresh();
        else if (!body.querySelector(".review-title")) showStart();
      },
    };
  };

  /** What the page's address asks for: ?chapter=slug, ?part=name. */
  study.wishOf = function (search, model) {
    const wish = new URLSearchParams(search);
    for (const field of ["chapter", "part"]) {
      const name = wish.get(field);
      const place = field + ":" + name;
      if (name && model.items().some((item) => study.matches(item, { place }))) {
        return { place };
      }
    }
    return {};
  };

  /** What was done in a sitting: one sentence. */
  study.summary = function ({ done, spent }, model) {
    const answers = done.filter(({ g }) => g);
    if (!answers.length) return "You answered nothing this time.";
    const again = answers.filter(({ g }) => g === 1).length;
    const known =
      again === 0 ? "and knew every one" : `${answers.length - again} known, ${again} not`;
    const suspended = done.length - answers.length;
    const aside = suspended ? ` ${study.count(suspended, "card")} suspended.` : "";
    return (
      `You gave ${study.count(answers.length, "answer")} in ` +
      `${study.minutes(spent)}, ${known}.${aside}`
    );
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
    return `Next: ${study.count(many, "card")} ${study.when(first, today)}.`;
  };

  const tile = (number, label) =>
    make(
      "div", { class: "review-tile" },
      make("span", { class: "review-number" }, number.toLocaleString("en-GB")), " ",
      make("span", {}, label),
    );

  /** The card at the top: what waits, and what to press. */
  function startOf(model, filter, start, refresh) {
    const { due, fresh, left, unmet, open } = model.waiting(filter);
    const total = due.length + fresh.length;
    const isFiltered = Boolean(filter.place || filter.topic || filter.level);
    if (!model.items().some(({ id }) => model.known(id))) {
      return firstTime(model, filter, start);
    }
    const tiles = make("div", { class: "review-tiles" }, tile(due.length, "due"), tile(fresh.length, "new"));
    if (total) {
      const time = study.minutes(total * study.pace(model.events()));
      return [
        tiles,
        make("p", { class: "review-quiet" }, `${time[0].toUpperCase()}${time.slice(1)} for all of them.`),
        make("div", { class: "review-row" }, press("Start", () => start(filter), true)),
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
      buttons.push(press("Learn new cards all the same", () => start(all), true));
    }
    if (isFiltered) {
      buttons.push(
        press("Show everything", () => {
          Object.assign(filter, USUAL);
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
  }

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
        press(`Or start with ${study.count(fresh.length, "new card")} here`, () => start(all)),
      ),
    ];
  }

  function filters(model, filter, refresh) {
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
  }
})();
