// Draws the charts of the manager's page with uPlot: bars of means, columns of counts, a line over the day. Values come
// from the server in data-chart; hovering or the arrow keys read one out. Nothing is told by colour alone.
"use strict";
(() => {
  const en = document.documentElement.lang === "en";
  const number = (value, digits = 1) => value === null || value === undefined ? "–"
    : new Intl.NumberFormat(en ? "en" : "vi-VN", { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  const drawn = new Map();
  const watcher = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const plot = drawn.get(target);
      if (plot && target.clientWidth && Math.abs(plot.width - target.clientWidth) > 1) {
        plot.setSize({ width: target.clientWidth, height: target.clientHeight });
      }
    }
  });

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const of = (name) => style.getPropertyValue(`--${name}`).trim();
    return {
      ink: of("ink"), bar: of("ink-2"), quiet: of("ink-2"), grid: of("line"), red: of("red"), redDeep: of("red-deep"),
      gold: of("gold-ink"), paper: of("paper"), muted: of("muted"),
    };
  }

  const font = (size, weight = 400) => `${weight} ${size * devicePixelRatio}px Inter, sans-serif`;

  function nice(top) {
    for (const step of [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 500000]) {
      if (top / step <= 6) return step;
    }
    return 10 ** Math.ceil(Math.log10(top / 5));
  }

  /** The top of the upright axis: everything drawn fits, target lines too, and one long whisker does not flatten all. */
  function topOf(data) {
    const values = [...data.values, ...(data.whiskers || []), ...(data.kind === "bars" ? data.targets : [])];
    const top = Math.max(1, ...values.filter((value) => typeof value === "number"));
    const step = nice(top);
    return { top: Math.ceil((top * (data.kind === "columns" ? 1.12 : 1.02)) / step) * step, step };
  }

  function frame(box, data, draw) {
    const paint = colours(), n = data.labels.length, { top, step } = topOf(data);
    const edge = data.kind === "line" ? 0.01 : 0.5;
    const right = { bars: 62, columns: 12, line: 20 }[data.kind]; // for targets' names, and half of the last label
    const named = (u) => {
      const room = (u.width - 44 - right) / n;
      const widest = Math.max(...data.labels.map((label) => label.length)) * 7.5 + 8;
      return Math.max(1, Math.ceil(widest / room));
    };
    const last = n - 1;
    const shown = (i, each) => (data.forecast ? i === last || (i % each === 0 && last - i >= each) : i % each === 0);
    const plot = new uPlot({
      width: box.clientWidth, height: box.clientHeight, legend: { show: false }, padding: [10, right, 0, 0],
      cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
      scales: { x: { time: false, range: [-edge, n - 1 + edge] }, y: { range: [0, top] } },
      series: [{}, { paths: () => null, points: { show: false } }],
      axes: [
        {
          font: "12px Inter, sans-serif", stroke: paint.quiet, size: 26, gap: 4, grid: { show: false }, ticks: { show: false },
          splits: (u) => { const each = named(u); return data.labels.map((_, i) => i).filter((i) => shown(i, each)); },
          values: (u, splits) => splits.map((i) => data.labels[i]),
        },
        {
          font: "12px Inter, sans-serif", stroke: paint.quiet, size: 44, gap: 6, grid: { stroke: paint.grid, width: 1 }, ticks: { show: false },
          splits: () => { const found = []; for (let at = 0; at <= top + 1e-9; at += step) found.push(at); return found; },
          values: (u, splits) => splits.map((value) => number(value, 0)),
        },
      ],
      hooks: { draw: [(u) => { u.ctx.save(); u.ctx.textBaseline = "alphabetic"; draw(u, paint); u.ctx.restore(); }], setCursor: [(u) => tell(box, data, u.cursor.idx)] },
    }, [data.labels.map((_, i) => i), data.values.map((value) => value ?? null)], box);
    box.append(Object.assign(document.createElement("p"), { className: "readout" }));
    return plot;
  }

  /** A rim around what is about to be written, so that no line runs through it. */
  function apart(ctx, text, at, height, colour) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = 4 * devicePixelRatio;
    ctx.lineJoin = "round";
    ctx.setLineDash([]);
    ctx.strokeText(text, at, height);
  }

  function bars(box, data) {
    const widest = data.targets.length ? data.targets[0] : Infinity;
    return frame(box, data, (u, paint) => {
      const { ctx } = u, ratio = devicePixelRatio, x = (i) => u.valToPos(i, "x", true), y = (v) => u.valToPos(v, "y", true);
      const thick = Math.min(44 * ratio, (x(1) - x(0)) * 0.62);
      const said = [];
      data.values.forEach((value, i) => {
        if (value === null) {
          if (thick > 9 * ratio) said.push(["–", x(i), y(0) - 5 * ratio, paint.quiet]);
          return;
        }
        const forecast = data.forecast && i === data.values.length - 1, over = value > widest && !forecast;
        const left = x(i) - thick / 2, high = y(value), whisker = data.whiskers[i];
        if (whisker !== null && !forecast) {
          ctx.strokeStyle = paint.bar;
          ctx.lineWidth = Math.max(1, Math.min(2, thick / 8)) * ratio;
          ctx.beginPath();
          ctx.moveTo(x(i), Math.max(high, y(whisker)));
          ctx.lineTo(x(i), y(whisker));
          ctx.moveTo(x(i) - thick * 0.2, y(whisker));
          ctx.lineTo(x(i) + thick * 0.2, y(whisker));
          ctx.stroke();
        }
        ctx.fillStyle = over ? paint.red : forecast ? paint.paper : paint.bar;
        ctx.fillRect(left, high, thick, y(0) - high);
        if (forecast) {
          ctx.setLineDash([4 * ratio, 3 * ratio]);
          ctx.strokeStyle = paint.bar;
          ctx.lineWidth = 1.5 * ratio;
          ctx.strokeRect(left, high, thick, y(0) - high);
          ctx.setLineDash([]);
        }
        if (thick > 19 * ratio) {
          const inside = y(0) - high > 18 * ratio, tip = whisker !== null && !forecast ? Math.min(high, y(whisker)) : high;
          const above = tip - 8 * ratio > u.bbox.top + 12 * ratio ? tip : high; // beyond the whisker, not across it
          if (inside) said.push([number(value), x(i), y(0) - 7 * ratio, forecast ? paint.ink : paint.paper]);
          else said.push([number(value), x(i), above - 8 * ratio, paint.ink, paint.paper]);
        } else if (over && thick > 5 * ratio) {
          said.push(["!", x(i), high - 3 * ratio, paint.redDeep]);
        }
      });
      let above = -Infinity;
      data.targets.forEach((target, i) => {
        const at = y(target), colour = i ? paint.gold : paint.red;
        ctx.strokeStyle = colour;
        ctx.lineWidth = 2 * ratio;
        ctx.setLineDash(i ? [5 * ratio, 4 * ratio] : []);
        ctx.beginPath();
        ctx.moveTo(u.bbox.left, at);
        ctx.lineTo(u.bbox.left + u.bbox.width, at);
        ctx.stroke();
        ctx.setLineDash([]);
        ctx.fillStyle = i ? paint.gold : paint.redDeep;
        ctx.font = font(12, 700);
        ctx.textAlign = "left";
        const name = Math.max(at, above + 14 * ratio);
        above = name;
        ctx.fillText(`${number(target, Number.isInteger(target) ? 0 : 1)} ${data.unit}`, u.bbox.left + u.bbox.width + 6 * ratio, name + 4 * ratio);
      });
      ctx.textAlign = "center";
      for (const [text, at, height, colour, around] of said) {
        ctx.font = font(thick > 26 * ratio ? 12 : 10, 600);
        if (around) apart(ctx, text, at, height, around);
        ctx.fillStyle = colour;
        ctx.fillText(text, at, height);
      }
    });
  }

  function columns(box, data) {
    return frame(box, data, (u, paint) => {
      const { ctx } = u, ratio = devicePixelRatio, x = (i) => u.valToPos(i, "x", true), y = (v) => u.valToPos(v, "y", true);
      const slot = x(1) - x(0), thick = slot * 0.8, last = data.values.length - 1;
      const widest = data.targets.length ? data.targets[0] : Infinity;
      ctx.textAlign = "center";
      data.values.forEach((value, i) => {
        const left = x(i) - thick / 2, high = y(value), gone = i === last, over = !gone && i * data.bin >= widest;
        ctx.fillStyle = gone ? paint.paper : over ? paint.red : paint.bar;
        ctx.fillRect(left, high, thick, y(0) - high);
        if (gone && value) {
          ctx.strokeStyle = paint.bar;
          ctx.lineWidth = 1.5 * ratio;
          ctx.setLineDash([4 * ratio, 3 * ratio]);
          ctx.strokeRect(left, high, thick, y(0) - high);
          ctx.setLineDash([]);
        }
        if (value && slot > 20 * ratio) {
          ctx.font = font(slot > 34 * ratio ? 12 : 11, 600);
          ctx.fillStyle = paint.ink;
          const text = slot > 34 * ratio || value < 1000 ? number(value, 0) : `${number(value / 1000, value < 10000 ? 1 : 0)}k`;
          ctx.fillText(text, x(i), high - 4 * ratio);
        }
      });
      data.targets.forEach((target, i) => {
        const at = x(target / data.bin - 0.5);
        ctx.strokeStyle = i ? paint.gold : paint.red;
        ctx.lineWidth = 2 * ratio;
        ctx.setLineDash(i ? [5 * ratio, 4 * ratio] : []);
        ctx.beginPath();
        ctx.moveTo(at, u.bbox.top);
        ctx.lineTo(at, u.bbox.top + u.bbox.height);
        ctx.stroke();
        ctx.setLineDash([]);
        ctx.fillStyle = i ? paint.gold : paint.redDeep;
        ctx.font = font(12, 700);
        ctx.textAlign = i ? "right" : "left";
        ctx.fillText(number(target, 0), at + (i ? -4 : 4) * ratio, u.bbox.top + 10 * ratio);
      });
    });
  }

  function line(box, data) {
    return frame(box, data, (u, paint) => {
      const { ctx } = u, ratio = devicePixelRatio, x = (i) => u.valToPos(i, "x", true), y = (v) => u.valToPos(v, "y", true);
      ctx.beginPath();
      ctx.moveTo(x(0), y(0));
      data.values.forEach((value, i) => ctx.lineTo(x(i), y(value)));
      ctx.lineTo(x(data.values.length - 1), y(0));
      ctx.fillStyle = paint.muted;
      ctx.fill();
      ctx.beginPath();
      data.values.forEach((value, i) => (i ? ctx.lineTo(x(i), y(value)) : ctx.moveTo(x(i), y(value))));
      ctx.strokeStyle = paint.bar;
      ctx.lineWidth = 2 * ratio;
      ctx.stroke();
      const most = data.values.reduce((best, value, i) => (value > data.values[best] ? i : best), 0);
      ctx.font = font(12, 600);
      ctx.fillStyle = paint.ink;
      const near = x(most) > u.bbox.left + u.bbox.width / 2;
      ctx.textAlign = near ? "right" : "left";
      const value = number(data.values[most], Number.isInteger(data.values[most]) ? 0 : 1);
      ctx.beginPath();
      ctx.arc(x(most), y(data.values[most]), 4 * ratio, 0, 7);
      ctx.fill();
      const text = `${value} ${data.unit} · ${data.labels[most]}`, at = x(most) + (near ? -9 : 9) * ratio;
      apart(ctx, text, at, y(data.values[most]) + 4 * ratio, paint.paper);
      ctx.fillText(text, at, y(data.values[most]) + 4 * ratio);
    });
  }

  const visits = (many) => `${number(many, 0)} ${!en ? "lượt" : many === 1 ? "visit" : "visits"}`;

  function words(data, i) {
    const label = data.labels[i], value = data.values[i];
    if (data.kind === "line") return `${label}: ${number(value, Number.isInteger(value) ? 0 : 1)} ${data.unit}`;
    if (data.kind === "columns") return `${label}${i === data.labels.length - 1 ? "" : ` ${data.unit}`}: ${visits(value)}`;
    const parts = [`${label}: ${number(value)} ${data.unit}`];
    if (data.whiskers[i] !== null) parts.push(`P90 ${number(data.whiskers[i])}`);
    if (data.counts[i] !== null) parts.push(visits(data.counts[i]));
    return parts.join(" · ");
  }

  function tell(box, data, i) {
    const out = box.querySelector(".readout");
    if (out) out.textContent = i === null || i === undefined ? "" : words(data, i);
  }

  /** Draw the chart of one box, once. */
  function draw(box) {
    if (drawn.has(box) || !box.clientWidth) return;
    const began = performance.now(), data = JSON.parse(box.dataset.chart);
    const plot = { bars, columns, line }[data.kind](box, data);
    drawn.set(box, plot);
    watcher.observe(box);
    box.addEventListener("keydown", (event) => {
      const move = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
      if (move === undefined) return;
      event.preventDefault();
      const at = Math.min(Math.max((box.at ?? -1) + move, 0), data.labels.length - 1);
      box.at = at;
      plot.setCursor({ left: plot.valToPos(at, "x"), top: 0 });
      tell(box, data, at);
      const said = document.querySelector("[data-at=readout]");
      if (said) said.textContent = words(data, at);
    });
    performance.measure(`chart ${data.kind}`, { start: began, end: performance.now() });
  }

  function drawAll(root) {
    for (const [box, plot] of drawn) if (!box.isConnected) { watcher.unobserve(box); plot.destroy(); drawn.delete(box); }
    for (const box of root.querySelectorAll("[data-chart]")) draw(box);
  }

  document.fonts.ready.then(() => { for (const plot of drawn.values()) plot.redraw(false, true); });
  window.motcuaCharts = { drawAll };
})();
