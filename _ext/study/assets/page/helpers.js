/* What all scripts of cards and questions use, in a page and in a notebook. */
(function () {
  "use strict";
  const study = window.dlblStudy;

  /** An element with attributes and children; text is always text. */
  study.make = function (tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  };

  /** "20 November 2026" */
  study.date = (t) =>
    new Date(t).toLocaleDateString("en-GB", {
      day: "numeric", month: "long", year: "numeric",
    });

  /** Whether a key was pressed alone and not while typing. */
  study.isPlainKey = (event) =>
    !(event.ctrlKey || event.altKey || event.metaKey || event.repeat) &&
    !(event.target instanceof HTMLInputElement && event.target.type === "text");

  /** Set up, once each, all elements of a class that are there now. */
  study.setUp = function (selector, start) {
    for (const place of document.querySelectorAll(selector + ":not([data-ready])")) {
      place.dataset.ready = "";
      start(place);
    }
    const first = document.querySelector(selector);
    if (first && !study.warned) study.warn(first);
  };
})();
