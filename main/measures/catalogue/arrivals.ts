import { flowPieces } from '../flow.ts';
import { type Measure, PLACE, TIMES } from '../measure.ts';
import { words } from '../words.ts';

export const arrivals: Measure = {
  info: {
    id: 'arrivals',
    name: { ja: '到着件数', en: 'Arrivals' },
    unit: 'items',
    digits: 0,
    dimensions: [...PLACE, ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window', 'forecast'],
    worse: 'high',
  },
  words: words(
    [
      '到着|到着件数|到着数|到着量|入荷|受付件数|受信件数|受信|流入|流入量|流入数|新規件数|届いた|届いて|届く|届き|届いている|来た件数|入ってきた|入ってきて|入ってくる|入った件数|入荷件数|投入|投入件数|受領|受領件数|持ち込み',
      '来た|きた|入った|受けた|ボリューム|物量|件数',
    ],
    [
      'arrivals|arrival|arrived|arrive|arrives|arriving|inflow|incoming|came in|come in|coming in|comes in|received|receive|intake|new items|volume|incoming volume|items in|got in',
      'came|in today|items',
    ],
  ),
  fold: 'sum',
  timedBy: 'data',
  zero: true,
  byLine: true,
  source: 'snapshots',
  pieces: (scope) => flowPieces(scope, 'arrivals'),
};
