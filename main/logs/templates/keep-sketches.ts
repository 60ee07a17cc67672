import { type Reader, run, type Statement, sql } from '../../store/index.ts';
import type { HoleSketchRow } from '../pipeline-types.ts';
import { ValueSketch, type ValueSketchJson } from './value-sketch.ts';

/** A stored sketch, and how many parts its template had: in a template of another length the place is another place. */
export type StoredSketch = ValueSketchJson & { readonly of: number };
const MAX_CACHED = 1000;

/** Merges what ingest noted into what is stored. */
export class SketchKeeper {
  private readonly read: Reader;
  /** as they will be once the statements given out are written */
  private readonly ahead = new Map<string, string>();

  constructor(read: Reader) {
    this.read = read;
  }
  /** For the same transaction as the lines. When that fails, call `forget`. */
  statements(rows: readonly HoleSketchRow[]): Statement[] {
    const counts = rows.filter((r) => r.sketch === null);
    const sketches = rows.filter((r) => r.sketch !== null);
    const insert = 'INSERT INTO log_hole_stats (template_id, hole, seen, sketch) VALUES (?, ?, ?, ?)';
    const statements: Statement[] = [];
    if (counts.length)
      statements.push({
        text: `${insert} ON CONFLICT (template_id, hole) DO UPDATE SET seen = seen + excluded.seen`,
        rows: counts.map((r) => [r.templateId, r.hole, r.seen, '']),
      });
    if (sketches.length)
      statements.push({
        text: `${insert} ON CONFLICT (template_id, hole) DO UPDATE SET seen = seen + excluded.seen, sketch = excluded.sketch`,
        rows: sketches.map((r) => [r.templateId, r.hole, r.seen, this.merged(r, r.sketch ?? '')]),
      });
    return statements;
  }
  forget(): void {
    this.ahead.clear();
  }

  private merged({ templateId, hole }: HoleSketchRow, fresh: string): string {
    const key = `${templateId} ${hole}`;
    const stored =
      this.ahead.get(key) ??
      this.read.get<{ sketch: string }>(
        sql`SELECT sketch FROM log_hole_stats WHERE template_id = ${templateId} AND hole = ${hole}`,
      )?.sketch ??
      '';
    const merged = mergeSketches(stored, fresh);
    this.ahead.delete(key);
    this.ahead.set(key, merged);
    for (const oldest of this.ahead.keys()) {
      if (this.ahead.size <= MAX_CACHED) break;
      this.ahead.delete(oldest);
    }
    return merged;
  }
}

/** After a split: what was noted of the family's values stood for lines that went elsewhere; `rows` was noted of all of them anew. */
export const renewSketches = (family: readonly number[], rows: readonly HoleSketchRow[]): Statement[] => [
  ...family.map((id) => run(sql`DELETE FROM log_hole_stats WHERE template_id = ${id}`)),
  {
    text: 'INSERT INTO log_hole_stats (template_id, hole, seen, sketch) VALUES (?, ?, ?, ?)',
    rows: rows.map((r) => [r.templateId, r.hole, r.seen, r.sketch ?? '']),
  },
];

/** Both as stored; '' is an empty one. Of templates of different lengths the second stands. */
export function mergeSketches(stored: string, fresh: string): string {
  if (stored === '' || fresh === '') return stored || fresh;
  const [a, b] = [JSON.parse(stored) as StoredSketch, JSON.parse(fresh) as StoredSketch];
  if (a.of !== b.of) return fresh;
  const sketch = ValueSketch.from(a);
  sketch.merge(ValueSketch.from(b));
  return JSON.stringify({ of: a.of, ...sketch.toJSON() });
}
