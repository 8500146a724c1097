// The reception desk: issue, help, look up.
"use strict";
(() => {
  const { live, post, get, unasked, duration, now, en } = window.motcua;
  const { choose } = window.dialogs;
  const $ = (id) => document.getElementById(id);
  const say = (vi, english) => (en ? english : vi);
  let state = null, chosen = "", busy = false, since = [];

  function node(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function services() {
    const grid = $("services");
    state.services.forEach((s, i) => {
      const card = grid.children[i] || grid.appendChild(node("button", "service"));
      card.type = "button";
      card.dataset.service = s.id;
      card.className = s.why ? "service closed" : "service";
      card.setAttribute("aria-pressed", String(s.id === chosen));
      card.replaceChildren(node("span", "badge", s.letter), node("strong", "", s.name), node("span", "helper", s.why || s.now));
    });
    while (grid.children.length > state.services.length) grid.lastChild.remove();
    const found = state.services.find((s) => s.id === chosen);
    $("give").disabled = !found || busy;
    $("chosen").textContent = found ? (found.why ? `${found.name}: ${found.why}` : found.name) : say("Chọn một việc trước", "Choose a service first");
  }

  function help() {
    const rows = $("help-rows");
    since = [];
    rows.replaceChildren(...state.help.map((h) => {
      const row = node("div", "help-row"), time = node("span", "figures"), done = node("button", "button small", say("Đã tới giúp", "Answered"));
      since.push([time, Date.parse(h.since)]);
      done.onclick = async () => { done.disabled = true; tell(await post("/do/answer-help", { kiosk: h.kiosk })); };
      row.append(node("strong", "", h.name), time, done);
      return row;
    }));
    if (!state.help.length) rows.append(node("p", "quiet", say("Chưa có ai gọi.", "Nobody is calling.")));
    tick();
    document.title = (state.help.length ? `(${state.help.length}) ` : "") + say("Quầy Hướng dẫn", "Reception desk");
  }

  function tell(reply) {
    const bar = $("refusal");
    bar.hidden = !!reply.ok;
    if (!reply.ok) bar.textContent = reply.words ? reply.words[en ? "en" : "vi"] : reply.code;
    return reply.ok;
  }

  live("/greeter/stream", {
    always: true, // its title counts who calls for help
    state(next) {
      state = next;
      $("doubt").hidden = !state.doubt;
      $("doubt").textContent = state.doubt;
      const told = state.stranded.join("|");
      if ($("stranded").dataset.told !== told) {
        $("stranded").dataset.told = told;
        $("stranded").replaceChildren(...state.stranded.map((text) => node("p", "banner warn", text)));
      }
      services();
      help();
    },
  });
  function tick() { for (const [element, at] of since) element.textContent = duration((now() - at) / 1000); }
  setInterval(tick, 500);

  $("services").addEventListener("click", (event) => {
    const card = event.target.closest("[data-service]");
    if (card) { chosen = card.dataset.service; services(); $("give").focus(); }
  });

  $("issue").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy || !chosen) return;
    busy = true;
    services();
    const fields = Object.fromEntries(new FormData(event.target).entries());
    const reply = await post("/do/issue", { ...fields, service: chosen, priority_group: fields.priority_group || null, people: Number(fields.people), dossiers: Number(fields.dossiers) });
    busy = false;
    if (tell(reply)) {
      $("issued").hidden = false;
      $("issued").querySelector(".issued-number").textContent = reply.number;
      $("issued").querySelector(".issued-words").textContent = reply.printing ? say("Đang in phiếu. Mời công dân nhận phiếu và ngồi chờ.", "The slip is printing.")
        : reply.printing === false ? say("Chưa gửi được lệnh in; số vẫn có giá trị. Đọc số cho công dân hoặc tra số để in lại.", "Not printed; the number is valid. Read it out or reprint.")
          : say("Đọc số này cho công dân.", "Read this number to the citizen.");
      if (reply.about) $("issued").querySelector(".issued-words").textContent += `\n${say("Hồ sơ", "Dossier")} ${reply.about[en ? "en" : "vi"]}`;
      chosen = "";
      event.target.reset();
    }
    services();
  });

  const ACTS = {
    async priority(t, o) {
      const group = await choose(say("Diện ưu tiên", "Priority group"), o.priorities);
      const reason = group && await choose(say("Lý do đổi", "Reason"), o.priority_reasons);
      return reason && { reason: reason.value, priority_group: group.value || null };
    },
    async transfer(t, o) {
      const to = await choose(say("Chuyển sang việc nào?", "To which service?"), o.services);
      const reason = to && await choose(say("Lý do chuyển", "Reason"), o.transfer_reasons);
      return reason && { reason: reason.value, service: to.value };
    },
    async cancel(t, o) {
      const reason = await choose(say("Huỷ vì sao?", "Why cancel?"), o.cancel_reasons);
      return reason && { reason: reason.value };
    },
    async print(t, o) {
      const printer = o.printers.length === 1 ? o.printers[0] : await choose(say("In ở máy nào?", "On which printer?"), o.printers);
      return printer && { printer: printer.value };
    },
  };

  async function look(number) {
    const reply = await get(`/greeter/ticket?number=${encodeURIComponent(number)}`).catch(() => unasked), box = $("card");
    if (!reply) return;
    if (!reply.ok) { box.replaceChildren(node("p", "banner warn", reply.words[en ? "en" : "vi"])); return; }
    const t = reply.card, top = node("div", "card-top"), lines = node("ul", "card-lines"), acts = node("div", "row");
    top.append(node("span", "card-number", t.number), node("span", `chip ${t.tone}`, t.state));
    lines.append(node("li", "", t.service), ...t.lines.map((line) => node("li", "quiet", line)));
    for (const a of t.acts) {
      const button = node("button", "button small", a.text);
      button.onclick = async () => {
        const options = ACTS[a.verb] ? await get("/counter/options").catch(() => unasked) : null;
        if (options === unasked) { tell(unasked); return; }
        const body = ACTS[a.verb] ? await ACTS[a.verb](t, options) : {};
        if (!body) return;
        tell(await post(`/do/${a.verb}`, { ticket: t.id, ...body }));
        await look(t.number);
      };
      acts.append(button);
    }
    box.replaceChildren(top, lines, acts);
  }

  $("look").addEventListener("submit", (event) => {
    event.preventDefault();
    look(new FormData(event.target).get("number"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || !state) return;
    if (event.target.closest("input, select, textarea, dialog")) return;
    const found = state.services.find((s) => s.letter.toLowerCase() === event.key.toLowerCase());
    if (found) { chosen = found.id; services(); $("give").focus(); }
  });
})();
