/* What the theme's own script leaves out. */
"use strict";

/* From a folder, a page may not read another: search results come without excerpts. */
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS === "object") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}

/* What is scrolled sideways must be reachable by keyboard. */
addEventListener("DOMContentLoaded", function () {
  var scrolled = ".math, pre, .output, .pst-scrollable-table-container";
  function mark() {
    document.querySelectorAll(scrolled).forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    });
  }
  mark();
  addEventListener("resize", mark);
});
