export {
  type AllPairs,
  exactNeighbours,
  type NeighbourLists,
  openAllPairs,
  type PairsOptions,
} from './all-pairs.ts';
export { embedCached } from './embed-cached.ts';
export { builtInEmbedder, hash32 } from './embed-hashed.ts';
export { CONCEPT_LABELS, CONCEPT_NAMES, englishWords, findConcepts } from './find-concepts.ts';
export { type FoldedText, foldMapped, foldText } from './fold-text.ts';
export { graphNeighbours } from './graph-neighbours.ts';
export { searchExact } from './search-exact.ts';
export type { Embedder, Neighbour } from './types.ts';
export { type Allow, type Found, openVectorIndex, type VectorIndex } from './vector-index.ts';
