import { DIMENSION_NAMES, DIMENSIONS } from '../api/contract/measures.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Vocabulary } from './types.ts';
import { DIMENSION_WORDS } from './words.ts';

export const VOCABULARY: Vocabulary = {
  measures: CATALOGUE.map(({ info: { id, name, dimensions }, words }) => ({ id, name, words, dimensions })),
  dimensions: DIMENSIONS.map((id) => ({ id, name: DIMENSION_NAMES[id], words: DIMENSION_WORDS[id] })),
};
