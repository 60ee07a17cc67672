import type { Clock } from '../kernel/clock.ts';
import { type AppError, type Failure, failureOf } from '../kernel/errors.ts';

/** Whether the company's database answers, as whoever asked it last found out: the sync or one who reads a log table. */
export class Reach {
  /** why it does not answer; null: it does; undefined: nobody has asked this one yet */
  error: Failure | null | undefined;
  /** when that was found out */
  at = 0;
  private readonly clock: Clock;
  private readonly changed: () => void;
  constructor(o: { readonly clock: Clock; readonly changed: () => void }) {
    this.clock = o.clock;
    this.changed = o.changed;
  }
  get answers(): boolean {
    return this.error === null;
  }
  answered(): void {
    this.set(null);
  }
  failed(error: AppError): void {
    this.set(failureOf(error));
  }
  /** Another one is to be asked from now on. */
  forget(): void {
    this.set(undefined);
  }
  private set(error: Failure | null | undefined): void {
    this.at = this.clock.now();
    const isNews = this.error === undefined || error === undefined || this.error?.code !== error?.code;
    this.error = error;
    if (isNews) this.changed();
  }
}
