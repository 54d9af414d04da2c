/* Exam papers: drawn, scored and judged. Pure functions of the index of all questions. */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const TURNS = 3; // of one generated question in a paper, with fresh numbers each
  const TESTS = ["misconception", "compute", "predict", "recall"];
  const Z = 1.96; // 95 % of a normal distribution lies within

  /** The questions that a wish, {part} or {chapter}, speaks of; none of both: all. */
  study.pool = function (index, { part, chapter }) {
    return index.chapters
      .filter((one) => (chapter ? one.slug === chapter : !part || one.part === part))
      .flatMap(({ slug, part, questions }) =>
        questions.map(([id, , topic, , rev, section, tests, generated]) => ({
          slug, part, id, topic, rev, section, tests, generated: Boolean(generated),
        })),
      );
  };

  /** How many questions a paper can have: a generated one may come several times. */
  study.mostQuestions = (pool) =>
    pool.reduce((sum, one) => sum + (one.generated ? TURNS : 1), 0);

  /**
   * A paper of at most `wish.size` questions, mixed: at each step one of those whose
   * kind and chapter are rarest so far. No question comes a second time before each
   * has come once, and then only with fresh numbers.
   */
  study.drawPaper = function (index, wish, random) {
    const pool = study.pool(index, wish);
    const size = Math.min(wish.size, study.mostQuestions(pool));
    const kinds = count(pool, "tests");
    const chapters = count(pool, "slug");
    const turns = new Map();
    const drawn = [];
    const again = size * (kinds.size + chapters.size); // outweighs what follows
    const cost = (one) =>
      again * (turns.get(one) || 0) +
      drawn.filter((other) => other.tests === one.tests).length * kinds.size +
      drawn.filter((other) => other.slug === one.slug).length * chapters.size;
    while (drawn.length < size) {
      const free = pool.filter((one) => (turns.get(one) || 0) < (one.generated ? TURNS : 1));
      const costs = free.map(cost);
      const least = Math.min(...costs);
      const best = free.filter((one, i) => costs[i] === least);
      const chosen = best[Math.floor(random() * best.length)];
      turns.set(chosen, (turns.get(chosen) || 0) + 1);
      drawn.push({ ...chosen });
    }
    return drawn;
  };

  function count(items, field) {
    const found = new Map();
    for (const one of items) {
      const row = found.get(one[field]) || { key: one[field], right: 0, total: 0 };
      row.right += one.right ? 1 : 0;
      row.total += 1;
      found.set(one[field], row);
    }
    return found;
  }

  /** Right and total of the items by one field; the kinds of questions in their order. */
  study.scores = function (items, field) {
    const rows = [...count(items, field).values()];
    if (field !== "tests") return rows;
    return rows.sort((a, b) => TESTS.indexOf(a.key) - TESTS.indexOf(b.key));
  };

  /** Wilson's 95 % interval of a share, from `right` of `total`: [low, high]. */
  study.interval = function (right, total) {
    const share = right / total;
    const middle = (share + (Z * Z) / (2 * total)) / (1 + (Z * Z) / total);
    const half =
      (Z / (1 + (Z * Z) / total)) *
      Math.sqrt((share * (1 - share)) / total + (Z * Z) / (4 * total * total));
    return [Math.max(0, middle - half), Math.min(1, middle + half)];
  };

  /** How many of `total` must be right to skip a chapter: nine tenths, rounded up. */
  study.toSkip = (total) => Math.ceil((total * 9) / 10);

  /** The chance of `need` or more right of `total`, each known with chance `share`. */
  study.chance = function (need, total, share) {
    let sum = 0;
    let ways = 1;
    for (let right = total; right >= need; right--) {
      sum += ways * share ** right * (1 - share) ** (total - right);
      ways = (ways * right) / (total - right + 1);
    }
    return sum;
  };

  /** What the schedule is told, once for an id: wrong, if it was wrong at any turn. */
  study.outcomes = function (items) {
    const found = new Map();
    for (const { id, rev, right } of items) {
      const before = found.get(id);
      found.set(id, { id, rev, right: right && (!before || before.right) });
    }
    return [...found.values()];
  };
})(typeof window === "undefined" ? globalThis : window);
