export type OutboxState = 'waiting' | 'confirmed' | 'failed';
export type OutboxCounts = { readonly waiting: number; readonly failed: number; readonly confirmed: number };
