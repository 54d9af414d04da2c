/* "Why am I asked this?": what the schedule knows of one item, in words. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const SHOWN = 8;
  const SOURCES = {
    page: "in the chapter", quiz: "in the quiz", review: "in a review", exam: "in an exam",
  };
  const answerOf = ({ type }, grade) =>
    type === "card" ? study.grades[grade - 1] : grade === 1 ? "wrong" : "right";

  /** Why this item comes today: one sentence. */
  study.reason = function (model, item) {
    const known = model.known(item.id);
    const today = model.today();
    if (!known) {
      return "It is new to you: you have not answered it yet.";
    }
    const answered =
      `You last answered “${answerOf(item, known.grade)}” on ${study.date(known.t)}`;
    if (known.rev < item.rev) {
      return `${answered}; what it says has changed in the course since then.`;
    }
    if (known.grade === 1) return `${answered}: it comes back until you know it.`;
    const late = today - known.due;
    const lateness =
      late > 0 ? `it has been waiting for ${study.count(late, "day")}` : "that is today";
    return `${answered} and were to be asked again ${study.span(known.interval)} later: ${lateness}.`;
  };

  /** How firmly it sits: one sentence, empty for what is new. */
  study.firmness = function (model, item) {
    const known = model.known(item.id);
    if (!known) return "";
    const { retention } = model.settings();
    const span = study.span(model.scheduler().interval(known.s));
    const forgotten =
      known.lapses > 0 ? ` You have forgotten it ${study.times(known.lapses)}.` : "";
    return (
      `The chance that you still know it is ${study.percent(model.recall(known))} today. ` +
      `Your memory of it lasts ${span} until that chance falls to ${study.percent(retention)}.` +
      forgotten
    );
  };

  study.times = (n) => (n === 1 ? "once" : n === 2 ? "twice" : n + " times");

  /** The link to the paragraph that teaches an item; null for a card of one's own. */
  study.taught = function ({ chapter, section }) {
    if (!chapter.url) return null;
    const heading = chapter.sections[section];
    return make(
      "a", { href: study.root + chapter.url + "#" + section },
      chapter.title + (heading ? ": " + heading : ""),
    );
  };

  function history(model, item) {
    const ratings = study.ratings(model.history(item.id));
    if (!ratings.length) return [];
    const rows = ratings.slice(-SHOWN).reverse().map(({ t, g, s }) =>
      make(
        "tr", {},
        make("td", {}, study.date(t)),
        make("td", {}, answerOf(item, g)),
        make("td", {}, SOURCES[s]),
      ),
    );
    const head = make(
      "tr", {}, ...["Date", "Answer", "Where"].map((name) => make("th", { scope: "col" }, name)),
    );
    const more = ratings.length > SHOWN ? `, the last ${SHOWN} of ${ratings.length}` : "";
    return [
      make(
        "table", { class: "review-table" },
        make("caption", {}, "Your answers" + more), make("thead", {}, head),
        make("tbody", {}, ...rows),
      ),
    ];
  }

  /** All of it, as elements; why it matters only once the answer is shown. */
  study.why = function (model, item, shown) {
    const lines = [study.reason(model, item), study.firmness(model, item)];
    const made = lines.filter(Boolean).map((line) => make("p", {}, line));
    const matters = shown && shown.querySelector(".study-why");
    if (matters) made.push(matters.cloneNode(true));
    const link = study.taught(item);
    if (link) made.push(make("p", {}, "It is taught in ", link, "."));
    return [...made, ...history(model, item)];
  };
})();
