// Keeps the live page live: fetches the part when something changed, replaces the panels that differ, keeps what is
// open and focused, and says new alerts once.
"use strict";
(() => {
  const LEAST_MS = 1000;
  const box = document.querySelector("[data-at=live]");
  const news = document.querySelector("[data-at=news]");
  const told = new Set(alertsIn(box).map((alert) => alert.dataset.alert));
  let busy = false, again = false;

  function alertsIn(root) {
    return [...root.querySelectorAll("[data-alert]")];
  }

  async function refresh() {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(`/manager/part?lang=${document.documentElement.lang}`, { headers: { Accept: "text/html" } });
      if (answer.redirected) location.reload();
      else if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch { /* the bar says that the connection is lost */ }
    setTimeout(() => { busy = false; if (again) { again = false; refresh(); } }, LEAST_MS);
  }

  function put(fresh) {
    const hero = fresh.querySelector("[data-as-of]");
    document.querySelector("[data-at=as-of]").textContent = hero.dataset.asOf;
    for (const panel of fresh.querySelectorAll("[data-panel]")) {
      const old = box.querySelector(`[data-panel="${panel.dataset.panel}"]`);
      for (const open of old.querySelectorAll("details[open]")) {
        panel.querySelector(`details[data-key="${open.dataset.key}"]`)?.setAttribute("open", "");
      }
      old.dataset.asOf = panel.dataset.asOf = "";
      if (old.innerHTML === panel.innerHTML) continue;
      const focused = old.contains(document.activeElement) ? document.activeElement.closest("details")?.dataset.key : null;
      old.replaceWith(document.importNode(panel, true));
      if (focused) box.querySelector(`details[data-key="${focused}"] > summary`)?.focus();
    }
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

  let first = true;
  motcua.live("/manager/stream", { state: () => { if (!first) refresh(); first = false; } });
})();
