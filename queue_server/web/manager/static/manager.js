// Keeps the live page live: fetches the part when something changed, replaces the panels that differ, keeps what is
// open and focused, and says new alerts once. The page is painted first; what draws the charts is fetched after that.
"use strict";
(() => {
  const LEAST_MS = 1000, AGAIN_MS = 3000, ANSWER_IN = 15000;
  const box = document.querySelector("[data-at=live]");
  const news = document.querySelector("[data-at=news]");
  const sent = new WeakMap(); // panel → its HTML as the server sent it, before charts were drawn into it
  const scripts = document.currentScript.dataset.after.split(" ");
  const told = new Set(alertsIn(box).map((alert) => alert.dataset.alert));
  let busy = false, again = false;

  /** Calls back once the page as it came has been painted; a page nobody sees is not painted. */
  function painted(then) {
    if (document.hidden) setTimeout(then);
    else requestAnimationFrame(() => setTimeout(then));
  }

  function fetched(address) {
    return new Promise((done) => {
      const tag = document.createElement("script");
      tag.src = address;
      tag.onload = tag.onerror = done;
      document.head.append(tag);
    });
  }

  const drawAll = () => window.motcuaCharts?.drawAll(box);

  function alertsIn(root) {
    return [...root.querySelectorAll("[data-alert]")];
  }

  async function refresh() {
    if (busy) { again = true; return; }
    busy = true;
    let missed = true;
    try {
      const answer = await fetch(`/manager/part?lang=${document.documentElement.lang}`, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(ANSWER_IN) });
      if (answer.redirected) location.reload();
      else if (answer.ok) { put(new DOMParser().parseFromString(await answer.text(), "text/html")); missed = false; }
    } catch { /* the bar says that the connection is lost; what was missed is asked for until it comes */ }
    setTimeout(() => { busy = false; if (again || missed) { again = false; refresh(); } }, missed ? AGAIN_MS : LEAST_MS);
  }

  function put(fresh) {
    const hero = fresh.querySelector("[data-as-of]");
    document.querySelector("[data-at=as-of]").textContent = hero.dataset.asOf;
    for (const panel of fresh.querySelectorAll("[data-panel]")) {
      const old = box.querySelector(`[data-panel="${panel.dataset.panel}"]`), html = panel.innerHTML;
      if (!old || sent.get(old) === html) continue;
      for (const open of old.querySelectorAll("details[open]")) {
        panel.querySelector(`details[data-key="${open.dataset.key}"]`)?.setAttribute("open", "");
      }
      const at = old.contains(document.activeElement) ? document.activeElement : null;
      const focused = at?.closest("details")?.dataset.key, plot = at?.matches(".plot");
      const put = document.importNode(panel, true);
      sent.set(put, html);
      old.replaceWith(put);
      if (focused) box.querySelector(`details[data-key="${focused}"] > summary`)?.focus();
      else if (plot) put.querySelector(".plot")?.focus();
    }
    drawAll();
    const now = alertsIn(box);
    const fresher = now.filter((alert) => !told.has(alert.dataset.alert));
    if (fresher.length) news.textContent = fresher.map((alert) => alert.textContent.trim()).join(". ");
    told.clear();
    for (const alert of now) told.add(alert.dataset.alert);
  }

  // One definition at a time; Escape closes it.
  box.addEventListener("toggle", (event) => {
    if (!event.target.matches(".def[open]")) return;
    for (const other of box.querySelectorAll(".def[open]")) if (other !== event.target) other.open = false;
  }, true);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const open of box.querySelectorAll(".def[open]")) open.open = false;
  });

  // A range and its end belong together, whichever is changed first.
  const [from, to] = document.querySelectorAll(".period input[type=date]");
  from?.addEventListener("change", () => { if (to.value < from.value) to.value = from.value; });
  to?.addEventListener("change", () => { if (to.value < from.value) from.value = to.value; });

  painted(async () => {
    for (const panel of box.querySelectorAll("[data-panel]")) sent.set(panel, panel.innerHTML);
    for (const address of scripts) await fetched(address);
    drawAll();
    if ("live" in box.dataset) follow();
  });
  if (!("live" in box.dataset)) return;

  // A press on advice is done once; a refusal says why.
  box.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-act=learn]");
    if (!button || button.disabled) return;
    button.disabled = true;
    const { counter, service } = button.dataset;
    const reply = await motcua.post("/advice/learn", { counter, service });
    if (reply.ok) { refresh(); return; }
    button.disabled = false;
    const said = box.querySelector("[data-at=refused]");
    if (said && reply.words) said.textContent = motcua.en ? reply.words.en : reply.words.vi;
  });

  /** What happened while the page was on its way is fetched at once. */
  function follow() {
    let seen = Number(box.dataset.live);
    motcua.live("/manager/stream", {
      state: ({ seq }) => { if (seen !== seq) refresh(); seen = NaN; },
    });
  }
})();
