/* The section "Today": what waits, a sitting, its pause and its end. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make, press } = study;
  const KEY = "dlbl:session";

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
    const filter = { ...study.usualFilter, ...study.wishOf(location.search, model) };
    const body = make("div", {});
    let asking = null;
    let isEnd = false; // what a sitting came to is shown
    place.replaceChildren(body);

    const setBusy = (isBusy) => {
      document.documentElement.toggleAttribute("data-reviewing", isBusy);
    };

    const begin = (state) => {
      isEnd = false;
      setBusy(true);
      const session = study.createSession(state, { model, save: keep, now: () => Date.now() });
      session.keep(model.isAskable);
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
      isEnd = true;
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
        const left = study.count(state.queue.length, "card or question", "cards and questions");
        lines.push(`${left} left: you lose nothing by stopping here.`);
        buttons.push(
          press(reason === "over" ? "Go on for 5 minutes" : "Go on", () => {
            if (reason === "over") session.goOn();
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
      isEnd = false;
      const items = model.items();
      if (!items.length) {
        body.replaceChildren(make("p", {}, "This book has no cards yet."));
        return;
      }
      const tiles = make("div", { class: "review-card" });
      const refresh = () => tiles.replaceChildren(...study.start(model, filter, start, refresh));
      refresh();
      const settings = study.settingsForm(model, () => {
        refresh();
        changed();
      });
      body.replaceChildren(tiles, study.filters(model, filter, refresh), settings);
    };

    const before = kept(model);
    if (before && before.queue.some(model.isAskable)) begin(before);
    else showStart();

    return {
      /** Something was read anew, or a new day has begun. */
      refresh() {
        if (asking) asking.refresh();
        else if (!isEnd) showStart();
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

})();
