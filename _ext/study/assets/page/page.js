/* What cards and questions share in a page: its store, and one line about that. */
(function () {
  "use strict";
  const study = window.dlblStudy;

  study.store = study.createStore({
    local: () => window.localStorage,
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
    if (study.warned) study.warn(study.warned);
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

  /** Show what is wrong with the storage, if anything, where the reader is. */
  study.warn = function (place) {
    study.warned = place;
    const problem = study.store.problem();
    if (problem && study.notice.parentNode !== place) place.append(study.notice);
    study.notice.hidden = !problem;
    if (study.notice.textContent !== problem) study.notice.textContent = problem;
  };
})();
