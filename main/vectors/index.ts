export {
  type AllPairs,
  exactNeighbours,
  type NeighbourLists,
  openAllPairs,
  type PairsOptions,
} from './all-pairs.ts';
export { type CacheStatus, createVectorCache, type VectorCache } from './embed-cached.ts';
export { centred } from './embed-centred.ts';
export { builtInEmbedder, hash32 } from './embed-hashed.ts';
export { createQuestions, QUERY_WAIT_MS, type QuestionVector } from './embed-question.ts';
export { type FoldedText, foldMapped, foldText } from './fold-text.ts';
export { followModels, followRole } from './follow-role.ts';
export { graphNeighbours } from './graph-neighbours.ts';
export { LEXICON, Lexicon } from './lexicon.ts';
export type { Allow } from './matrix.ts';
export { searchExact } from './nearest.ts';
export { englishWords } from './stem-english.ts';
export {
  createEmbedderSwitch,
  type EmbedderSwitch,
  type Prepared,
  type PrepareWork,
  type VectorRoom,
} from './switch-embedder.ts';
export { splitCamel } from './terms.ts';
export type { EmbedAs, Embedder } from './types.ts';
export { openVectorIndex, type VectorIndex } from './vector-index.ts';
export { type Widened, type WordHit, WordIndex } from './word-index.ts';
