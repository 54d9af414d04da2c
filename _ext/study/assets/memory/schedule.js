/* When an item is asked again: FSRS-6 in whole days, replayed over the events. */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const { FSRS, forgetting_curve, clamp, default_w, bounds } = study.fsrs;
  const AGAIN = 1;

  /** FSRS-6 with 21 weights, kept in their bounds, and the wanted share recalled. */
  study.scheduler = function ({ weights, retention }) {
    const given = Array.isArray(weights) && weights.length === default_w.length;
    const w = (given && weights.every(Number.isFinite) ? weights : default_w).map(
      (weight, i) => clamp(weight, ...bounds[i]),
    );
    const model = new FSRS(w, retention > 0 ? clamp(retention, 0.7, 0.99) : 0.9);
    return {
      /** The memory {d, s} after a grade; state is null at the first. */
      next(state, elapsed, grade) {
        const old = state && { difficulty: state.d, stability: state.s };
        const { difficulty, stability } = model.next_state(old, elapsed, grade);
        return { d: difficulty, s: stability };
      },
      /** Whole days, at least 1, until the chance of recall is what is wanted. */
      interval: (s) => model.next_interval(s),
      /** The chance of recall some days after the last rating. */
      recall: (state, elapsed) => forgetting_curve(w, Math.max(0, elapsed), state.s),
    };
  };

  function rate(memory, e, scheduler) {
    const known = memory.reps > 0;
    const elapsed = known ? Math.max(0, e.day - memory.day) : 0;
    const { d, s } = scheduler.next(known ? memory : null, elapsed, e.g);
    const interval = scheduler.interval(s);
    if (!known) memory.first = e.day;
    if (elapsed && e.g === AGAIN) memory.lapses += 1;
    memory.reps += 1;
    memory.d = d;
    memory.s = s;
    memory.interval = interval;
    memory.day = e.day;
    memory.due = e.g === AGAIN ? e.day : e.day + interval;
    memory.t = e.t;
    memory.grade = e.g;
    memory.rev = e.r;
  }

  /**
   * The memory of every item that was rated, by id, after events in this order: each is
   * {id, d, s, first, day, due, t, interval, reps, lapses, grade, rev, suspended}.
   * Days count from the stored ones, never backwards. A lapse is an Again on a later
   * day than the rating before. A new item that is suspended has 0 reps.
   */
  study.replay = function (events, scheduler) {
    const undone = study.undone(events);
    const memories = new Map();
    for (const e of events) {
      if (undone.size && undone.has(study.nameOf(e))) continue;
      let memory = memories.get(e.id);
      if (!memory) {
        if (!e.g && e.s !== "suspend") continue;
        memory = {
          id: e.id, d: 0, s: 0, first: e.day, day: e.day, due: e.day, t: e.t,
          interval: 0, reps: 0, lapses: 0, grade: 0, rev: e.r, suspended: false,
        };
        memories.set(e.id, memory);
      }
      if (e.g) rate(memory, e, scheduler);
      else if (e.s === "suspend") memory.suspended = true;
      else if (e.s === "resume") memory.suspended = false;
      if (!memory.reps && !memory.suspended) memories.delete(e.id);
    }
    return memories;
  };

  /**
   * The day on which an item is due. One whose meaning has changed since (a higher
   * rev), and one rated on a day that has not come (the clock was set back), is now.
   */
  study.dueDay = function (memory, rev, today) {
    if (memory.day > today) return today;
    return rev > memory.rev ? memory.day : memory.due;
  };
})(typeof window === "undefined" ? globalThis : window);
