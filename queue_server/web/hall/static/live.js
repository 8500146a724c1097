// One stream of full states with heartbeats, the server's clock, and the truth about a lost server.

export const LOST_MS = 20000;
const RECONNECT_MS = 12000;
const REST_AFTER_MS = 10000;
const WEEKDAYS = ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];

export class Live {
  // onState(state, nowMs), onLost(sinceMs or null), onRefused() when the server no longer knows this display.
  constructor(url, { onState, onLost, onRefused = () => {} }) {
    Object.assign(this, { url, onState, onLost, onRefused });
    this.heard = performance.now();
    this.serverMs = Date.now();
    this.offsetMin = -new Date().getTimezoneOffset();
    this.lost = false;
    this.ever = false;
    this.connect();
    setInterval(() => this.check(), 1000);
    if (window.top !== window) this.restOutOfSight();
  }

  // Inside another page only: a television is never out of sight. A browser has six connections to a server.
  restOutOfSight() {
    let soon;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(soon);
      if (document.hidden) {
        soon = setTimeout(() => { this.resting = true; this.source.close(); }, REST_AFTER_MS);
      } else if (this.resting) {
        this.resting = false;
        this.heard = performance.now();
        this.connect();
      }
    });
  }

  connect() {
    if (this.resting) return;
    this.source?.close();
    this.tried = performance.now();
    this.source = new EventSource(this.url);
    this.source.addEventListener("state", (event) => {
      const message = JSON.parse(event.data);
      if (message.state.offset_min !== undefined) this.offsetMin = message.state.offset_min;
      this.hear(message.at);
      this.onState(message.state, this.now());
    });
    this.source.addEventListener("beat", (event) => this.hear(JSON.parse(event.data).at));
    this.source.addEventListener("error", () => this.onRefused());
  }

  hear(at) {
    this.heard = performance.now();
    this.serverMs = Date.parse(at);
    this.ever = true;
    if (this.lost) {
      this.lost = false;
      this.onLost(null);
    }
  }

  check() {
    if (this.resting) return;
    const silent = performance.now() - this.heard;
    const closed = this.source.readyState === EventSource.CLOSED;
    if ((closed || silent > RECONNECT_MS) && performance.now() - this.tried > 3000) this.connect();
    if (silent > LOST_MS && !this.lost) {
      this.lost = true;
      this.onLost(this.serverMs);
    }
  }

  // The server's time now, in ms since 1970; it goes on by this machine's own count while the server is away.
  now() {
    return this.serverMs + (performance.now() - this.heard);
  }

  clock(ms = this.now()) {
    const at = new Date(ms + this.offsetMin * 60000);
    return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  }

  date() {
    const at = new Date(this.now() + this.offsetMin * 60000);
    return `${WEEKDAYS[at.getUTCDay()]}, ${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
  }
}

function two(number) {
  return String(number).padStart(2, "0");
}

// Draws a page designed for width × height on whatever panel there is, filling it.
export function fill(width, height) {
  const size = () => {
    const scale = Math.min(innerWidth / width, innerHeight / height);
    const root = document.documentElement.style;
    root.setProperty("--scale", scale);
    root.setProperty("--wide", `${innerWidth / scale}px`);
    root.setProperty("--high", `${innerHeight / scale}px`);
  };
  addEventListener("resize", size);
  size();
}

// Shrinks a line of text until it fits its box; never enlarges it over `largest` px.
export function fit(element, largest) {
  let size = largest;
  element.style.fontSize = `${size}px`;
  for (let tries = 0; tries < 4 && element.scrollWidth > element.clientWidth; tries += 1) {
    size = Math.floor((size * element.clientWidth) / element.scrollWidth) - tries;
    element.style.fontSize = `${size}px`;
  }
}
