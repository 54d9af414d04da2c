/* The store of a notebook, which is thrown away with its outputs: they share it. */
(function () {
  "use strict";
  const study = (window.dlblStudy = window.dlblStudy || {});
  if (study.store) return;
  study.last = new Map();
  study.store = {
    /** Add one rating. */
    rate(id, g, s, r) {
      const event = { id, t: Date.now(), g, s, r };
      study.last.set(id, event);
      return event;
    },
  };
  study.warn = () => {}; // the output says itself that nothing is stored

  // In a frame that may send no forms there is no "submit": the click stands for it.
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".study-question [type=submit]");
    if (!button) return;
    event.preventDefault();
    button.form.dispatchEvent(new Event("submit", { cancelable: true }));
  });
})();
