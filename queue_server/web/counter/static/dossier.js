// The dossier of the ticket at the counter: shown at once when it is called, asked for by code (F7).
"use strict";
(() => {
  const { get, post, en } = window.motcua;
  const { node, icon, $ } = window.consolePage;
  const { ask, isOpen } = window.dialogs;
  const page = $("console").dataset, mine = page.mine === "1";
  const base = `/counter/${encodeURIComponent(page.counter)}/dossier`;
  const say = (vi, english) => (en ? english : vi);
  const AGAIN_MS = 2000;
  let ticket = "", version = null, shown = null, busy = false, number = "";

  document.addEventListener("console-state", ({ detail }) => {
    const here = detail.ticket ? detail.ticket.id : "";
    number = detail.ticket ? detail.ticket.number : "";
    if (detail.dossiers === null || !mine) return;
    $("dossier-line").hidden = !here;
    if (here === ticket && detail.dossiers === version) return;
    if (here !== ticket) draw(null);
    ticket = here;
    version = detail.dossiers;
    if (here) look();
  });

  // A kiosk where codes are guessed, a dossier that was locked: until it was read, while nobody is served.
  const read = new Set();
  function notice(list) {
    const one = list.find((found) => !read.has(found.key)), bar = $("notice");
    bar.hidden = !one;
    bar.dataset.key = one ? one.key : "";
    if (one) bar.firstElementChild.textContent = `${one.title}. ${one.detail}`;
  }
  let notices = [];
  document.addEventListener("console-state", ({ detail }) => { notices = detail.ticket ? [] : detail.notices; notice(notices); });
  $("notice").lastElementChild.addEventListener("click", () => { read.add($("notice").dataset.key); notice(notices); });

  /** What did not come is asked for again while this ticket is here. */
  async function look() {
    const wanted = ticket;
    try {
      const reply = await get(base);
      if (reply && wanted === ticket && reply.ticket === ticket) draw(reply.dossier);
    } catch {
      setTimeout(() => { if (wanted === ticket) look(); }, AGAIN_MS);
    }
  }

  async function act(verb, body = {}) {
    if (busy || !ticket) return;
    busy = true;
    const wanted = ticket, reply = await post(`${base}/${verb}`, { ticket: wanted, ...body });
    busy = false;
    if (wanted !== ticket) return;
    if (reply.ok) { version = reply.version; draw(reply.dossier); } else draw(shown, reply.words ? reply.words[en ? "en" : "vi"] : reply.code);
  }

  const ACTS = {
    async ask() {
      if (!ticket) return;
      const fields = await ask(say(`Hồ sơ của số ${number}`, `The dossier of number ${number}`),
        [{ name: "code", label: say("Quét mã trên giấy hẹn, hoặc gõ mã hồ sơ", "Scan the code on the receipt, or type it"), text: true, max: 200 }],
        say("Tra hồ sơ", "Look up"));
      if (fields && fields.code.trim()) await act("look", { code: fields.code });
    },
    name: () => act("name"),
    unlock: () => act("unlock"),
    open: () => location.assign(shown.open.page),
  };

  function key(verb, text, letter, picture) {
    const made = node("button", { class: "button small" }, picture ? icon(picture) : null, node("span", { textContent: text }), node("kbd", { textContent: letter }));
    made.dataset.dossier = verb;
    return made;
  }

  function chip(value) {
    return value ? node("span", { class: `chip ${value.tone}`, textContent: value.text }) : null;
  }

  function lines(dossier) {
    const who = node("dd", {}, node("span", { textContent: dossier.name.full || dossier.name.masked }));
    if (dossier.name.may_ask && !dossier.name.full) who.append(key("name", dossier.name.ask, "N"));
    const rows = dossier.rows.flatMap((row) => [node("dt", { textContent: row.label }), node("dd", { textContent: row.value })]);
    return node("dl", { class: "dossier-facts" }, node("dt", { textContent: dossier.name.label, title: dossier.name.note }), who, ...rows);
  }

  function draw(dossier, refused = "") {
    shown = dossier;
    const panel = $("dossier");
    panel.hidden = !dossier && !refused;
    $("dossier-code").textContent = dossier ? dossier.code : say("chưa có", "none yet");
    $("dossier-code").classList.toggle("mono", Boolean(dossier));
    $("dossier-ask").querySelector("span").textContent = dossier ? say("Tra mã khác", "Another code") : say("Tra mã hồ sơ", "Look a code up");
    const parts = [];
    if (refused) parts.push(node("p", { class: "banner warn", role: "alert", textContent: refused }));
    if (dossier && !dossier.found) parts.push(node("h2", { class: "mono", textContent: dossier.code }), node("p", { class: "banner warn", textContent: dossier.words }));
    if (dossier && dossier.found) {
      parts.push(node("p", { class: "dossier-chips" }, chip(dossier.chip), chip(dossier.in_time)),
        node("h2", { textContent: dossier.procedure }));
      if (dossier.locked) parts.push(node("p", { class: "banner warn" }, node("span", { textContent: dossier.locked.words }), key("unlock", dossier.locked.button, "U", "lock")));
      for (const one of dossier.supplements) {
        parts.push(node("div", { class: one.open ? "dossier-asked open" : "dossier-asked" }, node("strong", { textContent: one.title }), node("p", { textContent: one.reason })));
      }
      parts.push(lines(dossier), node("p", { class: "dossier-next", textContent: dossier.next_step }));
      if (dossier.open) parts.push(node("p", { class: "row" }, key("open", dossier.open.text, "O", "list")));
      const steps = node("ol", {}, ...dossier.steps.map((step) => node("li", { class: step.state },
        node("span", { textContent: step.unit ? `${step.name} · ${step.unit}` : step.name }), node("span", { class: "quiet", textContent: step.when }))));
      parts.push(node("details", { class: "dossier-way" }, node("summary", { textContent: dossier.steps_title }), steps));
      parts.push(node("p", { class: "quiet dossier-source", textContent: dossier.source }));
    }
    if (dossier && dossier.skipped) parts.push(node("p", { class: "quiet", textContent: dossier.skipped }));
    panel.replaceChildren(...parts);
  }

  document.addEventListener("click", (event) => {
    const hit = event.target.closest("[data-dossier]");
    if (hit && !hit.closest("dialog")) ACTS[hit.dataset.dossier]();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isOpen()) return;
    if (event.target.closest("input, select, textarea, dialog")) return;
    if (event.key === "F7" && !$("dossier-line").hidden) { event.preventDefault(); ACTS.ask(); return; }
    const button = { n: "name", u: "unlock", o: "open" }[event.key.toLowerCase()];
    if (button && $("dossier").querySelector(`[data-dossier="${button}"]`)) ACTS[button]();
  });
})();
