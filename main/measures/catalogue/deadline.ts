import { deadlinePieces } from '../live.ts';
import { type Measure, PLACE } from '../measure.ts';
import { words } from '../words.ts';

export const deadline: Measure = {
  info: {
    id: 'deadline',
    name: { ja: '納期', en: 'Deadline' },
    unit: 'instant',
    digits: 0,
    dimensions: [...PLACE],
    adds: 'none',
    past: false,
    future: false,
    comparesWith: [],
    worse: null,
  },
  words: words(
    [
      '納期|次の納期|締切|締め切り|締切時刻|〆切|しめきり|期限|納期時刻|納期は|納品時刻|納期まで|締切まで|期日',
      '締め',
    ],
    [
      'deadline|deadlines|next deadline|due|due time|due next|due date|is due|are due|cutoff|cut-off|time limit|delivery time',
    ],
  ),
  fold: 'min',
  timedBy: 'data',
  zero: false,
  laterToday: true,
  pieces: deadlinePieces,
};
