export { createNames } from './company-names.ts';
export { intentOf } from './intent.ts';
export { type Carried, createQuestions, type Questions } from './questions.ts';
export { createReader } from './read.ts';
export type { Names, ProposalRef, ReadContext, Reader } from './types.ts';
