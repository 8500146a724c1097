// Which call is said next: one at a time, never cut, each call id once, each shown at least six seconds.

export const FRESH_MS = 30000;
export const SHOWN_MS = 6000;
const KEPT = 100; // ids: many more than are called in half a minute

export class AnnouncementQueue {
  // play(call, onStart) → promise, fulfilled when the last clip has ended; it calls onStart as the chime begins.
  // show(call or null) changes the display; pause(ms) → promise; seen: ids already announced; remember(ids) keeps them.
  constructor({ play, show, pause, seen = [], remember = () => {}, shownMs = SHOWN_MS }) {
    Object.assign(this, { play, show, pause, remember, shownMs });
    this.seen = new Set(seen);
    this.waiting = [];
    this.coming = null;
    this.running = null;
  }

  // The calls of a new state, newest first, and the server's time in ms. What nobody has come for yet and is
  // younger than 30 s will be said; everything else is only shown.
  take(calls, nowMs) {
    const byId = new Map(calls.map((call) => [call.id, call]));
    this.waiting = this.waiting.filter((call) => byId.get(call.id)?.still);
    for (const call of [...calls].reverse()) {
      if (this.seen.has(call.id)) continue;
      this.seen.add(call.id);
      if (!call.still || nowMs - call.at_ms > FRESH_MS) continue;
      this.waiting.push(call);
    }
    const latest = [...this.seen].slice(-KEPT);
    this.seen = new Set(latest);
    this.remember(latest);
    if (this.waiting.length && !this.running) {
      this.running = this.run().finally(() => { this.running = null; });
    }
  }

  async run() {
    while (this.waiting.length) {
      const call = this.coming = this.waiting.shift();
      let shown = null;
      const onStart = () => {
        shown ??= this.pause(this.shownMs);
        this.coming = null;
        this.show(call);
      };
      try {
        await this.play(call, onStart);
      } catch (error) {
        console.error("announcement failed", error);
      }
      if (!shown) onStart();
      await shown;
    }
    this.show(null);
  }

  // Ids that have come but whose chime has not sounded: the display does not know them yet.
  get held() {
    return new Set([this.coming, ...this.waiting].filter(Boolean).map((call) => call.id));
  }
}
