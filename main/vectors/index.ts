export { embedCached } from './embed-cached.ts';
export { builtInEmbedder, hash32 } from './embed-hashed.ts';
export { CONCEPT_NAMES, englishWords, findConcepts } from './find-concepts.ts';
export { type FoldedText, foldMapped, foldText } from './fold-text.ts';
export { searchExact } from './search-exact.ts';
export type { Embedder, Neighbour } from './types.ts';
