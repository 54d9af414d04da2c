/* The learner's own decks in localStorage: one key a deck, text only. */
(function (root) {
  "use strict";
  const study = root.dlblStudy;
  const DECK = "dlbl:deck:";
  const SCHEMA = 1;
  const CARDS = 20000;

  const isText = (x, length) =>
    typeof x === "string" && x.trim() !== "" && x.length <= length;
  const isCard = (card) =>
    card !== null && typeof card === "object" &&
    typeof card.id === "string" && /^own-[0-9a-f]{8,64}$/.test(card.id) &&
    isText(card.front, 5000) && isText(card.back, 5000) &&
    (card.topic === "" || isText(card.topic, 100));

  /** "" or one line about why this is no deck. */
  study.deckProblem = function (deck) {
    const given = deck !== null && typeof deck === "object" ? deck : {};
    if (Number.isSafeInteger(given.schema) && given.schema > SCHEMA) {
      return "This deck was made by a newer version of this course.";
    }
    const isDeck =
      given.schema === SCHEMA && isText(given.name, 100) && Array.isArray(given.cards);
    if (!isDeck) return "This is not a deck.";
    if (!deck.cards.length) return "This deck has no card.";
    if (deck.cards.length > CARDS) return `A deck has at most ${CARDS} cards.`;
    const wrong = deck.cards.findIndex((card) => !isCard(card));
    if (wrong < 0) return "";
    return (
      `Card ${wrong + 1} of this deck is not one: a card has a front and a back, ` +
      "each of at most 5000 characters."
    );
  };

  /** One deck of several with the same name; of two cards with one id the later stays. */
  const merge = (decks) => {
    const cards = new Map();
    for (const deck of decks) {
      for (const { id, front, back, topic } of deck.cards) {
        cards.set(id, { id, front, back, topic });
      }
    }
    return { schema: SCHEMA, name: decks[0].name, cards: [...cards.values()] };
  };

  /** Give a store the methods for decks; `local()` as in `createStore`. */
  study.withDecks = function (store, local) {
    const unsaved = new Map(); // by name

    /** What is stored and is a deck: [key, deck], always in the same order. */
    const readStored = () => {
      const found = [];
      try {
        const storage = local();
        for (let i = 0; i < storage.length; i++) {
          const key = storage.key(i);
          if (!key.startsWith(DECK)) continue;
          try {
            const deck = JSON.parse(storage.getItem(key));
            if (!study.deckProblem(deck)) found.push([key, deck]);
          } catch (error) {
            // not JSON: it is left as it is
          }
        }
      } catch (error) {
        // nothing is stored here
      }
      return found.sort(([a], [b]) => (a < b ? -1 : 1));
    };

    const named = (name) => readStored().filter(([, deck]) => deck.name === name);

    return Object.assign(store, {
      /** All decks, by name. */
      decks() {
        const groups = new Map();
        const all = [...readStored().map(([, deck]) => deck), ...unsaved.values()];
        for (const deck of all) {
          groups.set(deck.name, [...(groups.get(deck.name) || []), deck]);
        }
        return [...groups.keys()].sort().map((name) => merge(groups.get(name)));
      },
      /**
       * Add a deck; its cards come to those of a deck with the same name, and replace
       * those with the same id. "" or one line about what is wrong.
       */
      addDeck(deck) {
        const problem = study.deckProblem(deck);
        if (problem) return problem;
        const there = named(deck.name);
        const old = there.map(([, stored]) => stored);
        if (unsaved.has(deck.name)) old.push(unsaved.get(deck.name));
        const whole = merge([...old, deck]);
        const key = there.length
          ? there[there.length - 1][0] // read after the others of this name
          : DECK + Date.now().toString(36) + Math.random().toString(36).slice(2, 10);
        const refused = store.keep(key, JSON.stringify(whole));
        if (refused) unsaved.set(deck.name, whole);
        else unsaved.delete(deck.name);
        store.refresh();
        return refused;
      },
      /** Remove a deck; what was answered in it stays in the log. */
      removeDeck(name) {
        unsaved.delete(name);
        let problem = "";
        for (const [key] of named(name)) problem = problem || store.keep(key, null);
        store.refresh();
        return problem;
      },
    });
  };

  if (study.store) {
    study.withDecks(study.store, () => root.localStorage);
  }
})(typeof window === "undefined" ? globalThis : window);
