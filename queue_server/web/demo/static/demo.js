// Shows the kiosk's real frames and touches them, the slips as they print, and the pages in their frames.

const at = (name) => document.querySelector(`[data-at="${name}"]`);
const canvas = at("kiosk");
const seen = { frame: "-", slips: "-" };

async function follow() {
  for (;;) {
    while (document.hidden) await new Promise((shown) => document.addEventListener("visibilitychange", shown, { once: true }));
    try {
      const answer = await fetch(`/demo/news?frame_seen=${seen.frame}&slips_seen=${encodeURIComponent(seen.slips)}`);
      if (!answer.ok) throw new Error(answer.status);
      const news = await answer.json();
      if (news.frame !== seen.frame) await draw(news.frame);
      const slips = news.slips.join(",");
      if (slips !== seen.slips) show(news.slips);
      Object.assign(seen, { frame: news.frame, slips });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}

async function draw(frame) {
  at("no-kiosk").hidden = Boolean(frame);
  if (!frame) return;
  const answer = await fetch("/demo/kiosk/frame.png");
  if (!answer.ok) return;
  const picture = await createImageBitmap(await answer.blob());
  if (canvas.width !== picture.width || canvas.height !== picture.height) {
    canvas.width = picture.width;
    canvas.height = picture.height;
  }
  canvas.getContext("2d").drawImage(picture, 0, 0);
  canvas.dataset.frame = frame;
}

function show(names) {
  if (!names.length) return;
  at("slips").replaceChildren(...names.map((name) => {
    const slip = new Image();
    slip.src = `/demo/slips/${encodeURIComponent(name)}`;
    slip.alt = name;
    return slip;
  }));
}

canvas.addEventListener("click", (event) => {
  const box = canvas.getBoundingClientRect();
  const body = JSON.stringify({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
  fetch("/demo/kiosk/touch", { method: "POST", body, headers: { "content-type": "application/json" } }).catch(() => {});
});

function fitFrames() {
  for (const frame of document.querySelectorAll("iframe")) {
    const { width, height } = frame.dataset;
    const scale = Math.min(1, frame.parentElement.clientWidth / width);
    frame.style.width = scale < 1 ? `${width}px` : "100%";
    frame.style.height = `${height}px`;
    frame.style.transform = `scale(${scale})`;
    frame.parentElement.style.height = `${height * scale}px`;
  }
}

async function openFrames() {
  try {
    await fetch("/demo/enter/supervisor", { method: "POST" });
  } catch { /* the frames show the sign-in page */ }
  for (const frame of document.querySelectorAll("iframe")) frame.src = frame.dataset.src;
}

addEventListener("resize", fitFrames);
fitFrames();
openFrames();
follow();
