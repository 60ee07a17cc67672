import { type Measure, PLACE } from '../measure.ts';
import { freePieces } from '../people.ts';
import { words } from '../words.ts';

export const free: Measure = {
  info: {
    id: 'free',
    name: { ja: '手の空いている人', en: 'People free' },
    unit: 'people',
    digits: 0,
    dimensions: [...PLACE, 'person'],
    adds: 'additive',
    past: false,
    future: false,
    comparesWith: [],
    worse: 'low',
  },
  words: words(
    [
      '手が空いて|手の空いて|手が空く|手の空いた|手が空いた|手空き|手すき|手透き|空いている|空いてる|空いて|空き|空きのある|空いた人|余剰|余剰人員|余って|余っている|余っている人|余力|余裕のある|余裕がある|余裕ある|余裕|暇|暇な|ひま|動かせる人|動かせる|応援に出せる|応援を出せる|出せる人|回せる人|回せる|手伝える|遊んで',
      '貸せる|借りられる',
    ],
    [
      'free|idle|available|spare|spare people|spare capacity|can help|able to help|could help|can be moved|to spare|overstaffed|surplus|nothing to do|not busy|slack|unoccupied|at a loose end|release|can spare|could spare|lend',
      'help|quiet',
    ],
  ),
  fold: 'sum',
  timedBy: 'data',
  zero: true,
  pieces: freePieces,
};
