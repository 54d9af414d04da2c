/* Small charts as SVG, each with a sentence above it and its numbers in a table. */
(function () {
  "use strict";
  const study = window.dlblStudy;
  const { make } = study;
  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = 140;
  const TOP = 20; // for the numbers over the columns
  const BOTTOM = 22; // for their names
  const NAME = 52; // pixels that a name needs
  const NARROW = 420;

  const draw = (tag, attributes, text) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const canvas = (width, height) =>
    draw("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });

  /** A name below the axis, wholly within the drawing. */
  const label = (name, x, width) =>
    draw(
      "text",
      {
        class: "review-name", y: HEIGHT - 5,
        x: Math.min(Math.max(x, NAME / 2), width - NAME / 2),
      },
      name,
    );

  function table(head, rows) {
    const cells = (tag, values, scope) =>
      values.map((value, i) =>
        make(i && tag === "th" ? "th" : i ? "td" : "th", scope(i), String(value)),
      );
    const made = make(
      "table", { class: "review-table" },
      make("thead", {}, make("tr", {}, ...cells("th", head, () => ({ scope: "col" })))),
      make(
        "tbody", {},
        ...rows.map((row) =>
          make("tr", {}, ...cells("td", row, (i) => (i ? {} : { scope: "row" }))),
        ),
      ),
    );
    return make("div", { class: "review-wide", tabindex: 0 }, made);
  }

  /** A chart: `paint(width)` gives the drawing, anew whenever the width changes. */
  study.chart = function (sentence, paint, head, rows) {
    const place = make("div", { class: "review-drawing" });
    let drawn = 0;
    new ResizeObserver(() => {
      const width = Math.floor(place.clientWidth);
      if (!width || width === drawn) return;
      drawn = width;
      place.replaceChildren(paint(width));
    }).observe(place);
    return make(
      "figure", { class: "review-chart" },
      make("figcaption", {}, sentence), place,
      make("details", {}, make("summary", {}, "In numbers"), table(head, rows)),
    );
  };

  /** Columns with their numbers above; [{name, value}]. */
  study.columns = (data) => (width) => {
    const svg = canvas(width, HEIGHT);
    const most = Math.max(1, ...data.map(({ value }) => value));
    const step = width / data.length;
    const every = Math.ceil(NAME / step);
    const base = HEIGHT - BOTTOM;
    data.forEach(({ name, value }, i) => {
      const height = ((base - TOP) * value) / most;
      const middle = (i + 0.5) * step;
      svg.append(
        draw("rect", {
          class: "review-column", x: i * step + step * 0.14, y: base - height,
          width: step * 0.72, height, rx: Math.min(3, height / 2),
        }),
      );
      if (value && step > 24) {
        svg.append(draw("text", { class: "review-value", x: middle, y: base - height - 5 }, value));
      }
      if (i % every === 0) svg.append(label(name, middle, width));
    });
    svg.append(draw("line", { class: "review-axis", x1: 0, x2: width, y1: base, y2: base }));
    return svg;
  };

  /** Shares between `low` and 1 as points, with a line at `aim`; null for none. */
  study.shares = (data, aim, low) => (width) => {
    const svg = canvas(width, HEIGHT);
    const base = HEIGHT - BOTTOM;
    const right = 40; // for the aim's number
    const step = (width - right) / data.length;
    const every = Math.ceil(NAME / step);
    const y = (share) => base - ((base - TOP) * (Math.max(low, share) - low)) / (1 - low);
    const line = (className, share) =>
      draw("line", { class: className, x1: 0, x2: width - right, y1: y(share), y2: y(share) });
    svg.append(line("review-axis", low), line("review-aim", aim));
    const mark = (share) =>
      draw("text", { class: "review-side", x: width - right + 6, y: y(share) + 4 }, study.percent(share));
    svg.append(mark(aim), mark(low));
    const points = data
      .map(({ name, value }, i) => ({ name, value, x: (i + 0.5) * step }));
    const given = points.filter(({ value }) => value !== null);
    svg.append(
      draw("polyline", {
        class: "review-line", points: given.map((p) => `${p.x},${y(p.value)}`).join(" "),
      }),
    );
    for (const { x, value } of given) {
      svg.append(draw("circle", { class: "review-dot", cx: x, cy: y(value), r: 4 }));
      const above = y(value) - 9;
      const crossed = Math.abs(above - 4 - y(aim)) < 8;
      const side = crossed ? y(value) + 18 : above;
      svg.append(
        draw("text", { class: "review-value", x, y: side }, Math.round(100 * value)),
      );
    }
    points.forEach(({ name, x }, i) => {
      if (i % every === 0) svg.append(label(name, x, width));
    });
    return svg;
  };

  /** One bar a row, filled in steps; [{title, values: numbers, total, text}]. */
  study.stacks = (rows) => (width) => {
    const isNarrow = width < NARROW;
    const each = isNarrow ? 62 : 44;
    const under = isNarrow ? 18 : 0;
    const svg = canvas(width, rows.length * each);
    rows.forEach(({ title, values, total, text }, i) => {
      const top = i * each;
      svg.append(draw("text", { class: "review-row-name", x: 0, y: top + 14 }, title));
      svg.append(draw("text", { class: isNarrow ? "" : "review-row-text", x: isNarrow ? 0 : width, y: top + 14 + under }, text));
      svg.append(draw("rect", { class: "review-rest", x: 0.5, y: top + under + 21.5, width: width - 1, height: 9, rx: 4.5 }));
      let x = 0;
      values.forEach((value, j) => {
        const wide = (width * value) / Math.max(1, total);
        if (value) svg.append(draw("rect", { class: "review-step-" + j, x, y: top + under + 21, width: wide, height: 10, rx: Math.min(5, wide / 2) }));
        x += wide;
      });
    });
    return svg;
  };
})();
