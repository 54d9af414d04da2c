/* org-drill: headings with the tag :drill: as cards. Links become their words; Org's
 * other markup stays as it is.
 *
 * What a heading hides is its subheadings and the [gaps] in its text. One that hides
 * gaps or sides by turns in Emacs is one card for each turn here.
 */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const NO_CONTENT = /^(item|fact|card|question|the answer|answer|solution|back)( \d+)?$/i;
  const MOST = 20000; // characters of an entry
  const FOR_EACH_GAP = /^(multicloze|hide[12]cloze|hide1_firstmore)$/;

  const EDGE = /^\s*#\+(begin|end)_/i; // of a block, as of code

  /** The delimiters of gaps, which a file may set for itself. */
  function readDelimiters(text) {
    const delimiters = { left: "[", right: "]" };
    const set = /\borg-drill-(left|right)-cloze-delimiter:\s*"((?:[^"\\\n]|\\.)+)"/g;
    for (const [, side, value] of text.matchAll(set)) {
      delimiters[side] = value.replace(/\\(.)/g, "$1");
    }
    return delimiters;
  }

  /** All headings {level, title, tags, line, lines}, in their order. */
  function readHeadings(text) {
    const words = new Set(["TODO", "DONE"]);
    for (const [, list] of text.matchAll(/^#\+(?:seq_|typ_)?todo:(.*)$/gim)) {
      for (const word of list.replace(/\([^()]*\)/g, "").split(/[\s|]+/)) words.add(word);
    }
    const headings = [];
    text.split("\n").forEach((line, i) => {
      const found = /^(\*+)[ \t]+(.*)$/.exec(line);
      if (!found) {
        if (headings.length) headings[headings.length - 1].lines.push(line);
        return;
      }
      const tagged = /(?:^|[ \t]):([\p{L}\p{N}_@#%:]+):$/u.exec(found[2].trimEnd());
      const [first, ...rest] = (tagged ? found[2].slice(0, tagged.index) : found[2])
        .trim().split(/[ \t]+/);
      const title = [...(words.has(first) ? [] : [first]), ...rest]
        .join(" ").replace(/^\[#[A-Z0-9]\]\s*/, "");
      const tags = (tagged ? tagged[1] : "").split(":").filter(Boolean);
      headings.push({ level: found[1].length, title, tags, line: i + 1, lines: [] });
    });
    return headings;
  }

  /** The text below a heading without drawers, dates, comments and settings. */
  function bodyOf(heading) {
    const kept = [];
    let drawer = false;
    for (const line of heading.lines) {
      if (drawer) {
        drawer = !/^\s*:END:\s*$/i.test(line);
        const property = /^\s*:DRILL_CARD_TYPE:\s*(\S*)/i.exec(line);
        if (property) heading.type = property[1];
      } else if (/^\s*:[\w-]+:\s*$/.test(line)) {
        drawer = true;
      } else if (EDGE.test(line)) {
        kept.push(line.toLowerCase());
      } else if (!/^\s*(#( |\+|$)|(SCHEDULED|DEADLINE|CLOSED|CLOCK):)/.test(line)) {
        kept.push(line.replace(/^(\s*),(?=\*|#\+)/, "$1"));
      }
    }
    const indent = kept.reduce((least, line) => {
      const own = line.search(/\S/);
      return own < 0 ? least : Math.min(least, own);
    }, Infinity);
    return kept.map((line) => line.slice(indent)).join("\n").trim();
  }

  /** From each `open` to the next `close`: [start, end] pairs. */
  function spans(text, open, close) {
    const found = [];
    let start = text.indexOf(open);
    while (start >= 0) {
      const end = text.indexOf(close, start + open.length);
      if (end < 0) break;
      found.push([start, end + close.length]);
      start = text.indexOf(open, end + close.length);
    }
    return found;
  }

  /** A text whose links are what they say: [[address][words]], [[address]]. */
  const withoutLinks = (text) =>
    text.replace(
      /\[\[((?:\w+:|[#*.\/])[^\[\]\n]*)\](?:\[([^\[\]\n]+)\])?\]/g,
      (_, address, words) => words || address,
    );

  const withoutEdges = (text) =>
    text.split("\n").filter((line) => !EDGE.test(line)).join("\n");

  /** A text in pieces: strings and gaps {text, hint}. Links, formulas, code have none. */
  function pieces(text, { left, right }) {
    const closed = [
      ...spans(text, "[[", "]]"), ...spans(text, "\\(", "\\)"), ...spans(text, "\\[", "\\]"),
      ...spans(text, "$$", "$$"), ...spans(text, "\\begin{", "\\end{"),
      ...spans(text, "#+begin_src", "#+end_src"),
      ...[...text.matchAll(/\$[^$\s](?:[^$\n]*[^$\s])?\$(?!\w)/g)].map((found) =>
        [found.index, found.index + found[0].length]),
    ];
    const made = [];
    let end = 0;
    for (const [start, stop] of spans(text, left, right)) {
      if (closed.some(([from, to]) => start >= from && start < to)) continue;
      const inner = text.slice(start + left.length, stop - right.length);
      const [gap, ...hint] = inner.split("||");
      if (!gap) continue;
      made.push(withoutEdges(text.slice(end, start)), { text: gap, hint: hint.join("||") });
      end = stop;
    }
    return [...made, withoutEdges(text.slice(end))];
  }

  const join = (...texts) => texts.filter(Boolean).join("\n\n");
  const titled = ({ title, body }) =>
    NO_CONTENT.test(title) && body ? body : [title, body].filter(Boolean).join("\n");

  /** Fronts and backs of a heading and the groups below it: [[front, back], …]. */
  function sidesOf(heading, below, delimiters) {
    const { type = "" } = heading;
    const title = NO_CONTENT.test(heading.title) ? "" : heading.title;
    const text = pieces(join(title, heading.body), delimiters);
    const gaps = text.filter((piece) => typeof piece !== "string");
    const whole = study.fillGaps(text, () => false);
    const shown = (one) => study.fillGaps(pieces(titled(one), delimiters), () => false);
    const parts = below.map((group) => join(...group.map(shown)));
    if (/^(two|multi)sided$/.test(type) && parts.length > 1) {
      const asked = type === "twosided" ? parts.slice(0, 2) : parts;
      return asked.map((part) => [
        join(whole, part),
        join(...parts.filter((other) => other !== part)),
      ]);
    }
    const hidden = { hidefirst: gaps.slice(0, 1), hidelast: gaps.slice(-1) };
    const turns = FOR_EACH_GAP.test(type) && gaps.length
      ? gaps.map((gap) => [gap])
      : [hidden[type] || gaps];
    return turns.map((turn) => {
      const front = study.fillGaps(text, (piece) => turn.includes(piece));
      return [front, join(gaps.length ? whole : "", ...parts)];
    });
  }

  /** An Org file as a deck. */
  study.readOrg = function (text, name = "") {
    const clean = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
    const delimiters = readDelimiters(clean);
    const title = /^#\+title:[ \t]*(\S.*)$/im.exec(clean);
    const headings = readHeadings(clean);
    if (!headings.length) return { problem: "The file has no heading: is it an Org file?" };
    for (const heading of headings) heading.body = bodyOf(heading);
    const isDrill = ({ tags }) => tags.includes("drill");
    if (!headings.some(isDrill)) {
      return { problem: "The file has no heading with the tag :drill:." };
    }
    const entries = [];
    headings.forEach((heading, i) => {
      if (!isDrill(heading)) return;
      const below = [];
      let depth = Infinity; // of a card within this one, which is a card of its own
      for (let j = i + 1; j < headings.length; j++) {
        const other = headings[j];
        if (other.level <= heading.level) break;
        if (other.level <= depth) depth = isDrill(other) ? other.level : Infinity;
        if (depth < Infinity) continue;
        const group = below[below.length - 1];
        if (group && other.level > group[0].level) group.push(other);
        else below.push([other]);
      }
      const topic = heading.tags.find((tag) => tag !== "drill") || "";
      const size = [heading, ...below.flat()].reduce((sum, { body }) => sum + body.length, 0);
      const sides = size > MOST
        ? [[heading.body, "x".repeat(size)]] // which is too long for a card
        : sidesOf(heading, below, delimiters);
      for (const [front, back] of sides) {
        entries.push({
          front: withoutLinks(front), back: withoutLinks(back), topic, line: heading.line,
        });
      }
    });
    return study.foreignDeck(title ? title[1] : name, entries, "heading");
  };
})(typeof window === "undefined" ? globalThis : window);
