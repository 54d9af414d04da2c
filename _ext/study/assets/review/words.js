/* Numbers, days and waiting times in words. */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const DAY = 86400e3;

  /** "1,203" */
  study.number = (n) => n.toLocaleString("en-GB");

  /** "1 card", "12 cards", "1,203 cards" */
  study.count = (n, one, many = one + "s") => study.number(n) + " " + (n === 1 ? one : many);

  /** "5 days", "3 months", "1.4 years": how long an interval is. */
  study.span = function (days) {
    if (days < 61) return study.count(days, "day");
    if (days < 730) return study.count(Math.round(days / 30.44), "month");
    return (days / 365.25).toFixed(1) + " years";
  };

  /** A local day's number as a date; see `study.day`. */
  study.dateOf = (day, options) =>
    new Date(day * DAY).toLocaleDateString("en-GB", { timeZone: "UTC", ...options });

  /** "today", "tomorrow", "on Friday 27 November" */
  study.when = function (day, today) {
    if (day <= today) return "today";
    if (day === today + 1) return "tomorrow";
    const year = day > today + 300 ? { year: "numeric" } : {};
    const date = { weekday: "long", day: "numeric", month: "long", ...year };
    return "on " + study.dateOf(day, date);
  };

  study.percent = (x) => Math.round(100 * x) + "\u00a0%";

  /** "about 6 minutes" */
  study.minutes = function (ms) {
    const minutes = Math.round(ms / 60e3);
    return minutes < 1 ? "less than a minute" : "about " + study.count(minutes, "minute");
  };
})(typeof window === "undefined" ? globalThis : window);
