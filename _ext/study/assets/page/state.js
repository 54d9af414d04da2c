/* What is due: for the header of the page, and in the line below a chapter's title. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { store } = study;
  const line = document.querySelector(".study-state > span");
  const SOON = 300; // ms: while cards are rated, nothing is counted
  let timer = 0;

  const replay = (events) => study.replay(events, study.scheduler(store.meta()));
  /** What is remembered of all items; the review page has it at hand. */
  study.memories = () => replay(store.events());

  /** The ids of the learner's own cards. */
  function ownIds() {
    const found = [];
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith("dlbl:deck:")) continue;
      try {
        for (const { id } of JSON.parse(localStorage.getItem(key)).cards) found.push(id);
      } catch (error) {
        // damaged: the review page asks nothing of it
      }
    }
    return found;
  }

  /** [[day, how many items become due on it], …], of all that there is to ask. */
  study.dueDays = function (index, today) {
    const revs = new Map(ownIds().map((id) => [id, 1]));
    for (const { cards, questions } of index.chapters) {
      for (const [id, , , , rev] of [...cards, ...questions]) revs.set(id, rev);
    }
    const counts = new Map();
    for (const [id, memory] of study.memories()) {
      if (memory.suspended || !revs.has(id)) continue;
      const day = study.dueDay(memory, revs.get(id), today);
      counts.set(day, (counts.get(day) || 0) + 1);
    }
    return [...counts];
  };

  /** "15 cards, 8 questions: 4 due, 11 new, 8 for later" */
  function describe() {
    const now = Date.now();
    const today = study.day(now, new Date(now).getTimezoneOffset());
    const items = [...document.querySelectorAll(".study-card, .study-question")];
    const ids = new Set(items.map((item) => item.id));
    const memories = replay(store.events().filter((e) => ids.has(e.id)));
    const counts = { due: 0, new: 0, "for later": 0, suspended: 0 };
    for (const { id, dataset } of items) {
      const memory = memories.get(id);
      if (!memory) counts.new += 1;
      else if (memory.suspended) counts.suspended += 1;
      else if (study.dueDay(memory, Number(dataset.rev), today) <= today) counts.due += 1;
      else counts["for later"] += 1;
    }
    const said = Object.entries(counts)
      .filter(([name, count]) => count || name === "due")
      .map(([name, count]) => `${count} ${name}`);
    line.dataset.all = line.dataset.all || line.textContent;
    line.textContent = line.dataset.all + (memories.size ? ": " + said.join(", ") : "");
  }

  if (line) describe();
  study.onChange(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (line) describe();
      if (study.recount) study.recount();
    }, SOON);
  });
})();
