import { z } from 'zod';
import { Instant } from './common.ts';

export const Document = z.object({
  id: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
  source: z.enum(['typed', 'file', 'company']),
  createdAt: Instant,
  updatedAt: Instant,
  state: z.enum(['waiting', 'indexed', 'failed']),
  problem: z.string().nullable(),
  chunks: z.number().int(),
  characters: z.number().int(),
  useCount: z.number().int(),
});
export type Document = z.infer<typeof Document>;
export const Hit = z.object({
  documentId: z.string(),
  chunkId: z.string(),
  title: z.string(),
  text: z.string(),
  score: z.number(),
  source: Document.shape.source,
});
export type Hit = z.infer<typeof Hit>;
