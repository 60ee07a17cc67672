import { shortPieces } from '../live.ts';
import { type Measure, PLACE } from '../measure.ts';
import { words } from '../words.ts';

export const shortage: Measure = {
  info: {
    id: 'shortage',
    name: { ja: '不足人数', en: 'People short' },
    unit: 'people',
    digits: 0,
    dimensions: [...PLACE],
    adds: 'additive',
    past: false,
    future: false,
    comparesWith: [],
    worse: 'high',
  },
  words: words(
    [
      '人手不足|人員不足|要員不足|不足|不足人数|不足している|不足して|足りない|足りて|足りてる|足りている|足りる|足ります|足りますか|足りそう|足りな|足りず|人が足りない|手薄|手が足りない|必要人数|何人必要|何名必要|必要な人数|人が要る|何人要る|あと何人|あと何名|人数が必要|補充|増員',
      '必要|要る|いるか',
    ],
    [
      'shortage|shortages|short of people|short of staff|short-staffed|short staffed|understaffed|people short|staff short|enough people|enough staff|enough hands|not enough|too few|too few people|shorthanded|short-handed|lack people|lacking people|lack|more people needed|people needed|people required|people does it take|people would it take|people do we need|people are needed|need more people|how many more|more people',
      'short|enough|need|needed|required|missing',
    ],
  ),
  fold: 'sum',
  timedBy: 'data',
  zero: true,
  laterToday: true,
  pieces: shortPieces,
};
