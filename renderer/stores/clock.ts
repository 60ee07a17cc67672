/** The engine's clock as the page sees it. In the demo it runs at another date and another speed than this computer's. */
type Anchor = { readonly engine: number; readonly wall: number; readonly rate: number };
let anchor: Anchor = { engine: Date.now(), wall: Date.now(), rate: 1 };
let known = false;
const listeners = new Set<() => void>();
/** a clock that turns out to be further off than this has jumped, ms */
const JUMP_MS = 2000;

/** Called when the clock jumps, so that what is on screen need not wait for its next second. */
export function onClockJump(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** `engine`: the instant of a tick event, epoch ms */
export function setEngineTime(engine: number): void {
  const wall = Date.now();
  const passed = wall - anchor.wall;
  const seen = (engine - anchor.engine) / passed;
  const rate = known && passed > 500 && seen > 0 && seen <= 600 ? seen : 1;
  const jumped = Math.abs(engine - engineNow()) > JUMP_MS;
  anchor = { engine, wall, rate };
  known = true;
  if (jumped) for (const listener of listeners) listener();
}
/** After a jump of the clock (demo restarted, engine restarted) the speed has to be learned again. */
export function forgetEngineTime(): void {
  known = false;
}
/** now, epoch ms, on the engine's clock */
export const engineNow = (): number => Math.round(anchor.engine + (Date.now() - anchor.wall) * anchor.rate);
