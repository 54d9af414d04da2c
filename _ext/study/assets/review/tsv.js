/* Tables of two or more columns: Anki's notes in plain text, TSV, CSV. */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const SEPARATORS = {
    tab: "\t", comma: ",", semicolon: ";", colon: ":", pipe: "|", space: " ",
  };
  const ENTITIES = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };
  const HEADINGS = /^(front|question|term|text)$/i;

  /** The `#key:value` lines that Anki writes first: [values by key, how many lines]. */
  function readHeader(text) {
    const values = {};
    let lines = 0;
    for (const line of text.split("\n")) {
      const found = /^#([a-z ]+):(.*?)\r?$/i.exec(line);
      if (!found) break;
      values[found[1].toLowerCase()] = found[2].trim();
      lines += 1;
    }
    return [values, lines];
  }

  function separatorOf(values, line) {
    const given = values.separator;
    if (given !== undefined) return SEPARATORS[given.toLowerCase()] || given[0];
    return ["\t", ";", ","].find((one) => line.includes(one));
  }

  /** Records {fields, line} or {problem}; a line that begins with # is a comment. */
  function* records(text, separator, line) {
    let fields = [];
    let field = "";
    let quoted = 0; // the line on which an open quotation mark stands
    let start = line;
    for (let i = 0; i <= text.length; i++) {
      const c = text[i];
      if (quoted && c !== undefined) {
        if (c !== '"') field += c;
        else if (text[i + 1] === '"') field += text[++i];
        else quoted = 0;
      } else if (c === '"' && field === "") {
        quoted = line;
      } else if (c === "#" && field === "" && !fields.length) {
        i = text.indexOf("\n", i);
        if (i < 0) return;
        start = line + 1;
      } else if (c === "\n" || c === undefined) {
        if (quoted) yield { problem: `Line ${quoted}: a quotation mark is never closed.` };
        fields.push(field);
        if (fields.some((one) => one.trim())) yield { fields, line: start };
        fields = [];
        field = "";
        start = line + 1;
      } else if (c === separator) {
        fields.push(field);
        field = "";
      } else {
        field += c;
      }
      if (text[i] === "\n") line += 1;
    }
  }

  /** HTML as plain text: breaks are lines, marks of style go, other tags are shown. */
  const fromHtml = (html) =>
    html
      .replace(/<(br|\/div|\/p|\/li|\/tr|\/h[1-6])\b[^<>]*>/gi, "\n")
      .replace(/<\/?(div|p|ul|ol|li|b|i|u|s|em|strong|span|font|sub|sup|code|pre)\b[^<>]*>/gi, "")
      .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi, (whole, ten, hex, name) => {
        if (name) return ENTITIES[name.toLowerCase()] ?? whole;
        const code = ten ? parseInt(ten, 10) : parseInt(hex, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      });

  /** A text with Anki's gaps, in pieces: strings and {number, text, hint}. */
  function pieces(text) {
    const made = [];
    let end = 0;
    for (const found of text.matchAll(/\{\{c(\d{1,3})::((?:(?!\{\{|\}\})[^])*)\}\}/g)) {
      const [gap, hint = ""] = found[2].split("::");
      made.push(text.slice(end, found.index), { number: found[1], text: gap, hint });
      end = found.index + found[0].length;
    }
    return [...made, text.slice(end)];
  }

  function cardsOf([front, ...rest], topic, line) {
    const more = rest.filter((one) => one.trim()).join("\n");
    const parts = pieces(front);
    const numbers = new Set(parts.map(({ number }) => number).filter(Boolean));
    if (!numbers.size) return [{ front, back: more, topic, line }];
    const whole = study.fillGaps(parts, () => false);
    return [...numbers].map((number) => ({
      front: study.fillGaps(parts, (piece) => piece.number === number),
      back: [whole, more].filter(Boolean).join("\n"),
      topic,
      line,
    }));
  }

  /** A table as a deck: the first column is the front, the others are the back. */
  study.readTsv = function (text, name = "") {
    const clean = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
    const [values, lines] = readHeader(clean);
    const body = clean.split("\n").slice(lines).join("\n");
    const first = body.split("\n").find((line) => line.trim() && line[0] !== "#");
    if (first === undefined) return { problem: "The file has no card." };
    const separator = separatorOf(values, first);
    if (!separator) {
      return {
        problem: "The file has one column: put a tab between front and back on each line.",
      };
    }
    const column = (key) => Number(values[key + " column"]) - 1;
    const hidden = ["guid", "notetype", "deck", "tags"].map(column);
    const plain = (field) => field.replace(/ *\u23ce */g, "\n"); // as this course writes them
    const read = values.html === "true" ? fromHtml : plain;
    const entries = [];
    let isFirst = true;
    for (const { fields, line, problem } of records(body, separator, lines + 1)) {
      if (problem) return { problem };
      const shown = fields.filter((_, i) => !hidden.includes(i)).map(read);
      const isHeading = isFirst && HEADINGS.test(shown[0].trim());
      isFirst = false;
      if (isHeading) continue;
      const [topic] = (fields[column("tags")] || "").trim().split(/\s+/);
      entries.push(...cardsOf(shown, topic, line));
    }
    return study.foreignDeck(values.deck || name, entries, "line");
  };
})(typeof window === "undefined" ? globalThis : window);
