/* The day rule, in one place: also for pages without the scheduler. */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const NEW_DAY = 4 * 3600e3 + 1; // a day begins at 04:00

  /** The local day of a time; offset in minutes, as getTimezoneOffset() gives it. */
  study.day = function (t, offset) {
    return Math.floor((t - offset * 60e3 - NEW_DAY) / 86400e3);
  };
})(typeof window === "undefined" ? globalThis : window);
