/* The review page: mounts its sections on the places that review.md has for them. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const places = new Map(
    [...document.querySelectorAll(".study-review")].map((one) => [one.dataset.part, one]),
  );
  if (!places.size) return;

  const today = () => {
    const now = Date.now();
    return study.day(now, new Date(now).getTimezoneOffset());
  };
  const model = study.createModel(study.store, study.index, today);
  study.memories = model.memory;
  const sections = new Map();

  const refresh = (...names) => {
    for (const name of names) if (sections.has(name)) sections.get(name).refresh();
  };
  const mount = (name, section) => {
    const place = places.get(name);
    if (place) sections.set(name, section(place) || { refresh() {} });
  };

  // What a sitting changes is drawn again when it is over: it is hidden meanwhile.
  const isBusy = () => document.documentElement.hasAttribute("data-reviewing");
  const changed = () => {
    study.recount();
    if (!isBusy()) refresh("standing", "plan");
  };

  mount("today", (place) => study.todaySection(place, { model, changed }));
  mount("standing", (place) =>
    study.standingSection(place, {
      model,
      changed() {
        study.recount();
        refresh("today", "standing", "plan");
      },
    }),
  );
  mount("plan", (place) =>
    study.planSection(place, {
      model,
      changed() {
        refresh("today");
      },
    }),
  );
  mount("own", study.ownSection);
  mount("progress", study.progressSection);

  model.watch(() => refresh("today", "standing", "plan"));
  let day = today();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || today() === day) return;
    day = today();
    refresh("today", "standing", "plan");
  });
  if (places.has("today")) study.warn(places.get("today"));
})();
