/* The plan: how many new cards a day, found by simulating a learner day by day. */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const [AGAIN, EASY] = [1, 4];

  /* How learners answer and the seconds that it takes them, from Again to Easy: what
   * Anki assumes of learners whose own history it does not know. */
  study.learner = {
    fresh: [0.24, 0.094, 0.495, 0.171],
    freshAgain: [0.3686, 0.0628, 0.5108, 0.0577],
    freshSeconds: [19.58, 18.79, 13.78, 10.71],
    recalled: [0, 0.224, 0.631, 0.145],
    recallSeconds: [19.38, 17.59, 12.38, 8.94],
    forgotten: [0.2157, 0.0643, 0.6595, 0.0604],
    forgottenSeconds: [16.44, 15.25, 12.32, 8.03],
  };

  /** Numbers from 0 to 1 that look random and are the same in every run (mulberry32). */
  function randoms(seed) {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  function draw(odds, random) {
    let left = random * odds.reduce((sum, share) => sum + share, 0);
    const grade = odds.findIndex((share) => (left -= share) < 0);
    return grade < 0 ? odds.length : grade + 1;
  }

  /** Answer one card, again until it is known: the seconds that took. */
  function answer(card, day, scheduler) {
    const { learner } = study;
    const isNew = card.state === null;
    const elapsed = isNew ? 0 : day - card.day;
    let odds = isNew ? learner.fresh : learner.recalled;
    let seconds = isNew ? learner.freshSeconds : learner.recallSeconds;
    const forgot = !isNew && card.random() >= scheduler.recall(card.state, elapsed);
    let grade = forgot ? AGAIN : draw(odds, card.random());
    card.known = card.known || grade === EASY || (elapsed > 0 && !forgot);
    card.state = scheduler.next(card.state, elapsed, grade);
    let spent = seconds[grade - 1];
    odds = isNew ? learner.freshAgain : learner.forgotten;
    if (!isNew) seconds = learner.forgottenSeconds;
    while (grade === AGAIN) {
      grade = draw(odds, card.random());
      card.state = scheduler.next(card.state, 0, grade);
      spent += seconds[grade - 1];
    }
    card.day = day;
    return spent;
  }

  function simulate(daily, { fresh, weeks, memories, scheduler, today }) {
    const days = Array.from({ length: 7 * weeks }, () => (
      { fresh: 0, reviews: 0, minutes: 0 }));
    const waiting = days.map(() => []);
    const put = (card, day) => day < days.length && waiting[day].push(card);
    memories.forEach((memory, i) => {
      const { d, s, day, due } = memory;
      const random = randoms(-1 - i);
      const card = { state: { d, s }, day: Math.min(day - today, 0), known: true, random };
      put(card, Math.max(0, due - today));
    });
    let seen = 0;
    let unknown = fresh;
    let done = fresh ? null : 0;
    days.forEach((made, day) => {
      made.reviews = waiting[day].length;
      made.fresh = Math.min(daily, fresh - seen);
      const first = seen;
      seen += made.fresh;
      for (let i = first; i < seen; i++) {
        waiting[day].push({ state: null, day, known: false, random: randoms(i) });
      }
      for (const card of waiting[day]) {
        const { known } = card;
        made.minutes += answer(card, day, scheduler) / 60;
        if (card.known && !known) unknown -= 1;
        put(card, day + scheduler.interval(card.state.s));
      }
      if (!unknown && done === null) done = day;
    });
    return { daily, done, days };
  }

  /**
   * The fewest new cards a day with which all `fresh` cards are learned in some weeks:
   * seen, and recalled on a later day or easy at once. `memories` (see replay) are
   * reviewed meanwhile. {daily, done: the day from 0 or null if it cannot be done,
   * days: [{fresh, reviews, minutes}, …]}.
   */
  study.plan = function (given) {
    const { fresh, weeks } = given;
    let low = Math.ceil(fresh / (7 * weeks));
    let best = simulate(low, given);
    for (let step = 1; best.done === null && best.daily < fresh; step *= 2) {
      low = best.daily + 1;
      best = simulate(Math.min(fresh, best.daily + step), given);
    }
    while (low < best.daily && best.done !== null) {
      const tried = simulate(Math.floor((low + best.daily) / 2), given);
      if (tried.done === null) low = tried.daily + 1;
      else best = tried;
    }
    return best;
  };
})(typeof window === "undefined" ? globalThis : window);
