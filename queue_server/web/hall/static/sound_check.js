// Plays every part of the office's announcements once, and names the clips that are missing.

import { Player } from "./player.js";

const at = (name) => document.querySelector(`[data-at="${name}"]`);
const button = at("play");
const clips = JSON.parse(button.dataset.clips);
const player = new Player(() => {});

button.addEventListener("click", async () => {
  button.disabled = true;
  await player.context.resume();
  const loaded = await Promise.all(clips.map((clip) => player.load(clip)));
  const missing = [...new Set(clips.filter((_, index) => !loaded[index].buffer).map((clip) => clip.url))];
  at("missing").replaceChildren(...missing.map((url) => {
    const line = document.createElement("li");
    line.textContent = `Thiếu · missing: ${url}`;
    return line;
  }));
  await player.play({ number: "", clips }, () => { at("status").textContent = "Đang phát · playing…"; });
  at("status").textContent = missing.length ? `Thiếu ${missing.length} đoạn tiếng · clips missing` : "Đã phát đủ · all played";
  button.disabled = false;
});
