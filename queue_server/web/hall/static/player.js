// Plays a call's clips on the audio clock: exact silences, nothing cut, and never a second call on top.
// Displays start Chromium with --autoplay-policy=no-user-gesture-required; without it sound waits for a touch.

const GUARD_MS = 3000;
const CLIP_MS = 5000; // a clip that takes longer is left out: the call stands on the board without it

export class Player {
  // onBlocked(true or false): the browser does not let us be heard yet.
  constructor(onBlocked) {
    this.context = new AudioContext();
    this.buffers = new Map();
    this.onBlocked = onBlocked;
    const tell = () => onBlocked(this.context.state !== "running");
    this.context.addEventListener("statechange", tell);
    addEventListener("pointerdown", () => this.context.resume());
    addEventListener("keydown", () => this.context.resume());
    tell();
  }

  // Resolves when the last clip has ended; calls onStart as the first begins. Silence (blocked, a clip missing)
  // resolves at once: the display still shows the call.
  async play(call, onStart) {
    let clips = [];
    if (this.context.state === "running") {
      clips = (await Promise.all(call.clips.map((clip) => this.load(clip)))).filter((clip) => clip.buffer);
    }
    if (clips.length < call.clips.length) console.warn("clips missing for call", call.number);
    onStart();
    if (!clips.length || this.context.state !== "running") return;
    let at = this.context.currentTime + 0.05;
    const begun = at;
    let last = null;
    for (const { buffer, pause } of clips) {
      last = this.context.createBufferSource();
      last.buffer = buffer;
      last.connect(this.context.destination);
      last.start(at);
      at += buffer.duration + pause;
    }
    await Promise.race([
      new Promise((resolve) => last.addEventListener("ended", resolve)),
      new Promise((resolve) => setTimeout(resolve, (at - begun) * 1000 + GUARD_MS)),
    ]);
  }

  async load(clip) {
    if (!this.buffers.has(clip.url)) {
      try {
        const answer = await fetch(clip.url, { signal: AbortSignal.timeout(CLIP_MS) });
        if (!answer.ok) throw new Error(`${answer.status}`);
        this.buffers.set(clip.url, await this.context.decodeAudioData(await answer.arrayBuffer()));
      } catch (error) {
        console.warn("no clip", clip.url, error.message);
        return { buffer: null, pause: clip.pause };
      }
    }
    return { buffer: this.buffers.get(clip.url), pause: clip.pause };
  }
}
