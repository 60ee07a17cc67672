/** The company's log table, as its copy came in: one row is one line. */
import { Buffer } from 'node:buffer';
import type { Batch } from '../ingest/batch.ts';
import type { CompanyRow } from '../ingest/messages.ts';
import { levelOf } from '../read/levels.ts';

/** Rows of the table as records; their columns are already what a header would say. */
export function takeRows(batch: Batch, rows: readonly CompanyRow[], skewMs: number): void {
  for (const r of rows) {
    const attributes = attributesOf(r);
    batch.record({
      at: r.at - skewMs,
      atGuessed: false,
      level: (r.level === null ? undefined : levelOf(r.level)) ?? null,
      service: r.service,
      host: r.host,
      content: r.message,
      text: r.message,
      ending: 'none',
      lines: 1,
      bytes:
        Buffer.byteLength(r.message) + Buffer.byteLength(attributes) + lengthOf(r.service) + lengthOf(r.host),
      attributes,
      raw: null,
      head: null,
    });
  }
}
const lengthOf = (text: string | null): number => (text === null ? 0 : Buffer.byteLength(text));
/** JSON of what is not in the message, the trace under `trace`; '' when there is nothing. */
function attributesOf({ attributes, trace }: CompanyRow): string {
  if (trace === null) return attributes ?? '';
  let own: unknown = null;
  try {
    own = attributes === null ? null : JSON.parse(attributes);
  } catch {
    own = { attributes };
  }
  return JSON.stringify({
    trace,
    ...(typeof own === 'object' && !Array.isArray(own) ? own : { attributes: own }),
  });
}
