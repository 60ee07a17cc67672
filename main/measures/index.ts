export { MEASURES } from './catalogue.ts';
export { meansOf } from './means.ts';
export type { Means } from './measure.ts';
export { createMeasures } from './measures.ts';
export { nearest } from './resolve-names.ts';
export type { Measures } from './types.ts';
export { createViews, type Views } from './views.ts';
