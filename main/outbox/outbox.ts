import { type AppError, Cancelled, type ErrorCode, type Failure, toAppError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { backOffMs } from '../kernel/task.ts';
import type { Base, Statement } from '../store/index.ts';
import {
  changeRow,
  confirmRow,
  counted,
  dropRow,
  dueRows,
  insertRow,
  postponeRow,
  retryRows,
  rowOf,
} from './queries.ts';
import type { OutboxCounts, OutboxState } from './types.ts';

const MINUTE = 60_000;
export const DRAIN_EVERY_MS = 5_000;
const BACK_OFF = { firstMs: DRAIN_EVERY_MS, longestMs: 10 * MINUTE, jitter: 0 };
/** Trying again cannot help until somebody changes something. */
const PERMANENT: ReadonlySet<ErrorCode> = new Set([
  'sync.rights',
  'sync.missing-table',
  'sync.missing-column',
  'sync.read-only-copy',
  'mapping.invalid',
  'input.invalid',
  'approval.taken',
  'shared.changed',
]);

/** What waits of one kind. `Payload` is plain data. */
export type Outbox<Payload> = {
  /** For the transaction of the deed. Refused while an earlier one of the subject waits. */
  add(subject: string, payload: Payload, at: number): Statement;
  /** Changes one that has failed and has it tried again; refused when it was written in the meantime. */
  change(subject: string, change: (payload: Payload) => Payload): Statement;
  drop(subject: string): Statement;
  get(subject: string): {
    readonly payload: Payload;
    readonly state: OutboxState;
    readonly error: Failure | null;
  } | null;
  counts(): OutboxCounts;
  /** tries everything not confirmed again now */
  retry(): Promise<void>;
  /** Writes what is due, one call after the other. Never throws: what fails stays with its reason. */
  drain(): Promise<void>;
  /** drains at once and every five seconds, until the returned function is called */
  start(): () => void;
};

/**
 * @param o.writer writes one payload, exactly once however often it is called; null: nothing may be written now
 * @param o.written statements for the transaction that confirms it
 * @param o.failed it failed for good, until somebody changes something
 */
export function createOutbox<Payload>(
  o: Pick<Base, 'store' | 'clock' | 'log'> & {
    readonly kind: string;
    readonly writer: () => ((payload: Payload) => Promise<unknown>) | null;
    readonly written?: (payload: Payload) => readonly Statement[];
    readonly failed?: (error: AppError, payload: Payload) => unknown;
    readonly changed: () => void;
  },
): Outbox<Payload> {
  const { kind, store, clock, log } = o;
  const { read } = store;
  let draining = Promise.resolve(); // the last one asked for
  const payloadOf = (text: string): Payload => JSON.parse(text) as Payload;

  async function drainOnce(): Promise<void> {
    const write = o.writer();
    if (!write) return;
    for (const { id, payload: text, attempts } of dueRows(read, kind, clock.now())) {
      const payload = payloadOf(text);
      try {
        await write(payload);
        await store.write([confirmRow(id, clock.now()), ...(o.written?.(payload) ?? [])]);
      } catch (thrown) {
        if (thrown instanceof Cancelled) return;
        const error = toAppError(thrown);
        if (error.code === 'internal') log.error('write-back failed', thrown);
        const state = PERMANENT.has(error.code) ? 'failed' : 'waiting';
        const wait = backOffMs(attempts + 1, BACK_OFF);
        const reason = JSON.stringify({ code: error.code, params: error.params });
        await store.write([postponeRow(id, state, clock.now() + wait, reason)]);
        o.changed();
        if (state === 'waiting') return; // the database is not there: the rest would fail the same way
        await o.failed?.(error, payload);
      }
      o.changed();
    }
  }
  /** One at a time; asked for while one runs, another follows, so that nothing due is missed. */
  const drain = (): Promise<void> => {
    draining = draining.then(drainOnce).catch((error: unknown) => log.error('outbox', error));
    return draining;
  };

  return {
    add: (subject, payload, at) =>
      insertRow(kind, { id: newId(), subject, payload: JSON.stringify(payload), at }),
    change(subject, change) {
      const row = rowOf(read, kind, subject);
      const changed = JSON.stringify(change(payloadOf(row?.payload ?? '{}')));
      return changeRow(kind, subject, changed, clock.now());
    },
    drop: (subject) => dropRow(kind, subject),
    get(subject) {
      const row = rowOf(read, kind, subject);
      if (!row) return null;
      const { payload, state, error } = row;
      return { payload: payloadOf(payload), state, error: error === null ? null : JSON.parse(error) };
    },
    counts: () => counted(read, kind),
    async retry() {
      await store.write([retryRows(kind, clock.now())]);
      await drain();
    },
    drain,
    start() {
      void drain();
      return clock.every(DRAIN_EVERY_MS, () => void drain());
    },
  };
}
