import { livePieces } from '../live.ts';
import { type Measure, PLACE } from '../measure.ts';
import { words } from '../words.ts';

export const throughput: Measure = {
  info: {
    id: 'throughput',
    name: { ja: '処理速度', en: 'Throughput' },
    unit: 'items/hour',
    digits: 0,
    dimensions: [...PLACE],
    adds: 'additive',
    past: false,
    future: false,
    comparesWith: [],
    worse: 'low',
  },
  words: words(
    [
      'スループット|処理速度|処理ペース|ペース|処理能力|時間あたりの処理件数|時間当たりの処理件数|時間あたりの処理|1時間あたりの処理|一時間あたりの処理|1時間に何件|一時間に何件|毎時の処理|時速|処理スピード|スピード|さばけて|捌けて|さばいている|さばいてる',
      '速さ|速度|能力|はかどって|進み具合',
    ],
    [
      'throughput|throughputs|processing rate|rate of work|items per hour|items an hour|per hour|processing speed|pace|run rate|capacity|hourly rate',
      'speed|rate|fast',
    ],
  ),
  fold: 'sum',
  timedBy: 'data',
  zero: false,
  pieces: (scope) => livePieces(scope, (row) => row.throughput),
};
