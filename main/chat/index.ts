export { createArrangeSentences } from './arrange-sentences.ts';
export { createChat } from './chat.ts';
export type {
  Chat,
  ChatAnalytics,
  ChatKnowledge,
  ChatTools,
  Conversation,
  MasterData,
} from './types.ts';
