// A counter's own display: the number large, the one thing to know below it.

import { Live, fill, fit } from "./live.js";

const NUMBER_PX = 330;
const LONG_NUMBER_PX = 300;
const WORD_PX = 150;
const LOST_STATUS = "Mất kết nối · mời nghe gọi số";

const at = (name) => document.querySelector(`[data-at="${name}"]`);
let state = null;
let lost = false;
let call = null;

new Live(document.body.dataset.stream, {
  onState: (fresh) => { state = fresh; draw(); },
  onLost: (since) => { lost = since !== null; draw(); },
  onRefused: async () => {
    try {
      const answer = await fetch("/display/pairing");
      if (answer.ok && !(await answer.json()).allowed) location.href = "/display";
    } catch { /* the server is away: the stream keeps trying */ }
  },
});

function draw() {
  const named = ["calling", "priority", "serving"].includes(state?.mode);
  document.body.className = [lost ? "lost" : state?.mode ?? "", named ? "" : "words"].join(" ");
  if (lost) at("status").textContent = LOST_STATUS;
  if (!state?.ready) return;
  at("counter").textContent = state.counter;
  at("services").replaceChildren(...state.services.map((name) => {
    const line = document.createElement("span");
    line.textContent = name;
    return line;
  }));
  at("big").textContent = state.big;
  if (!lost) at("status").textContent = state.status;
  fit(at("big"), named ? (state.big.length > 4 ? LONG_NUMBER_PX : NUMBER_PX) : WORD_PX);
  if (!lost && call !== null && state.call && state.call !== call && state.mode === "calling") pulse();
  call = state.call;
}

function pulse() {
  const strip = at("strip");
  strip.classList.remove("pulse");
  void strip.offsetWidth;
  strip.classList.add("pulse");
}

fill(1024, 600);
addEventListener("resize", draw);
document.fonts?.addEventListener("loadingdone", draw);
