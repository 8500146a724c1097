// Draws the console from the server's state; every sentence comes finished, only the time is counted here.
"use strict";
(() => {
  const { duration, now, en } = window.motcua;
  const $ = (id) => document.getElementById(id);
  let late = Infinity; // s: waits over every target are marked
  let counted = []; // [element, since ms, kind]

  function icon(name) {
    const found = document.querySelector(`#icons [data-icon="${name}"]`);
    return found ? found.firstElementChild.cloneNode(true) : document.createTextNode("");
  }

  function node(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (key === "class") made.className = value;
      else if (key in made && key !== "list") made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  function count(element, since, kind) {
    counted.push([element, Date.parse(since), kind]);
    return element;
  }

  function chip(element, value) {
    element.hidden = !value;
    if (!value) return;
    element.textContent = value.text;
    element.className = `chip ${value.tone || ""}`;
  }

  function button(target, spec, extra = "") {
    target.hidden = !spec;
    if (!spec) return;
    target.dataset.verb = spec.verb;
    target.toggleAttribute("aria-disabled", !spec.enabled);
    if (!spec.enabled) target.setAttribute("aria-disabled", "true");
    target.title = spec.why || "";
    target.className = extra || target.className;
    target.replaceChildren(icon(spec.icon), node("span", { textContent: spec.text }), node("kbd", { textContent: spec.key }));
  }

  function ticket(t) {
    $("at-counter").hidden = !t;
    $("nobody").hidden = !!t;
    if (!t) return;
    chip($("phase"), { text: t.phase, tone: t.tone });
    $("service").textContent = t.service;
    chip($("class"), t.chip);
    if ($("number").textContent !== t.number) $("number").textContent = t.number;
    $("timer-label").textContent = t.timer.label;
    count($("timer"), t.timer.since, "timer");
    $("usual").textContent = t.usual;
    $("facts").replaceChildren(...t.facts.flatMap((f) => [node("dt", { textContent: f.label }), node("dd", { textContent: f.value })]));
    $("steps").replaceChildren(...t.steps.map((s) => node("li", { class: s.state, "aria-current": s.state === "here" ? "step" : null },
      node("strong", { textContent: s.name }), node("span", { textContent: s.at }))));
  }

  function primary(p) {
    const big = $("primary");
    big.disabled = !p.enabled;
    if (big.dataset.verb !== p.verb) big.dataset.changed = performance.now();
    big.dataset.verb = p.verb;
    big.querySelector(".next-icon").replaceChildren(icon(p.icon));
    big.querySelector(".next-text").textContent = p.text;
    big.querySelector("kbd").textContent = p.key;
    const sub = big.querySelector(".next-sub");
    sub.textContent = p.sub;
    if (p.since) count(node("i"), p.since, (waited) => {
      sub.textContent = `${p.sub} · ${en ? "waited" : "đã chờ"} ${Math.max(0, Math.floor(waited / 60))} ${en ? "min" : "phút"}`;
    });
  }

  function actions(list) {
    const row = $("actions");
    while (row.children.length > list.length) row.lastChild.remove();
    list.forEach((spec, i) => {
      const key = row.children[i] || row.appendChild(node("button", { class: "action" }));
      key.dataset.verb = spec.verb;
      if (spec.enabled) key.removeAttribute("aria-disabled"); else key.setAttribute("aria-disabled", "true");
      key.title = spec.why || "";
      key.replaceChildren(node("span", {}, icon(spec.icon), spec.text), node("kbd", { textContent: spec.key }));
    });
  }

  function extras(list) {
    $("extras").replaceChildren(...list.map((spec) => {
      const made = node("button", { class: "button small" }, icon(spec.icon), node("span", { textContent: spec.text }));
      made.dataset.verb = spec.verb;
      return made;
    }));
  }

  function gauge(g) {
    const has = g.fill !== null;
    $("gauge-figure").textContent = has ? g.figure : g.none;
    $("gauge-figure").classList.toggle("words", !has);
    $("gauge-unit").textContent = has ? g.unit : "";
    $("gauge-note").textContent = g.note;
    $("gauge-forecast").replaceChildren(...(g.forecast ? [g.forecast.before + " ", node("strong", { textContent: g.forecast.figure }), "."] : []));
    const svg = (tag, attributes, text) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      if (text) made.textContent = text;
      return made;
    };
    const percent = (share) => `${(share * 100).toFixed(2)}%`;
    $("gauge-track").replaceChildren(
      svg("rect", { class: "track", x: 0, y: 8, width: "100%", height: 14, rx: 2 }),
      ...(has ? [svg("rect", { class: `fill ${g.tone}`, x: 0, y: 8, width: percent(g.fill), height: 14, rx: 2 })] : []),
      ...g.lines.flatMap((line) => [
        svg("line", { class: line.solid ? "mark" : "mark dashed", x1: percent(line.at), x2: percent(line.at), y1: 1, y2: 29 }),
        svg("text", { x: percent(line.at), y: 42 }, line.text),
      ]),
    );
  }

  function waiting(w) {
    $("waiting-title").textContent = w.title;
    late = w.late_s ?? Infinity;
    $("waiting-count").textContent = w.count;
    const rows = w.rows.map((r, i) => {
      const call = node("button", { class: "link", textContent: r.number, title: en ? "Act on this number" : "Thao tác với số này" });
      call.dataset.row = r.id;
      const line = node("tr", { class: i === 0 ? "next-up" : "" },
        node("td", {}, call),
        node("td", { textContent: r.service }),
        node("td", {}, r.chip ? node("span", { class: `chip ${r.chip.tone}`, textContent: r.chip.text }) : ""),
        count(node("td", { class: "number" }), r.since, "wait"));
      return line;
    });
    $("waiting-rows").replaceChildren(...(rows.length ? rows : [node("tr", {}, node("td", { colSpan: 4, class: "empty", textContent: en ? "Nobody waits" : "Chưa có ai chờ" }))]));
  }

  function aside(name, rows) {
    const section = $(name);
    section.hidden = !rows.length;
    section.querySelector(".row").replaceChildren(...rows.map((r) => {
      const minutes = node("span");
      count(minutes, r.since, (waited) => { minutes.textContent = ` · ${Math.max(0, Math.floor(waited / 60))} ${en ? "min" : "phút"}`; });
      const made = node("button", { class: "chip" }, `${r.number} · ${r.reason}`, minutes);
      made.dataset[name] = r.id;
      return made;
    }));
  }

  function undo(u) {
    const key = $("undo");
    key.hidden = !u;
    if (!u) return;
    key.querySelector(".undo-text").textContent = u.text;
    count(key, u.until, (waited) => {
      const left = -waited;
      key.hidden = left <= 0;
      key.querySelector(".undo-left").textContent = `${Math.max(0, Math.ceil(left))} s`;
      key.style.setProperty("--left", String(Math.max(0, left / u.within)));
    });
  }

  /** The whole page from a state. */
  function draw(state) {
    counted = [];
    chip($("chip"), state.counter.overdue ? { ...state.counter.chip, tone: "red" } : state.counter.chip);
    $("where").textContent = `${state.counter.name} · ${state.counter.services}`;
    button($("pause"), state.pause, "button");
    ticket(state.ticket);
    $("nobody-head").textContent = state.empty.head;
    $("nobody-then").textContent = state.empty.then;
    primary(state.primary);
    actions(state.actions);
    extras(state.extras);
    undo(state.undo);
    gauge(state.gauge);
    waiting(state.waiting);
    aside("parked", state.parked);
    aside("missed", state.missed);
    aside("awaiting", state.awaiting);
    $("aside").hidden = !(state.parked.length || state.missed.length || state.awaiting.length);
    tick();
  }

  function tick() {
    const at = now();
    for (const [element, since, kind] of counted) {
      const waited = (at - since) / 1000;
      if (typeof kind === "function") { kind(waited); continue; }
      const text = duration(waited);
      if (element.textContent !== text) element.textContent = text;
      if (kind === "wait") element.classList.toggle("late", waited > late);
    }
  }
  setInterval(tick, 250);

  window.consolePage = { draw, node, icon, $ };
})();
