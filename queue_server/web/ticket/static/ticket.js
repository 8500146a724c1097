// Follows one ticket: by a stream, else by asking; replaces the part that changed; rings when it is soon or due.

const ASK_MS = 15000;
const LOST_MS = 20000;
const AGAIN_MS = 3000;
const RINGS = 5;
const lang = document.documentElement.lang;
const base = location.pathname.replace(/\/$/, "");
const box = document.querySelector("[data-at=part]");
const lost = document.querySelector("[data-at=lost]");
const said = lang === "en"
  ? { on: "On: keep this page open", on_my_way: "Thank you, please go to the counter", failed: "Not done: the page is refreshed" }
  : { on: "Đã bật báo, mời để trang này mở", on_my_way: "Cảm ơn, mời Ông/Bà đến quầy", failed: "Chưa làm được, trang được cập nhật lại" };

let seen = JSON.stringify(JSON.parse(box.querySelector("[data-state]").dataset.state));
let heard = Date.now();
let alerted = false;
let audio = null;
let rung = "";
let due = "";
let asking = false;
let coming = "";

// An answer that does not come is given up: a phone in a lift would else keep one more open every few seconds.
function get(what) {
  const end = new AbortController();
  setTimeout(() => end.abort(), ASK_MS);
  return fetch(`${base}/${what}?lang=${lang}`, { signal: end.signal });
}

async function take(state) {
  heard = Date.now();
  lost.hidden = true;
  const key = JSON.stringify(state);
  if (key !== seen) {
    if (await redraw().catch(() => false)) seen = key;
    else setTimeout(ask, AGAIN_MS);
  }
  notice(state);
}

// False when the part did not come.
async function redraw() {
  const answer = await get("part");
  if (answer.status === 404) location.reload();
  if (!answer.ok) return false;
  const asked = box.querySelector("details")?.open;
  box.innerHTML = await answer.text();
  if (asked && box.querySelector("details")) box.querySelector("details").open = true;
  dress();
  return true;
}

function dress() {
  const bell = box.querySelector("[data-do=alert]");
  if (bell && alerted) {
    bell.classList.add("on");
    bell.querySelector("span").textContent = said.on;
  }
  const number = box.querySelector(".number");
  number?.parentElement.classList.toggle("long", number.textContent.length > 4);
}

// Once for each call, softly once when it is soon.
function notice(state) {
  const cause = state.kind === "called" ? `called ${state.call}` : state.near ? "near" : "";
  document.title = state.kind === "called" ? `● ${state.number} → ${state.counter}` : document.title.replace(/^●.*/, state.number);
  due = cause;
  if (!cause || cause === rung) return;
  rung = cause;
  if (cause === "near") return void (alerted && ring(1, [200]));
  scrollTo(0, 0);
  let left = RINGS;
  const again = () => {
    if (due !== cause || coming === cause || !left--) return;
    ring(2, [400, 200, 400, 200, 400]);
    setTimeout(again, 4000);
  };
  again();
}

function ring(times, pattern) {
  navigator.vibrate?.(pattern);
  for (let i = 0; audio && i < times; i += 1) {
    for (const [at, pitch] of [[0, 880], [0.3, 660]]) {
      const start = audio.currentTime + i * 0.9 + at;
      const tone = audio.createOscillator();
      const level = audio.createGain();
      tone.frequency.value = pitch;
      level.gain.setValueAtTime(0.5, start);
      level.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
      tone.connect(level).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.3);
    }
  }
}

box.addEventListener("click", (event) => {
  const what = event.target.closest("[data-do]")?.dataset.do;
  if (what === "alert") {
    alerted = true;
    const Context = window.AudioContext ?? window.webkitAudioContext;
    if (!audio && Context) audio = new Context();
    audio?.resume();
    navigator.wakeLock?.request("screen").catch(() => {});
    ring(1, [150]);
    dress();
  }
  if (what === "coming") {
    coming = rung;
    navigator.vibrate?.(0);
    event.target.closest("button").textContent = said.on_my_way;
  }
});

box.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "application/json" } });
    if (!answer.ok) button.textContent = said.failed;
    await take(await (await get("state")).json());
  } catch {
    lost.hidden = false;
  }
  button.disabled = false;
});

async function ask() {
  if (asking) return;
  asking = true;
  try {
    const answer = await get("state");
    if (answer.status === 404) location.reload();
    else if (answer.ok) await take(await answer.json());
  } catch { /* shown as lost below */ }
  asking = false;
}

function follow() {
  if (!window.EventSource) return;
  const stream = new EventSource(`${base}/stream?lang=${lang}`);
  stream.addEventListener("state", (event) => take(JSON.parse(event.data).state));
  stream.addEventListener("beat", () => { heard = Date.now(); lost.hidden = true; });
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) setTimeout(follow, ASK_MS);
  });
}

// The office's typeface is a luxury: not on a slow or sparing connection.
const line = navigator.connection;
document.body.classList.toggle("fonts", !line?.saveData && !/2g/.test(line?.effectiveType ?? ""));
setInterval(() => {
  const silent = Date.now() - heard;
  if (silent > ASK_MS) ask();
  if (silent > LOST_MS) lost.hidden = false;
}, 5000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
dress();
ask();
follow();
