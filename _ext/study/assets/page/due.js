/* How many cards and questions are due, in the header of every page.
 *
 * The count is kept as {stamp, days: [[day, count], …]}. Where anything was rated since,
 * the scheduler and the index of all items are loaded, and it is made anew.
 */
(function () {
  "use strict";
  const study = (window.dlblStudy = window.dlblStudy || {});
  const link = document.querySelector(".study-due");
  if (!link) return;
  const KEY = "dlbl:due";
  const MOST = 999; // so that it fits
  const folder = new URL(".", document.currentScript.src).href;
  const idle = window.requestIdleCallback || setTimeout;
  let wanted = false;

  const today = () => {
    const now = new Date();
    return study.day(now.getTime(), now.getTimezoneOffset());
  };

  function show(days) {
    const due = days.filter(([day]) => day <= today());
    const number = due.reduce((sum, [, count]) => sum + count, 0);
    link.textContent = (number > MOST ? MOST + "+" : number) + " due";
    link.setAttribute("aria-label", link.textContent + ": review");
    link.hidden = false;
  }

  function load(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = folder + name;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  async function count() {
    if (!study.dueDays) await load("study.js");
    if (!study.index) await load("study/index.js");
    wanted = false;
    const days = study.dueDays(study.index, today());
    show(days);
    study.store.keep(KEY, JSON.stringify({ stamp: study.stampOf(localStorage), days }));
  }

  /** Count again when the browser has nothing else to do. */
  study.recount = function () {
    if (wanted) return;
    wanted = true;
    idle(() => count().catch(() => {})); // then no count is shown
  };

  function start() {
    try {
      if (!Object.keys(localStorage).some((key) => key.startsWith("dlbl:log:"))) return;
    } catch (error) {
      return; // nothing is stored here
    }
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      if (kept.stamp === study.stampOf(localStorage)) return show(kept.days);
    } catch (error) {
      // there is none, or it is damaged
    }
    if (document.readyState === "complete") study.recount();
    else addEventListener("load", study.recount);
  }

  start();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) start();
  });
})();
