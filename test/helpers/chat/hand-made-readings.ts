/** Plans and their answers made by hand, for specifications of what is said of them. */

import type { FactUnit } from '../../../main/api/contract/common.ts';
import type { ChatMeasures } from '../../../main/chat/acts/act.ts';
import { CATALOGUE } from '../../../main/measures/catalogue.ts';
import { type Answered, type Query, Query as QuerySchema } from '../../../main/measures/contract/measures.ts';
import { PLAN_VERSION, type Plan, type Reading } from '../../../main/questions/contract/questions.ts';
import { NOW } from './hand-made-site.ts';

export const readingOf = (text: string, plans: Plan[], of: Partial<Reading> = {}): Reading => ({
  version: PLAN_VERSION,
  text,
  lang: 'ja',
  plans,
  account: [],
  asks: [],
  outcome: 'plan',
  by: 'grammar',
  rivals: [],
  at: NOW,
  ...of,
});
export const queryOf = (of: Partial<Query> & Pick<Query, 'measures'>): Query => QuerySchema.parse(of);

/** Groups and figures of one query; `compared` beside each. */
export type Figures = {
  readonly rows?: readonly Record<string, string | number | null>[];
  readonly totals: Readonly<Record<string, number | null>>;
  readonly compared?: Readonly<Record<string, number | null>>;
  readonly total?: number;
  readonly from?: number;
  readonly until?: number;
};
export const answeredOf = (query: Query, { rows = [], totals, compared, ...of }: Figures): Answered => ({
  query,
  table: {
    title: { ja: '表', en: 'Table' },
    query: 'measures',
    slots: {},
    columns: [],
    rows: rows.map((row) => ({ ...row })),
    total: of.total ?? rows.length,
    asOf: NOW,
  },
  units: Object.fromEntries(query.measures.map((id) => [id, unitOf(id, query)])),
  totals: { ...totals },
  compared: compared ? { ...compared } : null,
  from: of.from ?? NOW,
  until: of.until ?? NOW,
  asOf: NOW,
  chart: 'table',
  notes: [],
});
const unitOf = (id: string, { by }: Query): FactUnit => {
  const unit = CATALOGUE.find(({ info }) => info.id === id)?.info.unit ?? 'count';
  return id === 'skills' && by.includes('person') ? 'score' : unit;
};
/** Measures of the real catalogue that answer with what is given. */
export const measuresOf = (answer: (query: Query) => Figures): ChatMeasures => ({
  list: () => CATALOGUE.map(({ info }) => info),
  query: async (query) => answeredOf(query, answer(query)),
});
