/* Which items wait, and in which order. Pure functions of the index and the memory. */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const OWN = "own";

  /** All items of the index and of the learner's own decks, in the order of the book. */
  study.catalogue = function (index, decks) {
    const items = [];
    for (const chapter of index.chapters) {
      for (const type of ["card", "question"]) {
        for (const [id, kind, topic, level, rev, section] of chapter[type + "s"]) {
          items.push({ id, type, kind, topic, level, rev, section, chapter });
        }
      }
    }
    for (const { name, cards } of decks) {
      const chapter = { slug: "own:" + name, part: OWN, title: name, url: "", sections: {} };
      for (const { id, front, back, topic } of cards) {
        const text = { front, back };
        items.push({ id, type: "card", kind: "own", topic, level: "", rev: 1, chapter, text });
      }
    }
    return items;
  };

  /** The parts of the index, and that of the learner's own decks if there are any. */
  study.partsOf = function (index, decks) {
    const own = decks.length ? [{ name: OWN, title: "Your own" }] : [];
    return [...index.parts, ...own];
  };

  /** Whether an item is among those that a filter asks for; an empty field asks for all. */
  study.matches = function ({ chapter, topic, level }, filter) {
    const [field, name] = filter.place ? split(filter.place) : [];
    if (field && name !== { part: chapter.part, chapter: chapter.slug }[field]) return false;
    return (!filter.topic || topic === filter.topic) && (!filter.level || level === filter.level);
  };

  const split = (place) => [place.slice(0, place.indexOf(":")), place.slice(place.indexOf(":") + 1)];

  /**
   * The items to ask today: those due, then new cards as far as `daily` goes.
   *
   * Overdue ones that are easiest to save come first, so that a backlog costs least;
   * among equals the chapters are mixed, in the same order all day. New cards come in
   * the order of the book, from the chapters begun (`filter.fresh` "begun"), from all
   * ("all") or not at all ("none"). `left` is what the day's limit still allows.
   */
  study.waiting = function (items, filter, { memory, today, daily, recall }) {
    const wanted = items.filter((item) => study.matches(item, filter));
    const rank = (item) => {
      const known = memory.get(item.id);
      const mixed = scatter(item.id + " " + today);
      if (known.day >= today) return 2 + mixed; // "Again", a moment ago
      return -Math.round(recall(known) * 20) + mixed / 2;
    };
    const due = wanted
      .filter((item) => study.isDue(item, memory, today))
      .map((item) => ({ item, rank: rank(item) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
    const met = items.filter(({ id, type }) => {
      const known = memory.get(id);
      return type === "card" && known && known.reps && known.first === today;
    });
    const left = Math.max(0, daily - met.length);
    const begun = study.begun(items, memory);
    const isOpen = ({ chapter }) =>
      filter.fresh === "all" || chapter.part === OWN || begun.has(chapter.slug);
    const unmet = wanted.filter(({ id, type }) => type === "card" && !memory.has(id));
    const open = filter.fresh === "none" ? [] : unmet.filter(isOpen);
    return { due, fresh: open.slice(0, left), left, unmet: unmet.length, open: open.length };
  };

  /** The chapters of which anything was ever answered. */
  study.begun = (items, memory) =>
    new Set(
      items
        .filter(({ id }) => memory.has(id) && memory.get(id).reps)
        .map(({ chapter }) => chapter.slug),
    );

  study.isDue = function ({ id, rev }, memory, today) {
    const known = memory.get(id);
    return Boolean(known) && !known.suspended && study.dueDay(known, rev, today) <= today;
  };

  /** Whether an item may stand in a queue: it exists, and is due or new. */
  study.isAskable = (item, memory, today) =>
    Boolean(item) && (!memory.has(item.id) || study.isDue(item, memory, today));

  /** A number in [0, 1) that looks random and is the same for the same text. */
  function scatter(text) {
    let hash = 2166136261;
    for (const c of text) hash = Math.imul(hash ^ c.charCodeAt(0), 16777619);
    hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
    return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
  }
})(typeof window === "undefined" ? globalThis : window);
