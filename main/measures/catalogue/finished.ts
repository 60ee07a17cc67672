import { flowPieces } from '../flow.ts';
import { type Measure, names, PLACE, TIMES } from '../measure.ts';
import { recordPieces } from '../people.ts';
import { words } from '../words.ts';

export const finished: Measure = {
  info: {
    id: 'finished',
    name: { ja: '処理件数', en: 'Finished' },
    unit: 'items',
    digits: 0,
    dimensions: [...PLACE, 'person', ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'low',
  },
  words: words(
    [
      '処理件数|処理数|処理量|処理済|処理済み|処理済件数|完了件数|完了数|完了|終わった件数|終わった数|処理した件数|こなした件数|こなした|さばいた|捌いた|出来高|実績件数|実績|生産量|生産数|処理した|処理して|処理している|仕上がり|仕上げた|片付いた|片付けた|片づいた|やった件数|入力件数|出荷|出荷件数|アウトプット',
      '終わった|終えた|済んだ|済んで|できた|件数',
    ],
    [
      'finished|completed|complete|processed|process count|output|done items|items done|completions|completion count|finish|handled|worked off|cleared|produced|items finished|got through|shipped|dispatched|closed out|got done',
      'done|did|items',
    ],
  ),
  fold: 'sum',
  timedBy: 'data',
  zero: true,
  byLine: true,
  source: (scope) => (names(scope, 'person') ? 'records' : 'snapshots'),
  pieces: (scope) =>
    names(scope, 'person')
      ? recordPieces(scope).map(({ items, ...piece }) => ({ ...piece, n: items }))
      : flowPieces(scope, 'finished'),
};
