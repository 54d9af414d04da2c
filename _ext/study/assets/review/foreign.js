/* Decks that other programs wrote, as decks of the learner's own. Text stays text.
 *
 * A reader gives {deck, left: one line about what was left out, or ""}, or {problem: one
 * line}. What a deck may hold is checked by `study.deckProblem`.
 */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const MOST = 4e6; // bytes of a file
  const CARDS = 20000;
  const SIDE = 5000; // characters
  const NAME = 100;
  const NOT_TEXT = "The file is not text in UTF-8: save it as UTF-8.";
  const SHOWN = 5; // lines named of those left out

  /** FNV-1a of 64 bits, in hexadecimal: the same front is the same card anywhere. */
  function hash(text) {
    let sum = 0xcbf29ce484222325n;
    for (const byte of new TextEncoder().encode(text)) {
      sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n);
    }
    return sum.toString(16).padStart(16, "0");
  }

  // without control characters, and with at most one empty line
  const tidy = (text) =>
    text.replace(/[\0-\x08\x0b-\x1f\x7f]/g, "").replace(/\n{3,}/g, "\n\n").trim();

  const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

  /** A deck of entries {front, back, topic, line}; the reader's word for one is `word`. */
  study.foreignDeck = function (name, entries, word) {
    const cards = [];
    const backs = new Map(); // front → its backs
    const bare = [];
    const long = [];
    for (const entry of entries) {
      const front = tidy(entry.front);
      const back = tidy(entry.back);
      if (!front || !back) bare.push(entry.line);
      else if (Math.max(front.length, back.length) > SIDE) long.push(entry.line);
      else {
        const there = backs.get(front) || [];
        if (there.includes(back)) continue;
        backs.set(front, [...there, back]);
        const id = "own-" + hash(there.length ? front + "\0" + there.length : front);
        cards.push({ id, front, back, topic: tidy(entry.topic).slice(0, NAME) });
      }
    }
    if (!cards.length) return { problem: `The file has no ${word} with an answer.` };
    if (cards.length > CARDS) {
      return { problem: `The file has ${cards.length} cards: split it below ${CARDS}.` };
    }
    const said = [
      [bare, "without an answer"],
      [long, `with more than ${SIDE} characters`],
    ].filter(([lines]) => lines.length).map(([lines, why]) => {
      const many = lines.length > SHOWN ? ", …" : "";
      const where = (lines.length === 1 ? "line " : "lines ") +
        lines.slice(0, SHOWN).join(", ") + many;
      return `Left out: ${plural(lines.length, word)} ${why} (${where}).`;
    });
    const deck = { schema: 1, name: tidy(name).slice(0, NAME) || "My deck", cards };
    return { deck, left: said.join(" ") };
  };

  /** A text with some of its gaps filled and the others hidden behind their hints. */
  study.fillGaps = (pieces, isHidden) =>
    pieces
      .map((piece) => {
        if (typeof piece === "string") return piece;
        return isHidden(piece) ? `[${piece.hint || "…"}]` : piece.text;
      })
      .join("");

  const isZip = (bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b;

  /** Read the bytes of a file by its name: org-drill (.org), else a table. */
  study.readForeign = function (buffer, fileName) {
    const bytes = new Uint8Array(buffer);
    if (!bytes.length) return { problem: "The file is empty." };
    if (bytes.length > MOST) return { problem: "The file is larger than 4 MB: split it." };
    if (isZip(bytes)) {
      return {
        problem:
          "This is a package, not text: export “Notes in Plain Text” from Anki, or save " +
          "the table as CSV.",
      };
    }
    let text = "";
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch (error) {
      return { problem: NOT_TEXT };
    }
    if (text.includes("\0")) return { problem: NOT_TEXT };
    if (text.startsWith('{"dlbl":"progress"')) {
      return {
        problem: "This is an export of your progress: import it under “Your progress”.",
      };
    }
    const name = fileName.replace(/\.[a-z0-9]+$/i, "");
    return /\.org$/i.test(fileName) ? study.readOrg(text, name) : study.readTsv(text, name);
  };
})(typeof window === "undefined" ? globalThis : window);
