export { KNOWLEDGE_LIMITS } from './config.ts';
export type { DocumentDetail, Knowledge, NewDocument, NewFile, SearchFilter } from './door.ts';
export { createKnowledge } from './knowledge.ts';
