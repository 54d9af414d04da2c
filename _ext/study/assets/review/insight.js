/* What the log says about the learner: numbers only, no drawing. */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const AGAIN = 1;
  const FORGOTTEN = 4; // lapses that make a leech
  const FIRM = 21; // days until an item comes back

  /** The ratings that were not undone, oldest first. */
  study.ratings = function (events) {
    const undone = new Set();
    const kept = [];
    for (const e of [...events].reverse()) {
      if (undone.has(e.id + " " + e.t)) continue;
      if (e.g) kept.push(e);
      else if (e.s.startsWith("undo:")) undone.add(e.id + " " + parseInt(e.s.slice(5), 36));
    }
    return kept.reverse();
  };

  /** How many items come due on each of the next days; the first holds all due today. */
  study.forecast = function (items, memory, today, days) {
    const counts = new Array(days).fill(0);
    for (const { id, rev } of items) {
      const known = memory.get(id);
      if (!known || !known.reps || known.suspended) continue;
      const place = Math.max(0, study.dueDay(known, rev, today) - today);
      if (place < days) counts[place] += 1;
    }
    return counts;
  };

  /**
   * True retention, week by week, the newest last: of the items that were asked on a
   * later day than the time before, how many were known: [{from, to, known, asked}].
   */
  study.retention = function (events, today, weeks) {
    const found = Array.from({ length: weeks }, (_, i) => {
      const to = today - 7 * (weeks - 1 - i);
      return { from: to - 6, to, known: 0, asked: 0 };
    });
    const days = new Map();
    for (const { id, day, g } of study.ratings(events)) {
      const before = days.get(id);
      days.set(id, Math.max(day, before === undefined ? day : before));
      if (before === undefined || day <= before) continue;
      const week = found[weeks - 1 - Math.floor((today - day) / 7)];
      if (!week || day > today) continue;
      week.asked += 1;
      week.known += g === AGAIN ? 0 : 1;
    }
    return found;
  };

  /** The items forgotten most often, at least FORGOTTEN times. */
  study.leeches = (items, memory) =>
    items
      .filter(({ id }) => memory.has(id) && memory.get(id).lapses >= FORGOTTEN)
      .filter(({ id }) => !memory.get(id).suspended)
      .sort((a, b) => memory.get(b.id).lapses - memory.get(a.id).lapses);

  study.suspended = (items, memory) =>
    items.filter(({ id }) => memory.has(id) && memory.get(id).suspended);

  /**
   * How firmly the cards sit: firm (back in 21 days or later), fresh (sooner), new, aside
   * (suspended), total.
   */
  study.learned = function (items, memory) {
    const counts = { firm: 0, fresh: 0, unmet: 0, aside: 0, total: 0 };
    for (const { id, type } of items) {
      if (type !== "card") continue;
      const known = memory.get(id);
      counts.total += 1;
      if (!known) counts.unmet += 1;
      else if (known.suspended) counts.aside += 1;
      else if (known.interval >= FIRM) counts.firm += 1;
      else counts.fresh += 1;
    }
    return counts;
  };

  /** The same for each of some groups: [{title, firm, fresh, …}]. */
  study.learnedBy = (groups, items, memory) =>
    groups
      .map(({ title, has }) => ({ title, ...study.learned(items.filter(has), memory) }))
      .filter(({ total }) => total);
})(typeof window === "undefined" ? globalThis : window);
