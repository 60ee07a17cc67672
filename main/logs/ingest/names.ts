import type { Statement } from '../../store/index.ts';
import { copied } from '../mine/entry.ts';

/** More different services than any site has: a format that takes text for a service must not fill the store. */
const MAX_NAMES = 20_000;
const MAX_CHARS = 200;

/** Services as the numbers the roll-ups keep; 0 stands for none. */
export class Names {
  private readonly numbers: Map<string, number>;
  private next: number;
  private fresh: [number, string][] = [];
  /** one string for all spelled alike: it holds on to no line, and is looked up by its own hash */
  private readonly own = new Map<string, string>();
  private last = '';

  constructor(saved: readonly { readonly id: number; readonly name: string }[]) {
    this.numbers = new Map(saved.map(({ id, name }) => [name, id]));
    this.next = saved.reduce((most, { id }) => Math.max(most, id), 0) + 1;
  }
  /** A service as it is kept: cut, and null once there are too many. */
  known(name: string | null): string | null {
    if (name === null || name === '') return null;
    if (name === this.last) return this.last;
    let own = this.own.get(name);
    if (own === undefined) {
      own = copied(name.length > MAX_CHARS ? name.slice(0, MAX_CHARS) : name);
      if (!this.numbers.has(own) && this.numbers.size >= MAX_NAMES) return null;
      if (this.own.size >= MAX_NAMES) this.own.clear();
      if (name.length <= MAX_CHARS) this.own.set(own, own);
    }
    this.last = own;
    return own;
  }
  number(name: string | null): number {
    if (name === null) return 0;
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.next++;
      this.numbers.set(name, number);
      this.fresh.push([number, name]);
    }
    return number;
  }
  /** What is new since the last call. */
  takeNew(): Statement[] {
    const rows = this.fresh;
    this.fresh = [];
    return rows.length ? [{ text: 'INSERT INTO log_names (name_id, name) VALUES (?, ?)', rows }] : [];
  }
}
