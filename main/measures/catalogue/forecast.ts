import { type Measure, PLACE, TIMES } from '../measure.ts';
import { words } from '../words.ts';

export const forecast: Measure = {
  info: {
    id: 'forecast',
    name: { ja: '予測件数', en: 'Forecast arrivals' },
    unit: 'items',
    digits: 0,
    dimensions: [...PLACE, ...TIMES],
    adds: 'additive',
    past: true,
    future: true,
    comparesWith: ['window'],
    worse: 'high',
  },
  words: words(
    [
      '予測件数|予測|需要予測|到着予測|受信予測|見込み件数|見込件数|着信予測|予想件数|予想|届く予定|来る予定|届く見込み|来る見込み|入る予定|到着予定|到着見込み|予定件数|予測値|来そう|届きそう',
      '見込み|見込|これから来る|予定',
    ],
    [
      'forecast|forecasts|forecasted|predicted|prediction|predictions|expected arrivals|arrival forecast|demand forecast|demand|expected items|expected volume|projected|projection|expect to receive|will arrive|will come in|going to arrive|still to come|yet to come|coming up|anticipated',
      'expected|expect|estimate|estimated|outlook',
    ],
  ),
};
