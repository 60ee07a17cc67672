export { createChat } from './chat.ts';
export type {
  Chat,
  ChatAnalytics,
  ChatKnowledge,
  ChatTools,
  WhatIf,
  WhatIfChange,
  Wording,
} from './pipeline-types.ts';
