/* The section "Your own cards": decks of other programs, added and taken away. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const NOTHING = " Nothing was added.";

  const cards = (n) => `${n.toLocaleString("en-GB")} card${n === 1 ? "" : "s"}`;
  const named = (name) => `“${name}”`;
  const button = (text, press) => {
    const made = make("button", { type: "button", class: "study-button" }, text);
    made.addEventListener("click", press);
    return made;
  };

  /** Add what a file holds to the store: one line about what came of it. */
  async function take(store, file) {
    const say = (text) => `${file.name}: ${text}`;
    let read = null;
    try {
      read = study.readForeign(await file.arrayBuffer(), file.name);
    } catch (error) {
      return say("The file cannot be read." + NOTHING);
    }
    if (read.problem) return say(read.problem + NOTHING);
    const { deck, left } = read;
    const old = store.decks().find(({ name }) => name === deck.name);
    const known = new Set(old ? old.cards.map(({ id }) => id) : []);
    const fresh = deck.cards.filter(({ id }) => !known.has(id)).length;
    const problem = study.deckProblem(deck) || store.addDeck(deck);
    const again = deck.cards.length - fresh;
    const said = [
      `${cards(fresh)} added to ${named(deck.name)}.`,
      again && `${cards(again)} of it ${again === 1 ? "was" : "were"} here already.`,
      left, problem,
    ];
    return say(said.filter(Boolean).join(" "));
  }

  /** Fill an element with the section. */
  study.ownSection = function (element) {
    const { store } = study;
    const status = make("p", { class: "study-status", role: "status" });
    const list = make("ul", { class: "study-own" });
    const input = make("input", {
      type: "file", id: "study-own-file", multiple: "", accept: ".org,.tsv,.csv,.txt",
    });

    /** The row of one deck; its button asks first. */
    const row = (deck) => {
      const made = make("li", {});
      const rest = () => {
        const remove = button("Remove", ask);
        remove.setAttribute("aria-label", "Remove " + named(deck.name));
        made.replaceChildren(`${deck.name}: ${cards(deck.cards.length)} `, remove);
        return remove;
      };
      const ask = () => {
        const yes = button("Remove", () => {
          const problem = store.removeDeck(deck.name);
          status.textContent = problem || `${named(deck.name)} was removed.`;
          input.focus();
        });
        const no = button("Keep", () => rest().focus());
        made.replaceChildren(
          make("span", {}, `Remove ${named(deck.name)} and its ${cards(deck.cards.length)}? `),
          yes, " ", no,
        );
        yes.setAttribute("aria-label", `Yes, remove ${named(deck.name)}`);
        no.focus();
        status.textContent = "Your answers stay: they count again if the deck comes back.";
      };
      rest();
      return made;
    };

    const show = () => {
      list.replaceChildren(...store.decks().map(row));
      list.hidden = !list.children.length;
    };

    const takeAll = async (files) => {
      const said = [];
      for (const file of files) said.push(await take(store, file));
      status.replaceChildren(...said.map((line) => make("span", { class: "study-block" }, line)));
      show();
    };

    input.addEventListener("change", async () => {
      await takeAll([...input.files]);
      input.value = ""; // so that the same file can be chosen again
    });
    element.addEventListener("dragover", (event) => event.preventDefault());
    element.addEventListener("drop", (event) => {
      event.preventDefault();
      takeAll([...event.dataTransfer.files]);
    });

    element.append(
      make(
        "p", {},
        "Add cards that you wrote elsewhere: a file of org-drill (",
        make("code", {}, ".org"), "), or a table with a front and a back on each line (",
        make("code", {}, ".tsv"), ", ", make("code", {}, ".csv"), ", ",
        make("code", {}, ".txt"), "), as Anki exports its notes in plain text. " +
          "They stay in this browser, as text without pictures.",
      ),
      make(
        "div", { class: "study-drop" },
        make("label", { for: "study-own-file" }, "Add files, chosen or dropped here: "), input,
      ),
      list, status,
    );
    study.onChange(() => {
      if (!list.contains(document.activeElement)) show();
    });
    show();
  };
})();
