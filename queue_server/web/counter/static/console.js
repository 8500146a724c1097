// The console's hands: keys, buttons and dialogs become acts; each act is sent once and answered in words.
"use strict";
(() => {
  const { live, post, get, unasked, en } = window.motcua;
  const { draw, $ } = window.consolePage;
  const { choose, tick, ask, isOpen } = window.dialogs;
  const page = $("console").dataset;
  const say = (vi, english) => (en ? english : vi);
  let state = null, seq = 0, busy = false, awaited = 0, options = null;
  let current = "", pending = null; // the act under way; one other press made meanwhile

  live(`/counter/${encodeURIComponent(page.counter)}/stream`, {
    state(next, meta) {
      if (next.gone) { location.href = "/counter"; return; }
      if (state && page.mine === "1" && next.counter.officer !== page.me) { location.href = "/counter"; return; }
      state = next;
      seq = meta.seq;
      draw(state);
      $("device-note").textContent = state.devices || "";
      $("device-note").hidden = !state.devices;
      $("outage-hint").textContent = state.waiting.hint || "";
      $("outage-hint").hidden = !state.waiting.hint;
      document.dispatchEvent(new CustomEvent("console-state", { detail: state }));
      resume();
    },
    beat(meta) { seq = Math.max(seq, meta.seq); resume(); },
  });

  /** While an act is under way or its result not yet shown, further presses are not taken. */
  function mark() {
    const waiting = busy || seq < awaited;
    document.body.classList.toggle("is-busy", waiting);
    return waiting;
  }

  function refuse(reply) {
    const bar = $("refusal");
    bar.textContent = reply.words ? reply.words[en ? "en" : "vi"] : reply.code;
    bar.hidden = false;
  }

  function done(text) {
    const bar = $("refusal");
    bar.hidden = !text;
    bar.className = text ? "banner good" : "banner warn";
    bar.textContent = text || "";
    if (text) setTimeout(() => { if (bar.textContent === text) bar.hidden = true; }, 6000);
  }

  async function act(verb, body = {}) {
    if (mark()) return null;
    busy = true;
    current = verb;
    mark();
    $("refusal").hidden = true;
    $("refusal").className = "banner warn";
    const slow = setTimeout(() => { $("primary").querySelector(".next-sub").textContent = say("Đang xử lý…", "Working…"); }, 300);
    const expected = state && state.ticket ? state.ticket.id : null;
    const reply = await post(`/do/${verb}`, { counter: page.counter, expected, ...body });
    clearTimeout(slow);
    busy = false;
    if (reply.ok) {
      awaited = reply.seq;
      setTimeout(() => { awaited = 0; resume(); }, 2000);
    } else refuse(reply);
    if (state) draw(state);
    resume();
    return reply;
  }

  async function lists() {
    if (!options) {
      options = await get("/counter/options").catch(() => { $("refusal").className = "banner warn"; refuse(unasked); return null; });
      if (!options) return new Promise(() => {});
      setTimeout(() => { options = null; }, 15000);
    }
    return options;
  }

  const withReason = async (title, reasons) => (await choose(title, reasons))?.value;

  const ACTS = {
    next: () => act("next", state.primary.body || {}),
    open: () => act("open"),
    recall: () => act("recall"),
    start: () => act("start"),
    end: () => act("end"),
    "no-show": () => act("no-show"),
    undo: () => act("undo"),
    "await-result": () => act("await-result"),
    "": () => { location.href = "/counter"; },
    receive: () => { location.href = `/dossiers/new?ticket=${encodeURIComponent(state.ticket.id)}`; },
    async pause() {
      const lists_ = await lists();
      const reason = await choose(say("Tạm nghỉ vì sao?", "Why does the counter pause?"), lists_.pause_reasons);
      if (!reason) return;
      const until = await choose(say("Phục vụ lại sau bao lâu?", "Back after how long?"), [...lists_.pause_minutes, { value: null, text: say("Chưa biết", "Not known") }]);
      if (!until) return;
      await act("pause", { reason: reason.value, ...(until.value ? { minutes: Number(until.value) } : {}) });
    },
    async park(id = state.ticket.id) {
      const o = await lists();
      const found = await choose(say("Tạm gác vì sao?", "Why is it parked?"), [{ ...o.citizen_park, citizen: true }, ...o.park_reasons]);
      if (found) await act("park", { ticket: id, reason: found.value, parked_by: found.citizen ? "citizen" : "office" });
    },
    async transfer(id = state.ticket.id) {
      const o = await lists();
      const how = await choose(say("Chuyển đến đâu?", "Transfer to where?"), [
        { value: "service", text: say("Một việc khác", "Another service") },
        { value: "counter", text: say("Một quầy", "A counter") },
        { value: "officer", text: say("Một công chức đang ngồi quầy", "An officer at a counter") }]);
      if (!how) return;
      const where = {
        service: [say("Chuyển sang việc nào?", "To which service?"), o.services],
        counter: [say("Chuyển đến quầy nào?", "To which counter?"), o.counters.filter((c) => c.value !== page.counter)],
        officer: [say("Chuyển cho ai?", "To whom?"), o.officers.filter((c) => c.value !== page.me)],
      }[how.value];
      const to = await choose(...where);
      if (!to) return;
      const reason = await withReason(say("Lý do chuyển", "Reason"), o.transfer_reasons);
      if (!reason) return;
      const body = { service: {}, counter: {}, officer: {} };
      body.service.service = to.value; body.counter.to_counter = to.value; body.officer.to_officer = to.value;
      await act("transfer", { ticket: id, reason, ...body[how.value] });
    },
    async "add-service"() {
      const o = await lists();
      const found = await choose(say("Thêm việc nào vào số này?", "Add which service?"), o.services);
      if (found) await act("add-service", { ticket: state.ticket.id, service: found.value });
    },
    async priority(id = state.ticket.id) {
      const o = await lists();
      const group = await choose(say("Diện ưu tiên", "Priority group"), o.priorities);
      if (!group) return;
      const reason = await withReason(say("Lý do đổi", "Reason"), o.priority_reasons);
      if (reason) await act("priority", { ticket: id, reason, priority_group: group.value || null });
    },
    async print(id = state.ticket.id) {
      const o = await lists();
      const printer = o.printers.length === 1 ? o.printers[0] : await choose(say("In ở máy nào?", "On which printer?"), o.printers);
      if (!printer) return;
      const reply = await act("print", { ticket: id, printer: printer.value });
      if (reply && reply.ok) done(say(`Đã gửi lệnh in đến ${printer.text}.`, `Sent to ${printer.text}.`));
    },
    async more() {
      const o = await lists(), open_ = state.counter.state, at = !["calling", "serving"].includes(open_);
      const rows = [{ value: "issue", text: say("Cấp số tại quầy", "Issue a number here") },
        { value: "services", text: say("Đổi việc quầy này nhận", "Change the services of this counter") }];
      if (state.book) rows.push({ value: "dossiers", text: say("Hồ sơ của cơ quan", "The office's dossiers") });
      if (at && ["idle", "paused"].includes(open_)) rows.push({ value: "close", text: say("Đóng quầy", "Close the counter") });
      if (at) rows.push({ value: "sign-off", text: say("Rời quầy", "Leave the counter") });
      const found = await choose(say("Việc khác ở quầy", "More at this counter"), rows);
      if (!found) return;
      if (found.value === "dossiers") { location.href = "/dossiers"; return; }
      if (found.value === "close" || found.value === "sign-off") { await act(found.value); return; }
      if (found.value === "services") {
        const services = await tick(say("Quầy này nhận những việc nào?", "Which services does this counter take?"), o.services, state.counter.takes, say("Lưu", "Save"));
        if (services) await act("counter-services", { services });
        return;
      }
      const fields = await ask(say("Cấp số tại quầy", "Issue a number"), [
        { name: "service", label: say("Việc", "Service"), options: o.services, value: state.counter.takes[0] },
        { name: "priority_group", label: say("Diện ưu tiên", "Priority"), options: o.priorities },
        { name: "people", label: say("Số người", "People"), min: 1, max: 200, value: 1 },
        { name: "dossiers", label: say("Số hồ sơ", "Dossiers"), min: 1, max: 500, value: 1 },
        { name: "printer", label: say("In phiếu", "Slip"), options: [{ value: "", text: say("Không in, đọc số cho công dân", "No slip") }, ...o.printers] },
      ], say("Cấp số", "Issue"));
      if (!fields) return;
      const reply = await act("issue", { ...fields, priority_group: fields.priority_group || null, people: Number(fields.people), dossiers: Number(fields.dossiers) });
      if (reply && reply.ok) done(say(`Đã cấp số ${reply.number}.`, `Number ${reply.number} issued.`));
    },
  };

  async function onRow(id) {
    const found = state.waiting.rows.find((row) => row.id === id);
    if (!found) return;
    const rows = [];
    if (state.counter.state === "idle") rows.push({ value: "call", text: say(`Gọi ${found.number} ngay, ngoài thứ tự`, `Call ${found.number} now, out of turn`) });
    rows.push({ value: "priority", text: say("Đổi ưu tiên", "Change priority") }, { value: "transfer", text: say("Chuyển", "Transfer") },
      { value: "park", text: say("Tạm gác", "Park") }, { value: "print", text: say("In lại phiếu", "Reprint") }, { value: "cancel", text: say("Huỷ số", "Cancel") });
    if (found.outage) rows.push({ value: "served-in-outage", text: say("Đã phục vụ khi mất kết nối", "Served during the outage") });
    const what = await choose(`${found.number} · ${found.service}`, rows);
    if (!what) return;
    if (what.value === "call") await act("call", { ticket: id });
    else if (what.value === "served-in-outage") await served(found);
    else if (what.value === "cancel") {
      const reason = await withReason(say("Huỷ vì sao?", "Why cancel?"), (await lists()).cancel_reasons);
      if (reason) await act("cancel", { ticket: id, reason });
    } else await ACTS[what.value](id);
  }

  /** Called aloud while nothing could be noted: the wait is unknown, and there is no undo. */
  async function served(found) {
    const sure = await choose(say(`${found.number} đã được gọi miệng và phục vụ khi mất kết nối?`, `Was ${found.number} called aloud and served during the outage?`), [
      { value: "yes", text: say("Đúng, đã phục vụ. Không tính thời gian chờ của số này.", "Yes. Its wait is unknown and not counted.") },
      { value: "no", text: say("Không, số này vẫn chờ", "No, it still waits") }]);
    if (!sure || sure.value !== "yes") return;
    const reply = await act("served-in-outage", { ticket: found.id });
    if (reply && reply.ok) done(say(`${found.number}: đã ghi là phục vụ khi mất kết nối.`, `${found.number} noted as served during the outage.`));
  }

  async function onAside(kind, id) {
    const verbs = {
      parked: [["unpark", say("Cho vào hàng lại", "Back into the queue")], ["cancel", say("Huỷ số", "Cancel")]],
      missed: [["come-back", say("Công dân đã quay lại", "The citizen is back")]],
      awaiting: [["result-ready", say("Đã có kết quả, mời nhận", "The result is ready")], ["cancel", say("Huỷ số", "Cancel")]],
    }[kind];
    const found = state[kind].find((row) => row.id === id);
    const what = found && await choose(`${found.number} · ${found.reason}`, verbs.map(([value, text]) => ({ value, text })));
    if (!what) return;
    if (what.value === "cancel") {
      const reason = await withReason(say("Huỷ vì sao?", "Why cancel?"), (await lists()).cancel_reasons);
      if (reason) await act("cancel", { ticket: id, reason });
    } else await act(what.value, { ticket: id });
  }

  /** The same press again is ignored; another one is kept until the act under way is shown. */
  function press(verb) {
    if (!state || !ACTS[verb]) return;
    if (mark()) { if (verb !== current) pending = { verb, at: performance.now() }; return; }
    pending = null;
    ACTS[verb]();
  }

  function resume() {
    if (mark() || !pending) return;
    const { verb, at } = pending;
    pending = null;
    if (performance.now() - at < 2000 && possible(verb)) ACTS[verb]();
  }

  function possible(verb) {
    const offered = [state.primary, ...state.actions, ...(state.pause ? [state.pause] : [])];
    return offered.some((one) => one.verb === verb && one.enabled) || state.extras.some((one) => one.verb === verb)
      || verb === "more" || (verb === "undo" && !$("undo").hidden);
  }

  /** The second half of a double click must not press what the button has just become. */
  const justChanged = (button) => performance.now() - Number(button.dataset.changed || 0) < 700;

  document.addEventListener("click", (event) => {
    const hit = event.target.closest("button");
    if (!hit || !state || hit.closest("dialog")) return;
    if (hit.id === "primary" && event.detail > 0 && justChanged(hit)) return;
    if (hit.dataset.row) onRow(hit.dataset.row);
    else if (hit.dataset.parked) onAside("parked", hit.dataset.parked);
    else if (hit.dataset.missed) onAside("missed", hit.dataset.missed);
    else if (hit.dataset.awaiting) onAside("awaiting", hit.dataset.awaiting);
    else if (hit.id === "more") press("more");
    else if (hit.id === "undo") press("undo");
    else if (hit.dataset.verb !== undefined && hit.getAttribute("aria-disabled") !== "true") press(hit.dataset.verb);
  });

  const typing = (target) => target.closest("input, select, textarea, dialog");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key === " " ? "Space" : event.key;
    const ours = /^F[2-9]$/.test(key) || key === "Space";
    if (ours && !(key === "Space" && typing(event.target))) event.preventDefault();
    if (event.repeat || !state || isOpen() || typing(event.target)) return;
    const at = state.actions.find((a) => a.key === key);
    if (key === state.primary.key && state.primary.enabled) press(state.primary.verb);
    else if (at && at.enabled) press(at.verb);
    else if (at && at.why) { $("refusal").className = "banner warn"; refuse({ words: { vi: at.why, en: at.why } }); }
    else if (state.pause && key === state.pause.key && state.pause.enabled) press(state.pause.verb);
    else if (key.toLowerCase() === "z" && !$("undo").hidden) press("undo");
    else if (key.toLowerCase() === "m") press("more");
  });
  document.addEventListener("keyup", (event) => { if (event.key === " " && !typing(event.target)) event.preventDefault(); });
})();
