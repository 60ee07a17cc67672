import { DAYS, type Measure } from '../measure.ts';
import { words } from '../words.ts';

export const moves: Measure = {
  info: {
    id: 'moves',
    name: { ja: '配置変更', en: 'People moved' },
    unit: 'people',
    digits: 0,
    dimensions: ['location', 'business', 'process', 'cell', 'person', ...DAYS],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: null,
  },
  words: words(
    [
      '動かした人|動かした|動かした人数|移動した人|移動した|移動人数|移動回数|異動|異動した人|応援回数|応援に出た|応援に出て|応援に行った|応援に行って|応援に出した|応援した人|配置換え|配置替え|配置変更|応援人数|送った人|回した人',
      '応援|移動|動いた',
    ],
    [
      'moves|moved|moved people|people moved|moves made|moves per person|been moved|transferred|transfers|transfer|reassigned|reassignments|relocated|sent to help|lent|were sent|did we move|how often moved',
      'move|sent',
    ],
  ),
};
