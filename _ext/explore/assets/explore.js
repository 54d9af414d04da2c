// Widgets of the built page: a control picks one of the frames drawn at build time.
(() => {
  "use strict";

  // A screen reader hears the sentence when the control has rested this long.
  const REST_MS = 250;
  const FAILED = "This picture did not load. Check the connection and try again.";

  // Where each kind of control keeps the number of the value it stands at.
  const INDEX = {
    slider: (control) => Number(control.querySelector("input").value),
    radio: (control) => Number(control.querySelector("input:checked").value),
    select: (control) => control.querySelector("select").selectedIndex,
    checkbox: (control, labels) =>
      labels.indexOf(control.querySelector("input").checked ? "on" : "off"),
  };

  function setUp(widget) {
    const { folder, labels, frames } = JSON.parse(
      widget.querySelector(".explore-frames").textContent,
    );
    const panel = widget.querySelector(".explore-controls");
    const controls = [...panel.querySelectorAll(".explore-control")];
    const picture = widget.querySelector(".explore-picture");
    const sentence = widget.querySelector(".explore-sentence");
    const images = new Map();
    let wanted = -1;
    let waiting = false;
    let resting = 0;

    function load(file) {
      if (!images.has(file)) {
        const image = new Image();
        image.onerror = () => images.delete(file);
        image.src = `${folder}/${file}`;
        images.set(file, image);
      }
      return images.get(file);
    }

    function indices() {
      return controls.map((control, place) =>
        INDEX[control.dataset.kind](control, labels[place]),
      );
    }

    function spell(current) {
      controls.forEach((control, place) => {
        if (control.dataset.kind !== "slider") return;
        const value = labels[place][current[place]];
        control.querySelector("input").setAttribute("aria-valuetext", value);
        control.querySelector(".explore-value").textContent = value;
      });
    }

    async function show() {
      waiting = false;
      const current = indices();
      spell(current);
      const number = current.reduce(
        (sum, index, place) => sum * labels[place].length + index,
        0,
      );
      wanted = number;
      const [file, text] = frames[number];
      const image = load(file);
      try {
        await image.decode();
      } catch {
        if (wanted === number) sentence.textContent = FAILED;
        return;
      }
      if (wanted !== number) return;
      picture.src = image.src;
      picture.alt = text;
      sentence.textContent = text;
    }

    panel.addEventListener("input", () => {
      sentence.setAttribute("aria-busy", "true");
      clearTimeout(resting);
      resting = setTimeout(() => sentence.removeAttribute("aria-busy"), REST_MS);
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(show);
    });

    const loadAll = () => frames.forEach(([file]) => load(file));
    panel.addEventListener("pointerenter", loadAll, { once: true });
    panel.addEventListener("focusin", loadAll, { once: true });
  }

  document.querySelectorAll(".explore").forEach(setUp);
})();
