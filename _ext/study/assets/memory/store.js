/* The log of ratings in localStorage, one key a tab, and the learner's settings.
 *
 * What is known is the union over all keys, by id and t. Nothing here throws, and what
 * cannot be read is never written over.
 */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const { nameOf, toRows, winner } = study;
  const LOG = "dlbl:log:";
  const META = "dlbl:meta";
  const TAB = "dlbl:tab";
  const SCHEMA = 1;
  const LONG = 100e3; // characters: a longer log is not written on, so that rating is quick
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

  const isNumber = (low, high) => (x) =>
    typeof x === "number" && x >= low && x <= high;
  const isWhole = (low, high) => (x) => Number.isSafeInteger(x) && x >= low && x <= high;
  /** The settings of who has changed none; the weights are then the scheduler's. */
  study.usual = { retention: 0.9, exported: null, minutes: 25, daily: 10 };
  const SETTINGS = {
    weights: (x) => Array.isArray(x) && x.length === 21 && x.every(isNumber(0, 100)),
    retention: isNumber(0.7, 0.99),
    exported: (x) => x === null || isWhole(1, 8.64e15)(x),
    minutes: isWhole(1, 600),
    daily: isWhole(0, 1000),
  };

  /** Of some settings those that are known and sound. */
  study.settings = function (given) {
    return Object.fromEntries(
      Object.keys(SETTINGS)
        .filter((name) => Object.hasOwn(given, name) && SETTINGS[name](given[name]))
        .map((name) => [name, given[name]]),
    );
  };

  /**
   * A store over what `env` gives: local() and session() (Storages; may throw or be
   * null), now(), offset(t) in minutes, random() (a fresh name for a key).
   */
  study.createStore = function (env) {
    const parsed = new Map(); // the logs as they were last read, by key
    const watchers = [];
    const unsaved = {}; // settings
    let mine = []; // rated in this page, stored or not; replaced, never changed
    let joined = { lists: [], events: [] }; // the union that was last made, and of what
    let tab = "";
    let reading = ""; // what was wrong when the storage was last read,
    let writing = ""; // and when it was last written

    const changed = () => watchers.forEach((watcher) => watcher());

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

    const storage = () => {
      const local = env.local();
      if (!local) throw new Error("no storage");
      return local;
    };

    /** What the meta key says, or {} where it says nothing. */
    const readMeta = (local) => {
      const text = local.getItem(META);
      return text === null ? {} : JSON.parse(text);
    };

    /** "", "newer" or "meta": whether the stored state may be written to. */
    const metaProblem = (local) => {
      if (local.getItem(META) === null) return "";
      try {
        const { schema } = readMeta(local);
        if (!Number.isSafeInteger(schema) || schema < 1) return "meta";
        return schema > SCHEMA ? "newer" : "";
      } catch (error) {
        return "meta";
      }
    };

    const readAll = () => {
      const lists = [mine];
      let whole = true;
      try {
        const local = storage();
        for (let i = 0; i < local.length; i++) {
          const key = local.key(i);
          if (!key.startsWith(LOG)) continue;
          const text = local.getItem(key) || "";
          if (!parsed.has(key) || parsed.get(key).text !== text) {
            parsed.set(key, { text, ...study.parseLog(text) });
          }
          const log = parsed.get(key);
          lists.push(log.events);
          whole = whole && log.whole;
        }
        reading = metaProblem(local) || (whole ? "" : "log");
      } catch (error) {
        reading = "off";
      }
      const isSame =
        lists.length === joined.lists.length &&
        lists.every((list, i) => list === joined.lists[i]);
      if (!isSame) joined = { lists, events: study.union(...lists) };
      return study.asGiven(joined.events, env.now());
    };

    /** Change the storage by `change(local)`, if that may be done: "" or what bars it. */
    const write = (change) => {
      let local = null;
      try {
        local = storage();
        const refused = metaProblem(local);
        if (refused) return refused;
      } catch (error) {
        return "off";
      }
      try {
        if (local.getItem(META) === null) {
          local.setItem(META, JSON.stringify({ schema: SCHEMA }));
        }
        change(local);
        return "";
      } catch (error) {
        return "full";
      }
    };

    /** Write all events of this page that its key does not hold yet. */
    const save = () =>
      write((local) => {
        let stored = local.getItem(tabKey()) || "";
        const log = study.parseLog(stored);
        const there = new Set(log.events.map(nameOf));
        const missing = mine.filter((e) => !there.has(nameOf(e)));
        if (!log.whole) reading = "log";
        if (!log.whole || stored.length > LONG) {
          tab = env.random();
          stored = "";
          mine = missing;
        }
        local.setItem(tabKey(), stored + toRows(missing));
      });

    const put = (id, g, s, r) => {
      let t = Math.max(1, Math.floor(env.now()));
      const isTaken = (e) => e.t === t && e.id === id;
      const logs = [{ events: mine }, ...parsed.values()];
      while (logs.some((log) => log.events.some(isTaken))) t += 1;
      const event = { id, t, day: study.day(t, env.offset(t)), g, s, r };
      mine = mine.concat(event);
      writing = save();
      changed();
      return event;
    };

    return {
      /** Add one rating; it is kept in memory whatever becomes of the storage. */
      rate: put,
      /** Add "suspend" or "resume". */
      note: (id, s, r) => put(id, 0, s, r),
      /** Take back an event, by one more event. */
      undo: (event) => put(event.id, 0, "undo:" + event.t.toString(36), event.r),
      /** Add events of elsewhere, all or none of them to the storage; how many are new. */
      add(events) {
        const known = new Map(readAll().map((e) => [nameOf(e), e]));
        const fresh = study.union(events).filter((e) => {
          const there = known.get(nameOf(e));
          return !there || winner(there, e) !== there;
        });
        if (fresh.length) {
          writing = write((local) => local.setItem(LOG + env.random(), toRows(fresh)));
          if (writing) mine = mine.concat(fresh);
          changed();
        }
        return fresh.length;
      },
      /** All events, in the order in which they were given. */
      events: readAll,
      /** The newest rating of each id. */
      last: () => study.newest(readAll()),
      /** Differs as soon as any rating or setting does; cheap. */
      stamp() {
        try {
          return study.stampOf(storage()) + (writing ? "+" + mine.length : "");
        } catch (error) {
          return "+" + mine.length;
        }
      },
      /** The settings; `weights` only if they are not the scheduler's own. */
      meta() {
        let stored = {};
        try {
          stored = study.settings(readMeta(storage()));
        } catch (error) {
          // there are none to be read
        }
        const fixed = { schema: SCHEMA, algorithm: "fsrs-6" };
        return { ...fixed, ...study.usual, ...stored, ...unsaved };
      },
      /** Change settings: "" or one line about why they are not stored. */
      setMeta(changes) {
        const sound = study.settings(changes);
        for (const name of Object.keys(changes)) {
          if (!Object.hasOwn(sound, name)) return "There is no such setting of " + name + ".";
        }
        Object.assign(unsaved, sound);
        const problem = write((local) => {
          const text = JSON.stringify({ ...readMeta(local), ...unsaved });
          local.setItem(META, text);
          for (const name of Object.keys(unsaved)) delete unsaved[name];
        });
        changed();
        return PROBLEMS[problem] || "";
      },
      /** Write to any other key, or remove it (null): "" or one line about why not. */
      keep(key, text) {
        const problem = write((local) => {
          if (text === null) local.removeItem(key);
          else local.setItem(key, text);
        });
        return PROBLEMS[problem] || "";
      },
      /** One line about what is wrong with the storage, or "". */
      problem: () => PROBLEMS[writing || reading] || "",
      /** Call a function after each change, here or in another tab. */
      watch: (watcher) => watchers.push(watcher),
      /** Another tab has written: what is shown may be old. */
      refresh: changed,
      /** The page is left: the next one in this tab goes on with the same key. */
      leave() {
        if (writing) writing = save();
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
