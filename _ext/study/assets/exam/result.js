/* What a marked paper tells: the score, how sure it is, by part, topic and kind. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const FEW = 5; // of a group: fewer tell nothing
  const KINDS = {
    misconception: "spot a misconception", compute: "compute",
    predict: "predict", recall: "recall",
  };

  const percent = (share) => Math.round(100 * share) + "\u00a0%";

  /** "48 % to 85 %" as words, and as a line with a point on it. */
  function range(right, total) {
    const [low, high] = study.interval(right, total);
    const line = make("span", { class: "exam-line" });
    const point = make("span", { class: "exam-point" });
    line.style.insetInlineStart = 100 * low + "%";
    line.style.inlineSize = 100 * (high - low) + "%";
    point.style.insetInlineStart = (100 * right) / total + "%";
    const words = percent(low) + " to " + percent(high);
    return [make("span", { class: "exam-range", "aria-hidden": "true" }, line, point), words];
  }

  /** One table of all groups, [[heading, rows, names], …]. */
  function table(groups) {
    const cell = (tag, scope, text) => make(tag, scope ? { scope } : {}, text);
    const head = make(
      "tr", {},
      cell("td", "", ""), cell("th", "col", "Right"), cell("th", "col", "Plausible range"),
    );
    const bodies = groups.map(([heading, rows, names]) =>
      make(
        "tbody", {},
        make("tr", {}, make("th", { scope: "rowgroup", colspan: 3 }, heading)),
        ...rows.map(({ key, right, total }) =>
          make(
            "tr", {},
            cell("th", "row", names(key)),
            cell("td", "", right + " of " + total),
            make("td", {}, ...(total < FEW ? ["too few to tell"] : range(right, total))),
          ),
        ),
      ),
    );
    return make("table", { class: "exam-scores" }, make("thead", {}, head), ...bodies);
  }

  /** Links to the places that teach what went wrong, once each, in the book's order. */
  function places(items, index) {
    const wrong = new Set(items.filter((item) => !item.right).map((item) => item.id));
    const links = new Map();
    for (const { id, slug, section } of study.pool(index, {})) {
      if (!wrong.has(id)) continue;
      const chapter = index.chapters.find((one) => one.slug === slug);
      const address = study.root + chapter.url + "#" + section;
      const title = chapter.sections[section] || chapter.title;
      links.set(address, [chapter.title + ": ", make("a", { href: address }, title)]);
    }
    return make("ul", {}, ...[...links.values()].map((link) => make("li", {}, ...link)));
  }

  function verdict(right, total, chapter) {
    const need = study.toSkip(total);
    const link = make("a", { href: study.root + chapter.url }, chapter.title);
    const lucky = percent(study.chance(need, total, 0.6));
    const unlucky = percent(1 - study.chance(need, total, 0.95));
    return [
      make(
        "p", { class: "exam-verdict" },
        ...(right >= need ? ["You can skip ", link, "."] : ["Better read ", link, " first."]),
      ),
      make(
        "p", {},
        need + " of " + total + " were needed. So short a test errs: someone who knows " +
          "60 % of such things passes it with a chance of " + lucky +
          ", someone who knows 95 % fails it with a chance of " + unlucky + ".",
      ),
    ];
  }

  function sureness(right, total) {
    const [low, high] = study.interval(right, total).map(percent);
    return make(
      "p", {},
      "Who gets this score may know anything from " + low + " to " + high +
        " of what could have been asked (95 % interval, as if the questions were " +
        "drawn at random from many alike). " +
        (total < 40 ? "A longer paper would tell more." : ""),
    );
  }

  function scheduled(items) {
    const outcomes = study.outcomes(items);
    const failed = outcomes.filter((one) => !one.right).length;
    const review = make("a", { href: "review.html" }, "review");
    if (!failed) {
      return make("p", {}, "These questions come back later, in the ", review, ".");
    }
    return make(
      "p", {},
      failed === 1 ? "The question that went wrong is" : failed + " questions are",
      " due now, in the ", review,
      failed < outcomes.length ? "; the others come back later." : ".",
    );
  }

  /**
   * The report on marked items, {slug, part, id, topic, tests, section, known, right}.
   * `title` is the paper's, `skip` the slug of the chapter that it was to tell whether
   * to skip, if it was.
   */
  study.report = function (items, { title, skip }, index) {
    const total = items.length;
    const right = items.filter((item) => item.right).length;
    const known = items.filter((item) => item.known).length;
    const titles = new Map(index.parts.map((part) => [part.name, part.title]));
    const chapters = new Map(index.chapters.map((one) => [one.slug, one.title]));
    const heading = make("h2", { tabindex: -1 }, right + " of " + total + " right");
    const oneOf = (field) => items.every((item) => item[field] === items[0][field]);
    const groups = [
      oneOf("part")
        ? ["Chapter", "slug", (key) => chapters.get(key)]
        : ["Part", "part", (key) => titles.get(key)],
      ["Topic", "topic", (key) => key],
      ["Kind of question", "tests", (key) => KINDS[key]],
    ];
    const scores = groups
      .map(([heading, field, names]) => [heading, study.scores(items, field), names])
      .filter(([, rows]) => rows.length > 1);
    const made = [
      make("p", { class: "study-head" }, title), heading,
      ...(skip
        ? verdict(right, total, index.chapters.find((one) => one.slug === skip))
        : [sureness(right, total)]),
    ];
    if (known && right) {
      made.push(
        make(
          "p", {},
          "You had answered " + (known < total ? known + " of these" : "all of these") +
            " questions before, so the score may flatter you.",
        ),
      );
    }
    made.push(scheduled(items));
    if (right < total) {
      made.push(make("p", { class: "study-lead" }, "Where it is taught what went wrong:"));
      made.push(places(items, index));
    }
    if (scores.length) made.push(table(scores));
    return { heading, nodes: made };
  };
})();
