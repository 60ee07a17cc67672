// The reader over the simulated company, without an engine: names, vocabulary and a Thursday at 14:30.

import { MEASURES } from '../../../main/measures/index.ts';
import type { Reading } from '../../../main/questions/contract/questions.ts';
import { createReader, type Names, type ReadContext } from '../../../main/questions/index.ts';
import { BUSINESSES, PROCESSES, SITES } from '../../../main/simulator/config.ts';
import { makeCompany } from '../../../main/simulator/make-company.ts';

export const TODAY = '2026-11-19';
export const names: Names = {
  sites: SITES.map((s) => s.name),
  businesses: BUSINESSES,
  processes: PROCESSES.map((p) => p.name),
  people: makeCompany(1).operators.map((o) => ({ id: o.id, name: o.name, site: o.location })),
  services: ['web-entry', 'auth', 'batch-import', 'db-main', 'image-store', 'ocr-engine'],
};
/** whom every proposal of these conversations moves */
export const moved = names.people.filter((p) => p.site === '盛岡').slice(2, 4);
const reader = createReader({ measures: MEASURES });

/** The last turn of a conversation, read. A turn that is a proposal leaves one to talk about. */
export function readAll(turns: readonly string[], lang: 'ja' | 'en'): Reading {
  let previous: Reading | null = null;
  const proposals: ReadContext['proposals'][number][] = [];
  for (const text of turns) {
    const reading: Reading = reader.read(text, {
      lang,
      names,
      previous,
      proposals: [...proposals],
      alert: null,
      today: TODAY,
      minute: 870,
      at: 0,
    });
    if (reading.plans.some((p) => p.act === 'propose'))
      proposals.unshift({ id: `SGT20261119-0000000${proposals.length}`, people: moved.map((p) => p.id) });
    previous = reading;
  }
  if (!previous) throw new RangeError('nothing asked');
  return previous;
}
