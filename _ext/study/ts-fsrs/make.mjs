// Cuts ts-fsrs down to the memory model: README.md beside this file says how and why.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const VERSION = "5.4.2";
const HERE = import.meta.dirname;
const SCRIPT = join(HERE, "..", "assets", "memory", "fsrs.js");
const ANSWERS = join(HERE, "answers.json");
const N_CALLS = 100;

const METHODS = [
  "calculate_interval_modifier", "init_stability", "init_difficulty", "next_interval",
  "linear_damping", "next_difficulty", "mean_reversion", "next_recall_stability",
  "next_forget_stability", "next_short_term_stability", "next_state",
];

/** What is changed, each found once in the text of the library. */
const CHANGES = [
  ["Math.max(this.param.w[g - 1], 0.1)", "Math.max(this.param.w[g - 1], S_MIN)"],
  ["this.apply_fuzz(newInterval, elapsed_days)", "newInterval"],
  ["next_interval(s, elapsed_days)", "next_interval(s)"],
  ["this.forgetting_curve(", "forgetting_curve(this.param.w, "],
  ["next_state(memory_state, t, g, r)", "next_state(memory_state, t, g)"],
  ["r = typeof r === \"number\" ? r : forgetting", "const r = forgetting"],
];

const require = createRequire(join(process.cwd(), "package.json"));
const library = require("ts-fsrs");
const folder = join(process.cwd(), "node_modules", "ts-fsrs");
const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
if (version !== VERSION) throw new Error(`ts-fsrs is ${version}, not ${VERSION}`);

function methods() {
  const texts = METHODS.map((name) => library.FSRSAlgorithm.prototype[name].toString());
  let text = texts.join("\n  ");
  text = text.replace(/\n? *if \([^{]*\) \{\s*throw new [^;]*;\s*\}/g, "");
  text = text.replace(/\n? *if \(g === 0\) \{[^}]*\};?\s*\}/, "");
  for (const [old, change] of CHANGES) {
    if (text.split(old).length !== 2) throw new Error(`not found once: ${old}`);
    text = text.replace(old, () => change);
  }
  return text;
}

const bounds = library.CLAMP_PARAMETERS(library.W17_W18_Ceiling, true);

writeFileSync(SCRIPT, `/*! ts-fsrs ${VERSION}, cut down, (c) 2026 Open Spaced Repetition: ts-fsrs-LICENSE.txt */
/* Made by _ext/study/ts-fsrs/make.mjs: change that, not this. */
(function (root) {
"use strict";
const study = (root.dlblStudy = root.dlblStudy || {});
const S_MIN = ${library.S_MIN};
const Rating = { Hard: ${library.Rating.Hard}, Easy: ${library.Rating.Easy} };
const roundTo = (x) => x;
${library.clamp}
const computeDecayFactor = ${library.computeDecayFactor};
${library.forgetting_curve}
class FSRS {
  constructor(w, request_retention) {
    this.param = { w, maximum_interval: ${library.default_maximum_interval}, enable_short_term: true };
    this.intervalModifier = this.calculate_interval_modifier(request_retention);
  }
  ${methods()}
}
study.fsrs = {
  FSRS, forgetting_curve, clamp,
  default_w: ${JSON.stringify(library.default_w)},
  bounds: ${JSON.stringify(bounds)},
};
})(typeof window === "undefined" ? globalThis : window);
`);

/** What the whole library answers, for three learners. */
function answers() {
  let seed = 1;
  const draw = (low, high) => {
    seed = (seed * 16807) % 2147483647;
    return low + ((high - low) * seed) / 2147483647;
  };
  return [0.9, 0.8, 0.95].map((retention, learner) => {
    const w = library.default_w.map((x) => (learner ? x * draw(0.9, 1.1) : x));
    const model = new library.FSRSAlgorithm({ w, request_retention: retention });
    const calls = Array.from({ length: N_CALLS }, (_, i) => {
      const old = i % 7 ? { difficulty: draw(1, 10), stability: 10 ** draw(-1, 3) } : null;
      const elapsed = i % 5 ? Math.floor(10 ** draw(0, 3)) : 0;
      const grade = 1 + (i % 4);
      const { difficulty: d, stability: s } = model.next_state(old, elapsed, grade);
      const recall = model.forgetting_curve(elapsed, s);
      const state = old && { d: old.difficulty, s: old.stability };
      return { state, elapsed, grade, d, s, interval: model.next_interval(s, 0), recall };
    });
    return { weights: model.parameters.w, retention, calls };
  });
}

writeFileSync(ANSWERS, JSON.stringify(answers()).replaceAll('{"state"', '\n{"state"') + "\n");
