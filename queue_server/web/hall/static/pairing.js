// Asks whether somebody has confirmed the code; a code is replaced before its ten minutes are over.

import { fill } from "./live.js";

const ASK_MS = 2000;
const RENEW_MS = 570000;

async function ask() {
  try {
    const answer = await fetch("/display/pairing");
    const { address } = await answer.json();
    if (address) location.replace(address);
  } catch { /* the server is away: ask again */ }
}

fill(1920, 1080);
setInterval(ask, ASK_MS);
setTimeout(() => location.reload(), RENEW_MS);
