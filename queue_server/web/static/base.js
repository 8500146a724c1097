// What every page shares: live streams that know their age, posts that are done once, the idle lock.
"use strict";
(() => {
  const STALE_AFTER = 4000; // ms without a word from the server; beats come every 2 s
  const REST_AFTER = 10000; // ms out of sight
  const ANSWER_IN = 4000; // ms: a server that was cut off leaves a question open for minutes
  const OPEN_IN = 8000; // ms: a stream says everything at once
  const en = document.documentElement.lang === "en";
  let offset = null; // server clock − performance.now(), ms

  function heardAt(at) {
    const server = Date.parse(at);
    if (!Number.isNaN(server)) offset = server - performance.now();
  }

  /** The server's time in ms since 1970, as well as this page knows it. */
  function now() {
    return offset === null ? Date.now() : offset + performance.now();
  }

  function clockText(ms, seconds = true) {
    const parts = { hour: "2-digit", minute: "2-digit", hour12: false };
    if (seconds) parts.second = "2-digit";
    const zone = document.body.dataset.zone;
    if (zone) parts.timeZone = zone;
    return new Intl.DateTimeFormat("vi-VN", parts).format(new Date(ms));
  }

  /** 272 → "04:32", 3700 → "1:01:40" */
  function duration(seconds) {
    const s = Math.max(0, Math.floor(seconds)), two = (n) => String(n).padStart(2, "0");
    const minutes = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
    return s >= 3600 ? `${Math.floor(s / 3600)}:${minutes}` : minutes;
  }

  /**
   * Subscribe to an SSE stream. `on.state(state, meta)` gets every full state; `on.stale(ageSeconds, sinceMs)` is
   * called every second while nothing has been heard for 4 s or the connection is known to be broken;
   * `on.fresh()` once it is back. `#stale` is filled by default.
   * A browser has six connections to a server for all its tabs: a page out of sight gives its own back and takes
   * one again when it is looked at, unless `on.always`.
   */
  function live(url, on) {
    let source = null, heard = performance.now(), broken = false, stale = false, tries = 0, last = null;
    let resting = false, opened = heard, soon = null;
    const word = () => { heard = performance.now(); broken = false; tries = 0; };

    function take(event, full) {
      const meta = JSON.parse(event.data);
      heardAt(meta.at);
      word();
      last = Date.parse(meta.at);
      if (stale) { stale = false; (on.fresh || freshBar)(); }
      if (full) on.state(meta.state, meta); else if (on.beat) on.beat(meta);
    }

    async function lost() {
      source.close();
      broken = true;
      watch();
      tries += 1;
      if (tries % 3 === 1 && document.body.dataset.csrf) {
        try {
          if ((await fetch("/session", { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(ANSWER_IN) })).status === 401) { toSignIn(); return; }
        } catch { /* still away */ }
      }
      setTimeout(open, Math.min(4000, 300 * 2 ** Math.min(tries, 4)) * (0.7 + 0.6 * (tries * 7919 % 100) / 100));
    }

    function open() {
      if (resting) return;
      source?.close();
      opened = performance.now();
      source = new EventSource(url);
      source.addEventListener("state", (event) => take(event, true));
      source.addEventListener("beat", (event) => take(event, false));
      source.onerror = lost;
    }

    function sight() {
      clearTimeout(soon);
      if (document.hidden) {
        soon = setTimeout(() => { resting = true; source.close(); }, REST_AFTER);
      } else if (resting) {
        resting = broken = false;
        open();
      }
    }

    function watch() {
      const age = performance.now() - heard;
      if (resting || (!broken && Math.min(age, performance.now() - opened) < STALE_AFTER)) return;
      const closed = source.readyState === EventSource.CLOSED;
      if (!closed && !broken && age > STALE_AFTER * 2) { heard += 1; lost(); }
      else if (!closed && broken && performance.now() - opened > OPEN_IN) lost();
      stale = true;
      (on.stale || staleBar)(Math.round(age / 1000), last);
    }

    open();
    setInterval(watch, 250);
    if (!on.always) document.addEventListener("visibilitychange", sight);
    addEventListener("pagehide", () => source.close());
    return { isStale: () => stale };
  }

  function staleBar(age, last) {
    const bar = document.getElementById("stale");
    if (!bar) return;
    const at = last ? clockText(last) : "—";
    bar.textContent = en
      ? `Connection lost. What you see is from ${at}, ${age} s ago. It reconnects by itself.`
      : `Mất kết nối với máy chủ. Số liệu bên dưới là của lúc ${at}, cách đây ${age} giây. Trang tự nối lại.`;
    bar.hidden = false;
    document.body.classList.add("is-stale");
  }

  function freshBar() {
    const bar = document.getElementById("stale");
    if (bar) bar.hidden = true;
    document.body.classList.remove("is-stale");
  }

  function toSignIn() {
    location.href = "/sign-in?next=" + encodeURIComponent(location.pathname);
  }

  /** GET of JSON for a signed-in page; null (and off to the sign-in page) when the session has ended. Rejects when no
   * answer comes. */
  async function get(url) {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(ANSWER_IN) });
    if (answer.status !== 401) return answer.json();
    toSignIn();
    return null;
  }

  /** What is said, as a refusal is, when what a press needs could not be fetched. */
  const unasked = { ok: false, code: "no_answer", words: {
    vi: "Máy chủ không trả lời, chưa có gì được ghi. Bấm lại sau vài giây.",
    en: "The server does not answer; nothing was recorded. Press again in a few seconds.",
  } };

  /** An id for a request; the same id is sent again when the answer is lost, so the act is done once. */
  function newId() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  }

  const SAME_FOR = 60000; // ms
  let unanswered = null; // the last act whose answer never came: pressed again soon, it is the same act

  /**
   * POST JSON with the CSRF token. `body.id` is made when missing; lost answers are asked for again with the same id
   * for `patience` ms, and so is the same act pressed again within a minute of that, if no other was answered since:
   * nobody gets two tickets. Resolves to the server's answer, or to {ok: false, code: "no_answer", words}.
   */
  async function post(url, body = {}, patience = 12000) {
    const what = url + JSON.stringify(body);
    const again = unanswered?.what === what && performance.now() - unanswered.at < SAME_FOR;
    const id = again ? unanswered.id : newId(), sent = JSON.stringify({ id, ...body });
    const until = performance.now() + patience;
    for (let pause = 300; ; pause = Math.min(pause * 2, 2000)) {
      try {
        const answer = await fetch(url, {
          method: "POST", body: sent, signal: AbortSignal.timeout(ANSWER_IN),
          headers: { "Content-Type": "application/json", "Accept": "application/json", "X-CSRF-Token": document.body.dataset.csrf || "" },
        });
        if (answer.status === 401 && document.body.dataset.csrf) toSignIn();
        const reply = await answer.json();
        unanswered = null;
        return { status: answer.status, ...reply };
      } catch (error) {
        if (performance.now() > until) {
          unanswered = { what, id, at: performance.now() };
          return { ok: false, code: "no_answer", words: {
            vi: "Máy chủ không trả lời, chưa rõ thao tác đã được ghi hay chưa. Chờ trang nối lại, nhìn trạng thái quầy rồi hãy bấm tiếp.",
            en: "The server does not answer, so it is not known whether the act was recorded. Wait until the page is back, look at the counter, then go on.",
          } };
        }
        await new Promise((go) => setTimeout(go, pause));
      }
    }
  }

  function idleLock() {
    const after = Number(document.body.dataset.idleLock || 0) * 1000;
    if (!after) return;
    let touched = performance.now();
    for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
      addEventListener(kind, () => { touched = performance.now(); }, { passive: true, capture: true });
    }
    setInterval(async () => {
      if (performance.now() - touched < after) return;
      touched = performance.now();
      try {
        await fetch("/sign-out", { method: "POST", headers: { "X-CSRF-Token": document.body.dataset.csrf, "Accept": "application/json" } });
      } catch { /* the session ends by itself */ }
      location.href = "/sign-in?locked=1&next=" + encodeURIComponent(location.pathname);
    }, 5000);
  }

  // What a field lacks is said in the page's language, whatever the browser speaks.
  function lacking(field) {
    const v = field.validity, say = (vi, english) => (en ? english : vi);
    if (v.valueMissing) {
      if (field.type === "checkbox") return say("Mời đánh dấu vào ô này để tiếp tục.", "Tick this box to go on.");
      if (field.type === "file") return say("Mời chọn một tệp.", "Choose a file.");
      if (field.matches("select, [type=radio]")) return say("Mời chọn một mục.", "Choose one.");
      return say("Mời điền ô này.", "Fill in this field.");
    }
    if (v.tooShort) return say(`Mời nhập ít nhất ${field.minLength} ký tự.`, `Enter ${field.minLength} characters or more.`);
    if (v.tooLong) return say(`Mời nhập nhiều nhất ${field.maxLength} ký tự.`, `Enter ${field.maxLength} characters at most.`);
    if (v.rangeUnderflow) return say(`Mời nhập từ ${field.min} trở lên.`, `Enter ${field.min} or more.`);
    if (v.rangeOverflow) return say(`Mời nhập nhiều nhất ${field.max}.`, `Enter ${field.max} at most.`);
    if (v.patternMismatch) return say("Chưa đúng dạng.", "Not in the right form.") + (field.title ? ` ${field.title}.` : "");
    return say("Mời kiểm tra lại ô này.", "Check this field.");
  }
  addEventListener("invalid", (event) => {
    event.target.setCustomValidity("");
    if (!event.target.validity.valid) event.target.setCustomValidity(lacking(event.target));
  }, { capture: true });
  addEventListener("input", (event) => event.target.setCustomValidity?.(""), { capture: true });
  addEventListener("click", (event) => {
    for (const field of event.target.closest?.("button, input")?.form?.elements ?? []) field.setCustomValidity?.("");
  }, { capture: true });

  // Where the tabs are wider than the screen, the one that one is on is brought into sight.
  function tabInSight() {
    for (const tab of document.querySelectorAll("nav a[aria-current]")) {
      const bar = tab.closest("nav"), side = (bar.clientWidth - tab.offsetWidth) / 2;
      bar.scrollLeft += tab.getBoundingClientRect().left - bar.getBoundingClientRect().left - side;
    }
  }

  // A form is sent once, however often its button is pressed.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  addEventListener("DOMContentLoaded", idleLock);
  addEventListener("DOMContentLoaded", tabInSight);

  window.motcua = { live, post, get, unasked, now, duration, clockText, newId, en };
})();
