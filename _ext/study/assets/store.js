/* The log of ratings: append-only events in localStorage, one key a tab.
 *
 * An event is {id, t: unix ms, day: local day number, g: grade 1-4, s: source, r: rev};
 * a key holds one event a line. What is known is the union over all keys, by id and t.
 * Nothing here throws, and what cannot be read is never written over.
 */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const LOG = "dlbl:log:";
  const META = "dlbl:meta";
  const TAB = "dlbl:tab";
  const SCHEMA = 1;
  const NEW_DAY = 4 * 3600e3 + 1; // a day begins at 04:00
  const PROBLEMS = {
    off: "This browser stores nothing here: answers are kept until the page is closed.",
    full: "The browser's storage is full: answers are kept until the page is closed.",
    newer:
      "Saved by a newer version of this course: nothing is written, " +
      "answers are kept until the page is closed.",
    meta:
      "The saved progress cannot be read and is left as it is: " +
      "answers are kept until the page is closed.",
    log: "Part of the saved progress cannot be read and is left as it is.",
  };

  /** The local day of a time; offset in minutes, as getTimezoneOffset() gives it. */
  study.day = function (t, offset) {
    return Math.floor((t - offset * 60e3 - NEW_DAY) / 86400e3);
  };

  study.isEvent = function (e) {
    return (
      e !== null && typeof e === "object" &&
      typeof e.id === "string" && /^[a-z0-9-]{1,80}$/.test(e.id) &&
      Number.isSafeInteger(e.t) && e.t > 0 && e.t < 8.64e15 &&
      Number.isSafeInteger(e.day) &&
      (e.g === 1 || e.g === 2 || e.g === 3 || e.g === 4) &&
      typeof e.s === "string" && e.s.length <= 20 &&
      Number.isSafeInteger(e.r) && e.r > 0
    );
  };

  /** The events of a stored text, and whether every line was one. */
  study.parseLog = function (text) {
    const events = [];
    let whole = true;
    for (const line of text.split("\n")) {
      if (!line) continue;
      let event = null;
      try {
        event = JSON.parse(line);
      } catch (error) {
        // not JSON: `whole` says so
      }
      if (study.isEvent(event)) events.push(event);
      else whole = false;
    }
    return { events, whole };
  };

  const nameOf = (e) => e.id + " " + e.t;
  const toLines = (events) => events.map((e) => JSON.stringify(e) + "\n").join("");

  /**
   * A store over what `env` gives: local() and session() (Storages; may throw or be
   * null), now(), offset(t) in minutes, random() (a fresh name for a key).
   */
  study.createStore = function (env) {
    const mine = []; // rated in this page, stored or not
    const names = new Set();
    let tab = "";
    let problem = "";

    const tabKey = () => {
      if (!tab) {
        // Taken out while in use, so that a duplicated tab does not get it too.
        try {
          tab = env.session().getItem(TAB) || "";
          env.session().removeItem(TAB);
        } catch (error) {
          tab = "";
        }
        if (!/^[0-9a-z]{6,32}$/.test(tab)) tab = env.random();
      }
      return LOG + tab;
    };

    /** "", "newer" or "meta": whether the stored state may be written to. */
    const metaProblem = (local) => {
      const text = local.getItem(META);
      if (text === null) return "";
      let meta = null;
      try {
        meta = JSON.parse(text);
      } catch (error) {
        return "meta";
      }
      if (meta === null || !Number.isSafeInteger(meta.schema)) return "meta";
      if (meta.schema > SCHEMA) return "newer";
      return meta.schema < 1 ? "meta" : "";
    };

    const readAll = () => {
      const found = new Map();
      let whole = true;
      problem = "";
      try {
        const local = env.local();
        if (!local) throw new Error("no storage");
        for (let i = 0; i < local.length; i++) {
          const key = local.key(i);
          if (!key.startsWith(LOG)) continue;
          const log = study.parseLog(local.getItem(key) || "");
          for (const e of log.events) found.set(nameOf(e), e);
          whole = whole && log.whole;
        }
        problem = metaProblem(local) || (whole ? "" : "log");
      } catch (error) {
        problem = "off";
      }
      for (const e of mine) found.set(nameOf(e), e);
      return [...found.values()].sort((a, b) => a.t - b.t);
    };

    /** Write all events of this page that its key does not hold yet. */
    const write = () => {
      let local = null;
      try {
        local = env.local();
        if (!local) throw new Error("no storage");
        const refused = metaProblem(local);
        if (refused) return refused;
        let stored = local.getItem(tabKey()) || "";
        let log = study.parseLog(stored);
        const damaged = !log.whole;
        if (damaged) {
          tab = env.random();
          stored = "";
          log = study.parseLog(stored);
        }
        const there = new Set(log.events.map(nameOf));
        const lines = toLines(mine.filter((e) => !there.has(nameOf(e))));
        try {
          if (local.getItem(META) === null) {
            local.setItem(META, JSON.stringify({ schema: SCHEMA }));
          }
          local.setItem(tabKey(), stored + lines);
        } catch (error) {
          return "full";
        }
        return damaged || problem === "log" ? "log" : "";
      } catch (error) {
        return "off";
      }
    };

    return {
      /** Add one rating; it is kept in memory whatever becomes of the storage. */
      rate(id, g, s, r) {
        let t = env.now();
        while (names.has(id + " " + t)) t += 1;
        const event = { id, t, day: study.day(t, env.offset(t)), g, s, r };
        names.add(nameOf(event));
        mine.push(event);
        problem = write();
        return event;
      },
      /** All events, oldest first. */
      events: readAll,
      /** The newest event of each id. */
      last() {
        const newest = new Map();
        for (const e of readAll()) newest.set(e.id, e);
        return newest;
      },
      /** One line about what is wrong with the storage, or "". */
      problem: () => (problem ? PROBLEMS[problem] : ""),
      /** The page is left: the next one in this tab goes on with the same key. */
      leave() {
        try {
          if (tab) env.session().setItem(TAB, tab);
        } catch (error) {
          // the next page takes a key of its own
        }
      },
      /** The page is back from the browser's memory: take the key out again. */
      back() {
        try {
          env.session().removeItem(TAB);
        } catch (error) {
          // it was not stored
        }
      },
    };
  };
})(typeof window === "undefined" ? globalThis : window);
