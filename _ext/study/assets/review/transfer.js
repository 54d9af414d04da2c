/* Progress as a file: JSON Lines that another browser can take in.
 *
 * A header, one line an event, one a deck, one of settings, and a last line with the
 * number of lines and the checksum of all before it.
 */
(function (root) {
  "use strict";
  const study = root.dlblStudy;
  const SCHEMA = 1;
  const AHEAD = 366 * 86400e3; // by which a device's clock may have run ahead
  const OWN = /^own-[0-9a-f]{8,64}$/;
  const NOTHING = "Nothing was imported.";

  /** A larger file is none of ours: it holds far more than a browser stores. */
  study.mostBytes = 30e6;

  const TABLE = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    return c;
  });

  /** The CRC-32 of a text in UTF-8, as eight hexadecimal digits. */
  const checksum = (text) => {
    let c = -1;
    for (const byte of new TextEncoder().encode(text)) {
      c = TABLE[(c ^ byte) & 255] ^ (c >>> 8);
    }
    return ((c ^ -1) >>> 0).toString(16).padStart(8, "0");
  };

  /** All that a store knows, as the text of a file. */
  study.exportText = function (store, now) {
    const lines = [
      { dlbl: "progress", schema: SCHEMA, made: new Date(now).toISOString() },
      ...store.events().map(({ id, t, day, g, s, r }) => ({ id, t, day, g, s, r })),
      ...store.decks().map((deck) => ({ deck })),
      { meta: store.meta() },
    ].map((line) => JSON.stringify(line) + "\n");
    const text = lines.join("");
    const last = { lines: lines.length, crc32: checksum(text) };
    return text + JSON.stringify(last) + "\n";
  };

  class Refusal extends Error {}

  const refuse = (what) => {
    throw new Refusal(what);
  };

  const isObject = (x) => x !== null && typeof x === "object" && !Array.isArray(x);
  const hasOnly = (x, ...names) =>
    isObject(x) && Object.keys(x).sort().join() === names.sort().join();

  const parse = (line) => {
    try {
      return JSON.parse(line);
    } catch (error) {
      return null;
    }
  };

  const checkHeader = (line) => {
    const header = parse(line);
    if (!isObject(header) || header.dlbl !== "progress") {
      refuse("This is not a file of progress that this course has exported.");
    }
    if (!Number.isSafeInteger(header.schema) || header.schema < 1) {
      refuse("The first line of the file is damaged: export again and use that file.");
    }
    if (header.schema > SCHEMA) {
      refuse("The file was made by a newer version of this course: use that one.");
    }
  };

  const checkSeal = (lines) => {
    const seal = parse(lines[lines.length - 1]);
    if (!hasOnly(seal, "crc32", "lines")) {
      refuse("The end of the file is missing: copy or export the whole file again.");
    }
    const text = lines.slice(0, -1).map((line) => line + "\n").join("");
    if (seal.lines !== lines.length - 1 || seal.crc32 !== checksum(text)) {
      refuse("The file was changed or damaged since it was exported: export it again.");
    }
  };

  const readEvent = (line, where, known, now) => {
    if (!hasOnly(line, "day", "g", "id", "r", "s", "t") || !study.isEvent(line)) {
      refuse(`${where} is not an answer as this course writes it.`);
    }
    if (!known.has(line.id) && !OWN.test(line.id)) {
      refuse(`${where} is about a card that this version of the course does not have.`);
    }
    if (line.t > now + AHEAD && !known.has(study.nameOf(line))) {
      const date = new Date(line.t).toISOString().slice(0, 10);
      refuse(`${where} lies years ahead (${date}): look at this device's clock.`);
    }
    return line;
  };

  const readDeck = (line, where) => {
    const problem = study.deckProblem(line.deck);
    if (problem) refuse(`${where} is no deck that can be used. ${problem}`);
    const isPlain =
      hasOnly(line, "deck") && hasOnly(line.deck, "schema", "name", "cards") &&
      line.deck.cards.every((card) => hasOnly(card, "id", "front", "back", "topic"));
    if (!isPlain) refuse(`${where} holds more than a deck does.`);
    return line.deck;
  };

  const readMeta = (line, where) => {
    const { schema, algorithm, ...given } = isObject(line.meta) ? line.meta : {};
    const sound = study.settings(given);
    const isWhole = Object.keys(given).every((name) => Object.hasOwn(sound, name));
    if (schema !== SCHEMA || algorithm !== "fsrs-6" || !isWhole || !hasOnly(line, "meta")) {
      refuse(`${where} holds settings that cannot be.`);
    }
    return sound;
  };

  /**
   * Read the text of a file, all or nothing: {events, decks, meta}, or {problem: one
   * line}. `known` has the ids of the course's cards and questions, and the names of
   * events that are here already; `now` is unix ms.
   */
  study.readImport = function (text, known, now) {
    try {
      const lines = text.replace(/\r\n/g, "\n").split("\n");
      while (lines.length > 1 && lines[lines.length - 1].trim() === "") lines.pop();
      checkHeader(lines[0]);
      checkSeal(lines);
      const read = { events: [], decks: [], meta: {} };
      let settings = 0;
      lines.slice(1, -1).forEach((one, i) => {
        const where = "Line " + (i + 2);
        const line = parse(one);
        if (!isObject(line)) refuse(`${where} of the file cannot be read.`);
        if (Object.hasOwn(line, "deck")) read.decks.push(readDeck(line, where));
        else if (!Object.hasOwn(line, "meta")) {
          read.events.push(readEvent(line, where, known, now));
        } else {
          settings += 1;
          if (settings > 1) refuse(`${where} holds the settings a second time.`);
          read.meta = readMeta(line, where);
        }
      });
      return read;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { problem: `${error.message} ${NOTHING}` };
    }
  };

  /** Read the bytes of a file in the same way; a mark at its beginning is left out. */
  study.readFile = function (bytes, known, now) {
    const say = (what) => ({ problem: `${what} ${NOTHING}` });
    if (!bytes.byteLength) return say("The file is empty.");
    if (bytes.byteLength > study.mostBytes) return say("The file is too large to be progress.");
    let text = "";
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch (error) {
      return say("The file is not text in UTF-8, as this course exports it.");
    }
    return study.readImport(text, known, now);
  };

  /**
   * Take in what was read; settings and cards that are here stay as they are. Says how
   * many events, answers among them, and cards of decks are new, and what was not stored.
   */
  study.takeIn = function (store, { events, decks, meta }) {
    const countAnswers = () => store.events().filter((event) => event.g).length;
    const before = countAnswers();
    const done = { events: store.add(events), answers: 0, cards: 0, problem: "" };
    done.answers = countAnswers() - before;
    const there = new Map(
      store.decks().map((deck) => [deck.name, new Set(deck.cards.map((card) => card.id))]),
    );
    for (const deck of decks) {
      const old = there.get(deck.name) || new Set();
      const fresh = deck.cards.filter((card) => !old.has(card.id));
      if (!fresh.length) continue;
      done.cards += fresh.length;
      done.problem = store.addDeck({ ...deck, cards: fresh }) || done.problem;
    }
    const here = store.meta();
    const changes = Object.entries(meta).filter(
      ([name, value]) =>
        name !== "exported" && here[name] === study.usual[name] && here[name] !== value,
    );
    if (changes.length) {
      done.problem = store.setMeta(Object.fromEntries(changes)) || done.problem;
    }
    done.problem = store.problem() || done.problem;
    return done;
  };
})(typeof window === "undefined" ? globalThis : window);
