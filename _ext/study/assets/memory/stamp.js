/* One short text for all that is stored: another one as soon as any rating or setting
 * differs, without reading what the logs say. */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});

  /** The stamp of a Storage; the order of its keys makes no difference. */
  study.stampOf = function (local) {
    let keys = 0;
    let sum = 0;
    for (let i = 0; i < local.length; i++) {
      const key = local.key(i);
      const isMeta = key === "dlbl:meta";
      if (!isMeta && !/^dlbl:(log|deck):/.test(key)) continue;
      const text = local.getItem(key);
      let hash = 0;
      // logs only grow, so that their length tells; so does that of a deck
      for (const c of key + (isMeta ? text : text.length)) {
        hash = Math.imul(hash ^ c.charCodeAt(0), 16777619);
      }
      keys += 1;
      sum = (sum + (hash >>> 0)) % 2 ** 52;
    }
    return keys + "-" + sum.toString(36);
  };
})(typeof window === "undefined" ? globalThis : window);
