import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ErrorData, Instant } from './common.ts';

/** Every procedure may answer with an expected error: `APP` carries its code and params. */
export const base = oc.errors({ APP: { data: ErrorData } });
export const id = z.string().min(1).max(200);
export const page = z.object({
  limit: z.number().int().min(1).max(1000).default(100),
  before: Instant.optional(),
});
export const none = z.object({}).optional();
export const ok = z.object({ ok: z.literal(true) });
export const file = z.object({ name: z.string(), mime: z.string(), text: z.string() });
