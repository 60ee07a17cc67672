import { MAX_WHOLE, MAX_WHOLE_CHARS } from './value-sketch.ts';

type Counted = { readonly value: string; times: number };

/**
 * How often each value stood in a hole, as long as they are few. A value is found by the characters where it stands, so that a
 * string is made only of those not met before.
 */
export class ValueCounter {
  /** what was counted since the last `take` */
  fresh = 0;
  private readonly known = new Map<number, Counted>();
  private chars = 0;

  /** One more of what stands at [start, end) of the text. False: it is one too many, and not counted. */
  count(text: string, start: number, end: number, keep: (text: string) => string): boolean {
    let hash = end - start;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    let own = this.known.get(hash);
    if (!own) {
      this.chars += end - start;
      if (this.known.size >= MAX_WHOLE || this.chars > MAX_WHOLE_CHARS) return false;
      own = { value: keep(text.slice(start, end)), times: 0 };
      this.known.set(hash, own);
    } else if (own.value.length !== end - start || !text.startsWith(own.value, start)) return false;
    own.times++;
    this.fresh++;
    return true;
  }
  /** What was counted since the last call. */
  take(): Counted[] {
    const taken: Counted[] = [];
    for (const own of this.known.values()) {
      if (own.times > 0) taken.push({ ...own });
      own.times = 0;
    }
    this.fresh = 0;
    return taken;
  }
}
