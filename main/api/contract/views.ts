import { z } from 'zod';
import { Instant } from './common.ts';
import { Query } from './measures.ts';

/** A query under a name. Days are kept as the person told them ("the last 7 days"), so a view goes with time. */
export const SavedView = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(100),
  query: Query,
  /** shown in every nightly report, as of the report's day */
  nightly: z.boolean(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type SavedView = z.infer<typeof SavedView>;
