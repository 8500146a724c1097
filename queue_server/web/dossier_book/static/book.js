// The form of reception: a chosen procedure fills in papers, fee, unit and the due day. A press is sent once.
"use strict";
(() => {
  const { get, en } = window.motcua;
  const say = (vi, english) => (en ? english : vi);
  const $ = (id) => document.getElementById(id);

  for (const form of document.querySelectorAll("form.once, #entry")) {
    form.addEventListener("submit", (event) => {
      if (form.classList.contains("is-sent")) event.preventDefault();
      form.classList.add("is-sent");
    });
  }
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll(".is-sent")) form.classList.remove("is-sent");
  });

  for (const told of document.querySelectorAll("[data-slip]")) {
    const look = async (left) => {
      const found = await get(`/dossier-slips/${told.dataset.slip}`);
      if (found) told.textContent = found.words[en ? "en" : "vi"];
      if (found && found.outcome === "waiting" && left > 0) setTimeout(look, 1000, left - 1);
      else if (found) told.className = found.outcome === "printed" ? "banner good" : "banner warn";
    };
    look(60);
  }

  const entry = $("entry");
  if (!entry) return;
  const all = (name) => [...entry.querySelectorAll(`[name="${name}"]`)];
  const own = new Set(); // values that the page itself filled in: another procedure may replace them
  let asked = "", days = null;

  function fill(input, value) {
    if (input.value && !own.has(input)) return;
    input.value = value;
    own.add(input);
  }
  entry.addEventListener("input", (event) => own.delete(event.target));

  function showDue(due) {
    $("due-text").textContent = due.text || "–";
    $("due-late").textContent = due.late;
    $("due-shown").value = due.key;
  }

  const ownDay = entry.querySelector('[name="due_day"]');
  const about = (code) => get(`/dossiers/about?procedure=${encodeURIComponent(code)}&due_day=${encodeURIComponent(ownDay.value)}`);

  async function chosen() {
    const code = $("procedure").value.trim().split(" ")[0];
    if (code === asked || !/^\d\.\d{6}/.test(code)) return;
    asked = code;
    const found = await about(code);
    if (!found || asked !== code) { asked = ""; return; }
    days = found.days;
    const names = all("paper_name"), originals = all("paper_originals");
    names.forEach((input, n) => {
      const name = found.papers[n] || "";
      fill(input, name);
      fill(originals[n], name && input.value === name ? "1" : "");
    });
    fill($("fee"), found.fee ? String(found.fee) : "");
    const units = [...$("unit").options].map((one) => one.value);
    if (units.includes(found.unit)) fill($("unit"), found.unit);
    $("due-own").hidden = days !== null;
    $("due-days").textContent = days === null ? "" : days === 0
      ? say("Thời hạn: trong ngày làm việc", "Within the working day")
      : say(`Thời hạn: ${days} ngày làm việc`, `${days} working days`);
    showDue(found.due);
  }
  for (const when of ["input", "change"]) $("procedure").addEventListener(when, chosen);
  setInterval(async () => { // the late hour may pass while the form is open
    if (!asked || document.hidden) return;
    const found = await about(asked);
    if (found) showDue(found.due);
  }, 60000);
  ownDay.addEventListener("change", async () => {
    const found = asked && await about(asked);
    if (found) showDue(found.due);
  });
  chosen();
})();
