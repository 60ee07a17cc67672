import type { HoleStats } from '../../api/contract/logs.ts';
import { list, type Reader, sql } from '../../store/index.ts';
import type { Catalogue, CatalogueRow } from './catalogue.ts';
import { tokenFromText } from './entry.ts';
import { RECORDS } from './hole-sketches.ts';
import type { StoredSketch } from './keep-sketches.ts';
import { ValueSketch } from './value-sketch.ts';

/**
 * What stood in each hole of a template, with what stood there in the templates it absorbed: their holes in the same places, and
 * their words where it has a hole by now.
 */
export function holeStats(read: Reader, row: CatalogueRow, catalogue: Catalogue): HoleStats[] {
  // what a person merged counts where its places are the same
  const members = [
    ...new Set([
      ...catalogue.absorbed(row.id),
      ...catalogue.family(row.id).filter((id) => catalogue.row(id)?.parts.length === row.parts.length),
    ]),
  ];
  const stored = new Map(
    read
      .all<{ id: number; place: number; seen: number; sketch: string }>(
        sql`SELECT template_id AS id, hole AS place, seen, sketch FROM log_hole_stats WHERE template_id IN ${list(members)}`,
      )
      .map((r) => [`${r.id} ${r.place}`, r] as const),
  );
  const places = row.parts.flatMap((part, place) =>
    part.kind === 'hole' ? [{ place, type: part.type }] : [],
  );
  const words = new Map(members.map((id) => [id, firstWords(read, id)]));
  return places.map(({ place, type }, hole) => {
    const sketch = new ValueSketch();
    let seen = 0;
    for (const id of members) {
      const records = stored.get(`${id} ${RECORDS}`)?.seen ?? 0;
      const own = stored.get(`${id} ${place}`);
      seen += records;
      if (own?.sketch) {
        const json = JSON.parse(own.sketch) as StoredSketch;
        if (json.of === row.parts.length) sketch.merge(ValueSketch.from(json).scaled(own.seen));
      }
      // before the place was a hole it held the template's own word
      const word = words.get(id)?.[place];
      const before = records - (own?.seen ?? 0);
      if (before > 0 && word && words.get(id)?.length === row.parts.length) sketch.addMany(word, before);
    }
    return { hole, type, seen, ...sketch.view(seen) };
  });
}

/** The words a template began with; '' where it had a value already. */
function firstWords(read: Reader, id: number): string[] {
  const kept = read.get<{ miner: string }>(sql`SELECT miner FROM log_templates WHERE template_id = ${id}`);
  const { born = [] } = JSON.parse(kept?.miner ?? '{}') as { born?: string[] };
  return born.map(tokenFromText).map((t) => (t.kind === 'hole' ? '' : t.text));
}
