/* The desk: one paper, kept in localStorage, so that a reload loses no answer.
 *
 * A paper is {schema, name, began: unix ms, wish: {part | chapter, size}, at, marked,
 * items}; an item is {slug, id, rev, known, drawn, answer, flag}, where `known` says
 * that it had been answered before, and `answer` lists letters, words or places.
 */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const KEY = "dlbl:exam";
  const SCHEMA = 1;
  const MOST = 200; // items of a paper
  const OFF = "This browser keeps nothing here: the paper is lost when the page is closed.";
  const OTHER =
    "A newer paper lies in another tab: this one is lost when the page is closed.";
  const UNREADABLE = "The paper that was kept here cannot be read: draw a new one.";
  const NEWER =
    "The paper that is kept here was drawn by a newer version of this course: " +
    "it is left as it is, and a new one is lost when the page is closed.";
  const CHANGED = "Questions that changed since the paper was drawn are left out.";

  const isText = (x) => typeof x === "string";
  const isObject = (x) => x !== null && typeof x === "object" && !Array.isArray(x);

  const isItem = (x) =>
    isObject(x) && isText(x.slug) && isText(x.id) && Number.isSafeInteger(x.rev) &&
    Array.isArray(x.answer) && x.answer.every(isText) &&
    (x.drawn === null || isObject(x.drawn));

  const isPaper = (x) =>
    isObject(x) && x.schema === SCHEMA && isText(x.name) &&
    Number.isSafeInteger(x.began) && isObject(x.wish) &&
    [x.wish.part, x.wish.chapter].every((one) => one === undefined || isText(one)) &&
    Array.isArray(x.items) && x.items.length <= MOST && x.items.every(isItem);

  function parse(text) {
    try {
      return JSON.parse(text);
    } catch (error) {
      return null;
    }
  }

  /** A new paper of these questions, which `last` may know. */
  study.newPaper = (wish, questions, last, now) => ({
    schema: SCHEMA,
    name: Math.random().toString(36).slice(2),
    began: now,
    wish,
    at: 0,
    marked: false,
    items: questions.map(({ slug, id, rev }) => ({
      slug, id, rev, known: last.has(id), drawn: null, answer: [], flag: false,
    })),
  });

  study.desk = {
    /** What is kept: {paper, or null; problem: one line or ""}. */
    read(index) {
      let text = null;
      try {
        text = localStorage.getItem(KEY);
      } catch (error) {
        return { paper: null, problem: OFF };
      }
      if (text === null) return { paper: null, problem: "" };
      const kept = parse(text);
      if (isObject(kept) && kept.schema > SCHEMA) return { paper: null, problem: NEWER };
      if (!isPaper(kept)) return { paper: null, problem: UNREADABLE };
      const revs = new Map(study.pool(index, {}).map((one) => [one.id, one.rev]));
      const items = kept.items.filter((one) => revs.get(one.id) === one.rev);
      if (!items.length) return { paper: null, problem: UNREADABLE };
      const at = Math.min(Math.max(0, Math.trunc(kept.at) || 0), items.length - 1);
      const paper = { ...kept, items, at, marked: kept.marked === true };
      return { paper, problem: items.length < kept.items.length ? CHANGED : "" };
    },
    /** Keep a paper, unless a newer one lies there; one line says what went wrong. */
    write(paper) {
      try {
        const kept = parse(localStorage.getItem(KEY));
        if (isObject(kept) && kept.schema > SCHEMA) return NEWER;
        if (isPaper(kept) && kept.name !== paper.name && kept.began > paper.began) {
          return OTHER;
        }
        localStorage.setItem(KEY, JSON.stringify(paper));
        return "";
      } catch (error) {
        return OFF;
      }
    },
    /** Take a paper away, if it is the one that lies there. */
    clear(paper) {
      try {
        const kept = parse(localStorage.getItem(KEY));
        if (isPaper(kept) && kept.name === paper.name) localStorage.removeItem(KEY);
      } catch (error) {
        // nothing is kept
      }
    },
  };
})();
