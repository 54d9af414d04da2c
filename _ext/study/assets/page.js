/* What cards and questions share: the page's store, its one line, small helpers. */
(function () {
  "use strict";
  const study = window.dlblStudy;

  /** An element with attributes and children; text is always text. */
  study.make = function (tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  };

  if (!study.store) {
    // A notebook shows cards in a frame that is thrown away: memory only.
    const memory = document.querySelector("[data-study-memory]") !== null;
    study.store = study.createStore({
      local: () => (memory ? null : window.localStorage),
      session: () => window.sessionStorage,
      now: () => Date.now(),
      offset: (t) => new Date(t).getTimezoneOffset(),
      random: () =>
        [...crypto.getRandomValues(new Uint8Array(8))]
          .map((byte) => byte.toString(16).padStart(2, "0"))
          .join(""),
    });
    study.last = study.store.last();
    const listeners = [];
    /** Call a function soon after what is stored has changed, here or in another tab. */
    study.onChange = (listener) => listeners.push(listener);
    const soon = (act, wait) => {
      let isWaiting = false;
      return () => {
        if (isWaiting) return;
        isWaiting = true;
        setTimeout(() => {
          isWaiting = false;
          act();
        }, wait);
      };
    };
    study.store.watch(soon(() => {
      study.last = study.store.last();
      for (const item of document.querySelectorAll(".study-card, .study-question")) {
        item.dispatchEvent(new Event("study-change"));
      }
      for (const listener of listeners) listener();
      if (study.notice.parentNode) study.warn(study.notice.parentNode);
    }, 0));
    const refresh = soon(() => study.store.refresh(), 100);
    window.addEventListener("storage", ({ key }) => {
      if (key === null || /^dlbl:(log|meta|deck)/.test(key)) refresh();
    });
    window.addEventListener("pagehide", () => study.store.leave());
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      study.store.back();
      study.store.refresh();
    });
    const closed = [];
    window.addEventListener("beforeprint", () => {
      for (const card of document.querySelectorAll(".study-card:not([open])")) {
        closed.push(card);
        card.open = true;
      }
    });
    window.addEventListener("afterprint", () => {
      for (const card of closed.splice(0)) card.open = false;
    });
    study.notice = study.make("p", { class: "study-notice", role: "status" });
    study.notice.hidden = true;
    study.memory = memory;
  }

  /** Show what is wrong with the storage, if anything, where the reader is. */
  study.warn = function (place) {
    const problem = study.memory ? "" : study.store.problem();
    if (problem && study.notice.parentNode !== place) place.append(study.notice);
    study.notice.hidden = !problem;
    if (study.notice.textContent !== problem) study.notice.textContent = problem;
  };

  /** "20 November 2026" */
  study.date = (t) =>
    new Date(t).toLocaleDateString("en-GB", {
      day: "numeric", month: "long", year: "numeric",
    });

  /** Whether a key was pressed alone and not while typing. */
  study.isPlainKey = (event) =>
    !(event.ctrlKey || event.altKey || event.metaKey || event.repeat) &&
    !(event.target instanceof HTMLInputElement && event.target.type === "text");

  /** Set up, once each, all elements of a class that are there now. */
  study.setUp = function (selector, start) {
    for (const place of document.querySelectorAll(selector + ":not([data-ready])")) {
      place.dataset.ready = "";
      start(place);
    }
    const first = document.querySelector(selector);
    if (first && !study.notice.parentNode) study.warn(first);
  };
})();
