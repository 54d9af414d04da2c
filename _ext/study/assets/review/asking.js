/* The sitting on the screen: one item at a time, its tools, and the keys. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const TOOLS = [
    ["why", "w", "Why am I asked this?"],
    ["undo", "u", "Undo"],
    ["suspend", "s", "Suspend"],
    ["help", "?", "Keys"],
    ["stop", "Escape", "Stop"],
  ];
  const KEYS = [
    ["Space", "show the answer; then: Good"],
    ["1", "Again: I did not know it"],
    ["2", "Hard: I knew it with trouble"],
    ["3", "Good: I knew it"],
    ["4", "Easy: I knew it at once"],
    ["A – F", "choose an answer to a question"],
    ["Enter", "check an answer, or go on"],
    ["W", "why am I asked this?"],
    ["U", "undo the last step, as often as you like"],
    ["S", "suspend: never ask this again, until you resume it"],
    ["?", "show or hide these keys"],
    ["Esc", "stop; what is left keeps"],
  ];
  const GOOD = 3;
  const whenIdle = window.requestIdleCallback || setTimeout;

  const button = (name, key) =>
    make(
      "button", { type: "button", class: "review-tool", "aria-keyshortcuts": key },
      name, " ", make("kbd", { "aria-hidden": "true" }, key === "Escape" ? "Esc" : key.toUpperCase()),
    );

  function keyList() {
    const rows = KEYS.flatMap(([key, what]) => [
      make("dt", {}, make("kbd", {}, key)), make("dd", {}, what),
    ]);
    return make(
      "div", { class: "review-panel", id: "review-keys" },
      make("dl", { class: "review-keys" }, ...rows),
    );
  }

  /** Ask the items of a session in `place`; `stopped(reason)` is told at its end. */
  study.ask = function (place, { model, session, parts, stopped, changed }) {
    const fill = make("div", { class: "review-fill" });
    const progress = make("p", { class: "review-progress" });
    const where = make("p", { class: "review-where" });
    const said = make("p", { class: "review-said", role: "status" });
    const stage = make("div", {});
    const why = make("div", { class: "review-panel", id: "review-why" });
    const help = keyList();
    const tools = Object.fromEntries(
      TOOLS.map(([name, key, label]) => [name, button(label, key)]),
    );
    for (const [name, panel] of [["why", why], ["help", help]]) {
      panel.hidden = true;
      tools[name].setAttribute("aria-controls", panel.id);
      tools[name].setAttribute("aria-expanded", "false");
    }
    const box = make(
      "div", { class: "review-session", role: "group", "aria-label": "Review", tabindex: "-1" },
      make("div", { class: "review-track", "aria-hidden": "true" }, fill),
      progress, where, stage, said,
      make("div", { class: "review-tools" }, ...Object.values(tools)),
      why, help,
    );
    place.replaceChildren(box);

    const titles = new Map(parts.map(({ name, title }) => [name, title]));
    let shown = null; // what the stage gave
    let turn = 0; // so that what loads late for an earlier item is not shown

    const say = (text) => {
      said.textContent = text;
    };
    const left = () => study.number(session.state.queue.length) + " left";

    const showProgress = () => {
      const { queue, done, spent, limit } = session.state;
      const share = done.length / Math.max(1, done.length + queue.length);
      fill.style.width = 100 * share + "%";
      const minutes = [spent, limit].map((ms) => Math.floor(ms / 60e3));
      progress.textContent =
        `${done.length} done, ${queue.length} left · ` +
        `${minutes[0]} of ${study.count(minutes[1], "minute")}`;
      tools.undo.disabled = !done.length;
    };

    const showWhere = (item) => {
      const known = model.known(item.id);
      const part = titles.get(item.chapter.part);
      const { url, title } = item.chapter;
      const chapter = url ? make("a", { href: study.root + url }, title) : title;
      const facts = [item.topic, item.level, known ? "" : "new"].filter(Boolean);
      where.replaceChildren(part + " › ", chapter, ...facts.map((fact) => " · " + fact));
    };

    const setPanel = (name, isShown) => {
      const panel = name === "why" ? why : help;
      panel.hidden = !isShown;
      tools[name].setAttribute("aria-expanded", String(isShown));
    };

    const showWhy = () => {
      const item = model.item(shown.element.id);
      const isTurned = shown.element.open || shown.element.dataset.state;
      why.replaceChildren(...study.why(model, item, isTurned ? shown.element : null));
    };

    /** Have the next cards at hand; what fails is told when its turn comes. */
    const fetchNext = () => {
      for (const id of session.state.queue.slice(1, 4)) {
        const { kind, chapter } = model.item(id);
        if (kind !== "own") study.load(chapter.slug).catch(() => {});
      }
    };

    const end = (reason) => {
      turn += 1;
      stopped(reason);
    };

    /** The next item, or the end; `open` for the card that was open before a reload. */
    const next = async (open = false) => {
      const id = session.current();
      if (id === undefined) return end("done");
      if (session.isOver()) return end("over");
      const item = model.item(id);
      const mine = (turn += 1);
      tools.suspend.disabled = false;
      let element;
      try {
        element = await study.elementOf(item);
      } catch (error) {
        if (mine !== turn) return;
        const { slug, title } = item.chapter;
        session.keep((other) => model.item(other).chapter.slug !== slug);
        say(`The cards of ${title} could not be loaded: they are left out this time.`);
        return next();
      }
      if (mine !== turn) return;
      setPanel("why", false);
      let isAnswered = false;
      shown = study.stage(stage, item, element, {
        intervals: model.intervals(id),
        open,
        turned(isOpen) {
          if (mine !== turn) return; // told late, of a card that is gone
          session.turn(isOpen);
          if (isOpen) say(""); // it was about the card before
          if (!why.hidden) showWhy();
        },
        answered(grade) {
          if (isAnswered) return;
          isAnswered = true;
          session.answer(grade);
          showProgress();
          changed();
          study.warn(box);
          const back = grade === 1
            ? "it comes back in this session"
            : "it comes back " + study.when(model.known(id).due, model.today());
          if (item.type === "question") {
            say(`${back[0].toUpperCase()}${back.slice(1)}. ${left()}.`);
            tools.suspend.disabled = true;
            if (!why.hidden) showWhy();
            return;
          }
          say(`${study.grades[grade - 1]}: ${back}. ${left()}.`);
          next();
        },
        next() {
          say("");
          next();
        },
      });
      showProgress();
      showWhere(item);
      shown.focus();
      if (box.getBoundingClientRect().top < 0) box.scrollIntoView();
      whenIdle(fetchNext);
    };

    const act = {
      why() {
        setPanel("why", why.hidden);
        if (!why.hidden) showWhy();
      },
      help: () => setPanel("help", help.hidden),
      undo() {
        const id = session.undo();
        if (id === undefined) return say("There is nothing to undo.");
        changed();
        say("Undone: this is asked again.");
        next();
      },
      suspend() {
        if (tools.suspend.disabled) return;
        session.suspend();
        changed();
        say(`Suspended. ${left()}.`);
        next();
      },
      stop: () => end("stopped"),
    };
    for (const [name] of TOOLS) tools[name].addEventListener("click", act[name]);

    const pressed = (event) => {
      if (event.defaultPrevented || !shown) return;
      const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
      const isTyping = event.target.matches("input[type=text]");
      if (isUndo && !isTyping) {
        event.preventDefault();
        act.undo();
        return;
      }
      if (!study.isPlainKey(event) && event.key !== "Escape") return;
      const grade = "1234".indexOf(event.key) + 1;
      const tool = TOOLS.find(([, key]) => key.toLowerCase() === event.key.toLowerCase());
      const isPressed = event.target.closest("button, a, input, select");
      if (event.key.length === 1 && grade) shown.rate(grade);
      else if (tool) act[tool[0]]();
      else if (isPressed) return;
      else if (event.key === " " || event.key === "Enter") {
        if (shown.element.open) shown.rate(GOOD);
        else if (event.target.closest("summary")) return; // the card opens by itself
        else shown.go();
      } else if (!shown.choose(event.key)) return;
      event.preventDefault();
    };
    box.addEventListener("keydown", pressed);
    // Who clicks beside the sitting takes the focus from it, and still means it.
    const beside = (event) => {
      if (!box.isConnected) document.removeEventListener("keydown", beside);
      else if (event.target === document.body) pressed(event);
    };
    document.addEventListener("keydown", beside);

    next(session.state.isOpen);
    return {
      /** Something was read anew: go on with what is still to be asked. */
      refresh() {
        const before = session.current();
        session.keep(model.isAskable);
        if (session.current() !== before) next();
        else showProgress();
      },
    };
  };
})();
