/* Events: what was rated, and when. They are only ever added.
 *
 * An event is {id, t: unix ms, day: local day number, g: grade 1-4, s: source, r: rev};
 * g 0 is no rating: s is "suspend", "resume", or "undo:" and the undone event's t in
 * base 36. A log holds one event a line, stored as the array of these six values (lines
 * with whole objects are read too). Its name is its id and t.
 */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const SKEW = 60e3; // ms by which clocks may differ
  const UNDO = "undo:";
  const SOURCES = [
    /^(suspend|resume|undo:[0-9a-z]{1,11})$/, // where g is 0
    /^(page|quiz|review|exam)$/,
  ];

  const ids = new Set(); // so that each is looked at once
  const isId = (id) =>
    ids.has(id) || (/^[a-z0-9-]{1,80}$/.test(id) && Boolean(ids.add(id)));

  study.isEvent = function (e) {
    return (
      e !== null && typeof e === "object" &&
      typeof e.id === "string" && isId(e.id) &&
      Number.isSafeInteger(e.t) && e.t > 0 && e.t < 8.64e15 &&
      Number.isInteger(e.day) && Math.abs(e.day - Math.floor(e.t / 86400e3)) <= 1 &&
      Number.isInteger(e.g) && e.g >= 0 && e.g <= 4 &&
      typeof e.s === "string" && SOURCES[Math.min(e.g, 1)].test(e.s) &&
      Number.isSafeInteger(e.r) && e.r > 0
    );
  };

  const fromRow = (row) => {
    if (!Array.isArray(row) || row.length !== 6) return row;
    return { id: row[0], t: row[1], day: row[2], g: row[3], s: row[4], r: row[5] };
  };
  const toRow = (e) => JSON.stringify([e.id, e.t, e.day, e.g, e.s, e.r]) + "\n";
  /** A log of some events. */
  study.toRows = (events) => events.map(toRow).join("");

  const parse = (json) => {
    try {
      return JSON.parse(json);
    } catch (error) {
      return null;
    }
  };

  /** The events of a stored text, and whether every line was one. */
  study.parseLog = function (text) {
    const lines = text.split("\n");
    // All lines at once is far quicker than one by one, if all are sound.
    let rows = parse("[" + lines.join(",") + "0]") || [];
    if (rows.length === lines.length) rows.pop();
    else rows = lines.filter(Boolean).map(parse);
    const events = rows.map(fromRow).filter(study.isEvent);
    return { events, whole: events.length === rows.length };
  };

  const nameOf = (e) => e.id + " " + e.t;
  study.nameOf = nameOf;

  /** Of two events with the same name, the one that every tab and device keeps. */
  study.winner = (a, b) => (toRow(a) < toRow(b) ? b : a);

  /** All events of some lists, each once, oldest first: the same in whatever order. */
  study.union = function (...lists) {
    const sorted = []
      .concat(...lists)
      .sort((a, b) => a.t - b.t || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    const kept = [];
    let before = null;
    for (const e of sorted) {
      if (before && before.t === e.t && before.id === e.id) {
        before = study.winner(kept.pop(), e);
      } else {
        before = e;
      }
      kept.push(before);
    }
    return kept;
  };

  /** Events in the order in which they were given: those of a time to come were given
   * before the others, by a clock that has been set back since. */
  study.asGiven = function (events, now) {
    let first = events.length;
    while (first && events[first - 1].t > now + SKEW) first -= 1;
    return events.slice(first).concat(events.slice(0, first));
  };

  /** What was undone, by name; an undo that is itself undone undoes nothing. */
  study.undone = function (events) {
    const undone = new Set();
    for (let i = events.length - 1; i >= 0; i--) {
      const e = events[i];
      if (e.g || !e.s.startsWith(UNDO) || undone.has(nameOf(e))) continue;
      undone.add(e.id + " " + parseInt(e.s.slice(UNDO.length), 36));
    }
    return undone;
  };

  /** The newest rating of each id, of those that were not undone. */
  study.newest = function (events) {
    const undone = study.undone(events);
    const found = new Map();
    for (const e of events) {
      if (e.g && !(undone.size && undone.has(nameOf(e)))) found.set(e.id, e);
    }
    return found;
  };
})(typeof window === "undefined" ? globalThis : window);
