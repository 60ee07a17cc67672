export { createArrangeSentences } from './arrange-sentences.ts';
export { createChat } from './chat.ts';
export type {
  Chat,
  ChatAnalytics,
  ChatKnowledge,
  ChatTools,
  Conversation,
} from './pipeline-types.ts';
export type { MasterData } from './types.ts';
