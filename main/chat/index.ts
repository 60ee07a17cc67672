export { createChat } from './chat.ts';
export { passesGate } from './passes-gate.ts';
export type {
  Chat,
  ChatAnalytics,
  ChatKnowledge,
  ChatTools,
  Conversation,
} from './pipeline-types.ts';
export type { MasterData } from './types.ts';
export { createWordSentences } from './word-sentences.ts';
