export { KNOWLEDGE_LIMITS } from './config.ts';
export { createKnowledge } from './knowledge.ts';
export type { DocumentDetail, Knowledge, NewDocument, NewFile, SearchFilter } from './types.ts';
