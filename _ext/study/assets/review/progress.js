/* The section "Your progress": what is kept, export, import, and what to look out for. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const DAY = 86400e3;
  const REMIND = { days: 14, events: 50 };
  const ROOM = 5 * 1024 * 1024; // characters that a browser gives to a site

  const begun = (events) => events.reduce((t, event) => Math.min(t, event.t), Infinity);
  const answers = (events) => events.filter((event) => event.g);

  /** What an import may name: the course's items, and what was rated here. */
  const known = () => {
    const ids = new Set(study.store.events().flatMap((e) => [e.id, study.nameOf(e)]));
    for (const chapter of study.index.chapters) {
      for (const [id] of [...chapter.cards, ...chapter.questions]) ids.add(id);
      for (const id of chapter.retired) ids.add(id);
    }
    return ids;
  };

  /** How much of the browser's room is taken, in percent; null if it has none for us. */
  const taken = () => {
    try {
      const all = Object.entries(window.localStorage);
      const used = all.reduce((sum, [key, text]) => sum + key.length + text.length, 0);
      return Math.ceil((100 * used) / ROOM);
    } catch (error) {
      return null;
    }
  };

  const facts = (events, exported) => {
    if (!events.length) return "Nothing was answered in this browser yet.";
    const percent = taken();
    const room = percent === null
      ? "" : ` ${percent}\u00a0% of its room for this site is taken.`;
    const last = exported ? `Last exported on ${study.date(exported)}.` : "Never exported.";
    return (
      `${study.count(answers(events).length, "answer")} since ` +
      `${study.date(begun(events))}, kept in this browser only.${room} ${last}`
    );
  };

  /** A line that asks for an export, or "". */
  study.reminder = function (events, exported, now) {
    const fresh = answers(events).filter((event) => event.t > (exported || 0)).length;
    const since = exported || begun(events);
    if (fresh < REMIND.events || now - since < REMIND.days * DAY) return "";
    return (
      `${study.count(fresh, "answer")} are in no export yet. Browsers may delete ` +
      "what a site keeps, Safari after seven days without a visit: export now."
    );
  };

  const save = (text, name) => {
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = make("a", { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60e3);
  };

  /** Fill an element with the section. */
  study.progressSection = function (element) {
    const { store } = study;
    const summary = make("p", {});
    const reminder = make("p", { class: "study-reminder" });
    const status = make("p", { class: "study-status", role: "status" });
    const exportButton = make("button", { type: "button", class: "study-button" }, "Export");
    const keepButton = make(
      "button", { type: "button", class: "study-button" }, "Ask the browser to keep it",
    );
    const input = make("input", { type: "file", id: "study-import" });
    const drop = make(
      "div",
      { class: "study-drop" },
      make("label", { for: "study-import" }, "Import a file, chosen or dropped here: "),
      input,
    );

    const show = () => {
      const events = store.events();
      const { exported } = store.meta();
      summary.textContent = facts(events, exported);
      reminder.textContent = study.reminder(events, exported, Date.now());
      reminder.hidden = !reminder.textContent;
      exportButton.disabled = !events.length && !store.decks().length;
    };

    const say = (...lines) => {
      status.textContent = lines.filter(Boolean).join(" ");
    };

    exportButton.addEventListener("click", () => {
      const now = Date.now();
      const local = new Date(now - new Date(now).getTimezoneOffset() * 60e3);
      const name = `progress-${local.toISOString().slice(0, 10)}.jsonl`;
      const { length } = answers(store.events());
      save(study.exportText(store, now), name);
      const problem = store.setMeta({ exported: now });
      say(`Exported ${study.count(length, "answer")} to ${name}.`, problem);
    });

    const take = async (file) => {
      let bytes = null;
      try {
        bytes = await file.slice(0, study.mostBytes + 1).arrayBuffer();
      } catch (error) {
        say("The file cannot be opened. Nothing was imported.");
        return;
      }
      const read = study.readFile(bytes, known(), Date.now());
      if (read.problem) {
        say(read.problem);
        return;
      }
      const done = study.takeIn(store, read);
      const parts = [
        [done.answers, "new answer"],
        [done.events - done.answers, "other change"],
        [done.cards, "own card"],
      ].filter(([n]) => n);
      const told = parts.map(([n, one]) => study.count(n, one)).join(", ");
      say(
        told ? `Imported ${told}.` : "All that the file holds was here already.",
        done.problem,
      );
    };

    input.addEventListener("change", async () => {
      if (input.files.length) await take(input.files[0]);
      input.value = ""; // so that the same file can be chosen again
    });
    element.addEventListener("dragover", (event) => event.preventDefault());
    element.addEventListener("drop", (event) => {
      event.preventDefault();
      const { files } = event.dataTransfer;
      if (files.length === 1) take(files[0]);
      else say("Drop one file. Nothing was imported.");
    });

    // Where the browser can promise to keep what is stored, and has not yet.
    keepButton.hidden = true;
    const { storage } = navigator;
    if (storage && storage.persisted) {
      storage.persisted().then(
        (kept) => { keepButton.hidden = kept; },
        () => {}, // a page without an origin: nothing is stored for it
      );
    }
    keepButton.addEventListener("click", async () => {
      const kept = await storage.persist().catch(() => false);
      keepButton.hidden = kept;
      if (kept) input.focus();
      say(
        kept
          ? "The browser keeps it until you delete it."
          : "The browser makes no promise: export now and then.",
      );
    });

    const notes = [];
    if (location.protocol === "file:" && /Firefox\//.test(navigator.userAgent)) {
      notes.push(make(
        "p", {},
        "Firefox keeps progress apart for each page that is opened from a folder, so that " +
          "answers given in chapters are not seen here. Run ", make("code", {}, "make serve"),
        " in the course's folder and open the address that it shows.",
      ));
    }

    element.append(
      summary, reminder, ...notes,
      make("div", { class: "study-buttons" }, exportButton, keepButton), drop, status,
    );
    study.onChange(show);
    show();
  };
})();
