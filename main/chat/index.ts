export { createChat } from './chat.ts';
export { passesGate } from './passes-gate.ts';
export type {
  Chat,
  ChatAnalytics,
  ChatKnowledge,
  ChatTools,
  WhatIf,
  WhatIfChange,
} from './pipeline-types.ts';
export type { MasterData, Understanding } from './types.ts';
export { createUnderstanding } from './understand.ts';
export { createWordSentences } from './word-sentences.ts';
