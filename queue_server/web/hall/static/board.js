// What stands on the board: the call in the big block, and the others below it. Pure.

export const RECENT = 4;
export const PAGE = 8;

// calls: newest first; announcing: the call being said or null; held: ids waiting for their chime.
// → { now: call or null, calling: is somebody being called, recent: up to four calls }
export function board(calls, announcing, held) {
  const known = calls.filter((call) => !held.has(call.id));
  const now = announcing ?? known.find((call) => call.still) ?? known[0] ?? null;
  const rest = known.filter((call) => !now || (call.id !== now.id && !same(call, now)));
  return { now, calling: Boolean(now && (announcing || now.still)), recent: rest.slice(0, RECENT) };
}

function same(a, b) {
  return a.number === b.number && a.counter === b.counter;
}

// The services of the page that is due, pages of eight in turn.
export function page(services, turn) {
  const pages = Math.max(1, Math.ceil(services.length / PAGE));
  const at = (turn % pages) * PAGE;
  return services.slice(at, at + PAGE);
}
