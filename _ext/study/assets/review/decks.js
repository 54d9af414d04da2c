/* The cards and questions of all chapters: what _static/study/ holds, built on demand.
 *
 * index.js sets `study.index` before this script runs; a chapter's script calls
 * `study.deck(slug, trees)` once `study.load(slug)` has asked for it.
 */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const SPACES = {
    math: "http://www.w3.org/1998/Math/MathML",
    svg: "http://www.w3.org/2000/svg",
  };
  const words = (text) => new Set(text.trim().split(/\s+/));
  const TAGS = words(`
    a abbr b blockquote br caption cite code col colgroup dd details div dl dt em
    fieldset figcaption figure form hr i img input kbd label legend li mark ol p pre q
    s small span strong sub summary sup table tbody td tfoot th thead tr u ul var wbr
    annotation math menclose merror mfrac mi mmultiscripts mn mo mover mpadded
    mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd
    mtext mtr munder munderover semantics
    circle g line path polygon polyline rect svg text`);
  const ATTRIBUTES = words(`
    alt autocomplete cite class colspan decoding dir height href id inputmode lang
    loading method name role rowspan scope size src start style tabindex title type
    value width
    accent accentunder columnalign columnlines columnspacing depth display
    displaystyle encoding fence linebreak linethickness lspace mathbackground mathcolor
    mathsize mathvariant maxsize minsize movablelimits notation rowalign rowlines
    rowspacing rspace scriptlevel separator stretchy symmetric voffset
    cx cy d fill points preserveAspectRatio r rx ry stroke stroke-width transform
    viewBox x x1 x2 y y1 y2`);

  /** From this page to the root of the site. */
  study.root = document.documentElement.dataset.content_root || "./";

  /** What an attribute may be here; null leaves it out. */
  function allowed(name, value, base) {
    if (/^(data|aria)-[a-z-]+$/.test(name)) return value;
    if (!ATTRIBUTES.has(name)) return null;
    if (name === "style") return /[(@\\]/.test(value) ? null : value;
    if (name === "method") return value === "dialog" ? value : null;
    if (name !== "href" && name !== "src") return value;
    if (/^https?:\/\//i.test(value)) return name === "href" ? value : null;
    return /^[a-z][a-z0-9+.-]*:|^[/\\]/i.test(value.trim()) ? null : base + value;
  }

  function grow(tree, base, space) {
    if (typeof tree === "string") return document.createTextNode(tree);
    const [tag, attributes, ...children] = tree;
    if (!TAGS.has(tag)) return document.createTextNode("");
    const inside = SPACES[tag] || space;
    const made = inside
      ? document.createElementNS(inside, tag)
      : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      const kept = allowed(name, value, base);
      if (kept !== null) made.setAttribute(name, kept);
    }
    for (const child of children) made.append(grow(child, base, inside));
    return made;
  }

  /** A tree as an element; relative addresses begin with `base`. */
  study.build = (tree, base) => grow(tree, base, "");

  /** Elements by id, each built of its tree when it is first asked for. */
  class Built extends Map {
    get(id) {
      const kept = super.get(id);
      if (!Array.isArray(kept)) return kept;
      this.set(id, study.build(kept, study.root));
      return super.get(id);
    }

    * [Symbol.iterator]() {
      for (const id of this.keys()) yield [id, this.get(id)];
    }
  }

  const decks = new Map(); // slug → Promise
  const told = new Map(); // slug → what its script is to call

  study.deck = function (slug, trees) {
    if (told.has(slug)) told.get(slug)(trees);
  };

  /** The cards and questions of a chapter, as maps from id to element. */
  study.load = function (slug) {
    if (!decks.has(slug)) {
      decks.set(slug, fetchDeck(slug));
      // so that the next request tries again
      decks.get(slug).catch(() => decks.delete(slug));
    }
    return decks.get(slug);
  };

  function fetchDeck(slug) {
    return new Promise((resolve, reject) => {
      const fail = () => reject(new Error(slug + " could not be loaded"));
      told.set(slug, ({ cards, questions }) => {
        const built = (trees) => new Built(Object.entries(trees));
        resolve({ cards: built(cards), questions: built(questions) });
      });
      const script = document.createElement("script");
      script.src = `${study.root}_static/study/${slug}.js?v=${study.index.version}`;
      script.onload = fail; // does nothing if the script has called
      script.onerror = fail;
      document.head.append(script);
    });
  }
})();
