export type { Means } from './measure.ts';
export { createMeasures } from './measures.ts';
export { nearest } from './resolve-names.ts';
export type { Measures, Vocabulary, Words } from './types.ts';
export { createViews, type Views } from './views.ts';
export { VOCABULARY } from './vocabulary.ts';
