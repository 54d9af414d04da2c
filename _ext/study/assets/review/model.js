/* Everything there is to ask, and what the learner remembers of each item of it. */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});

  /** A model over a store (see store.js) and the index; `today()` is the local day. */
  study.createModel = function (store, index, today) {
    const watchers = [];
    let busy = false; // so that our own changes do not read everything again
    let scheduler, decks, items, byId, events, histories, memory;

    const read = () => {
      scheduler = study.scheduler(store.meta());
      decks = store.decks();
      items = study.catalogue(index, decks);
      byId = new Map(items.map((item) => [item.id, item]));
      events = store.events();
      histories = new Map();
      for (const event of events) {
        if (!histories.has(event.id)) histories.set(event.id, []);
        histories.get(event.id).push(event);
      }
      memory = study.replay(events, scheduler);
    };

    const quietly = (change) => {
      busy = true;
      try {
        return change();
      } finally {
        busy = false;
      }
    };

    /** Take in an event that the store has: replay the history of its item alone. */
    const learn = (event) => {
      const { id } = event;
      events.push(event);
      histories.set(id, [...(histories.get(id) || []), event]);
      const known = study.replay(histories.get(id), scheduler).get(id);
      if (known) memory.set(id, known);
      else memory.delete(id);
      return event;
    };

    store.watch(() => {
      if (busy) return;
      read();
      watchers.forEach((watcher) => watcher());
    });
    read();

    const elapsed = (known) => Math.max(0, today() - known.day);
    return {
      store, index, today,
      items: () => items,
      parts: () => study.partsOf(index, decks),
      item: (id) => byId.get(id),
      memory: () => memory,
      /** What is remembered of an item that was ever answered; else undefined. */
      known(id) {
        const known = memory.get(id);
        return known && known.reps ? known : undefined;
      },
      isAskable: (id) => study.isAskable(byId.get(id), memory, today()),
      events: () => events,
      history: (id) => histories.get(id) || [],
      settings: () => store.meta(),
      scheduler: () => scheduler,
      recall: (known) => scheduler.recall(known, elapsed(known)),
      waiting(filter) {
        const { daily } = store.meta();
        const { recall } = this;
        return study.waiting(items, filter, { memory, today: today(), daily, recall });
      },
      /** For each grade the days until the item comes back. */
      intervals(id) {
        const known = this.known(id);
        const state = known ? { d: known.d, s: known.s } : null;
        return [1, 2, 3, 4].map((grade) =>
          scheduler.interval(scheduler.next(state, known ? elapsed(known) : 0, grade).s),
        );
      },
      rate: (id, grade) =>
        learn(quietly(() => store.rate(id, grade, "review", byId.get(id).rev))),
      suspend: (id) => learn(quietly(() => store.note(id, "suspend", byId.get(id).rev))),
      resume: (id) => learn(quietly(() => store.note(id, "resume", byId.get(id).rev))),
      /** Change settings: "" or one line about why they are not stored. */
      set(changes) {
        const problem = quietly(() => store.setMeta(changes));
        read();
        return problem;
      },
      undo: (event) => learn(quietly(() => store.undo(event))),
      /** Call a function whenever everything was read anew: another tab, an import. */
      watch: (watcher) => watchers.push(watcher),
    };
  };
})(typeof window === "undefined" ? globalThis : window);
