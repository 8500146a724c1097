// The hall display: draws the state, and lets the queue and the player decide when a call appears.

import { AnnouncementQueue } from "./announce.js";
import { board, page } from "./board.js";
import { Live, fill, fit } from "./live.js";
import { Player } from "./player.js";

const TURN_MS = 12000;
const NUMBER_PX = 380;
const NUMBER_LOST_PX = 270;
const INVITATION_PX = 150;
const LOST_FOOTER = "Ông/Bà vẫn được gọi đúng thứ tự. Cần giúp đỡ, mời hỏi quầy Hướng dẫn.";

const at = (name) => document.querySelector(`[data-at="${name}"]`);
const zone = document.body.dataset.zone;
const memory = `calls-announced-${zone}`;
let state = null;
let lostSince = null;
let shown = null;
let turn = 0;

const player = new Player((blocked) => { at("muted").hidden = !blocked; });
const queue = new AnnouncementQueue({
  play: (call, onStart) => player.play(call, onStart),
  show: (call) => { shown = call; draw(); if (call) pulse(); },
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  seen: remembered(),
  remember: (ids) => {
    try { localStorage.setItem(memory, JSON.stringify(ids)); } catch { /* full or forbidden: it still calls */ }
  },
});
const live = new Live(document.body.dataset.stream, {
  onState: (fresh, nowMs) => { state = fresh; queue.take(state.calls, nowMs); draw(); },
  onLost: (since) => { lostSince = since; draw(); },
  onRefused: () => askWhetherPaired(),
});

function remembered() {
  try {
    const ids = JSON.parse(localStorage.getItem(memory));
    return Array.isArray(ids) ? ids : [];
  } catch { return []; }
}

async function askWhetherPaired() {
  try {
    const answer = await fetch("/display/pairing");
    if (answer.ok && !(await answer.json()).allowed) location.href = "/display";
  } catch { /* the server is away: the stream keeps trying */ }
}

function text(name, words) {
  const element = at(name);
  if (element.textContent !== words) element.textContent = words;
}

function draw() {
  text("clock", live.clock());
  text("date", live.date());
  if (!state) return;
  const lost = lostSince !== null;
  document.body.classList.toggle("lost", lost);
  at("strip").hidden = !lost;
  if (lost) text("lost-since", `Bảng mất kết nối từ ${live.clock(lostSince)}.`);
  text("title", state.title ?? "");
  const { now, calling, recent } = board(state.calls, shown, queue.held);
  document.body.classList.toggle("calling", calling && !lost);
  const last = now ? `Số gọi gần nhất, lúc ${now.at}` : "Chưa gọi số nào";
  text("calling", calling && !lost ? "Mời công dân có số" : last);
  text("calling-en", lost ? "" : calling ? "· Now calling" : now ? "· Last called" : "· No number called yet");
  document.body.classList.toggle("nobody", !now);
  text("number", now?.number ?? state.invitation);
  text("counter", now?.counter ?? "");
  at("arrow").hidden = !now;
  at("to").hidden = !now;
  fit(at("number"), now ? (lost ? NUMBER_LOST_PX : NUMBER_PX) : INVITATION_PX);
  fit(at("counter"), lost ? NUMBER_LOST_PX : NUMBER_PX);
  drawRecent(recent);
  drawServices(lost);
  drawFooter(lost);
}

function cell(tag, name, words) {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = words;
  return element;
}

function replace(name, rows) {
  const list = at(name);
  const key = rows.map((row) => row.outerHTML).join("");
  if (list.dataset.key !== key) {
    list.dataset.key = key;
    list.replaceChildren(...rows);
  }
}

function drawRecent(recent) {
  replace("recent", recent.map((call) => {
    const row = document.createElement("li");
    row.append(cell("b", "ticket", call.number), cell("span", "arrow", "→"),
      cell("b", "where", `Quầy ${call.counter}`), cell("time", "when", call.at));
    return row;
  }));
}

function drawServices(lost) {
  text("waits", lost ? "Thời gian chờ tạm thời chưa tính được"
    : "Lấy số bây giờ thì chờ khoảng (phút) · Expected wait, min");
  replace("services", page(state.services, turn).map((service) => {
    const row = document.createElement("li");
    row.className = service.open ? "" : "closed";
    const name = cell("span", "name", "");
    name.append(cell("span", "words", service.name));
    if (service.open) name.append(cell("small", "", lost ? "chưa rõ" : service.waiting));
    row.append(cell("b", "letter", service.letter), name,
      cell("b", "wait", service.open ? (lost ? "—" : service.wait) : service.closed));
    return row;
  }));
  for (const name of at("services").querySelectorAll(".name")) {
    if (name.offsetHeight > name.parentElement.clientHeight) name.classList.add("long");
  }
}

function drawFooter(lost) {
  const lines = lost ? [LOST_FOOTER] : state.footer;
  text("footer", lines.length ? lines[turn % lines.length] : "");
}

function pulse() {
  const block = at("block");
  block.classList.remove("pulse");
  void block.offsetWidth;
  block.classList.add("pulse");
}

fill(1920, 1080);
addEventListener("resize", draw);
document.fonts?.addEventListener("loadingdone", draw);
setInterval(draw, 1000);
setInterval(() => { turn += 1; draw(); }, TURN_MS);
