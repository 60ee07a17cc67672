import { z } from 'zod';
import { Instant } from './common.ts';
import { base, none } from './procedure.ts';

export const SOCKETS = ['company', 'server', 'logs', 'page'] as const;
export const PROCESSES = ['engine', 'models', 'window'] as const;
export const FOLDERS = ['data', 'backup', 'logs', 'knowledge', 'models', 'policy', 'app'] as const;

/** All that the app may open, why, and what of the network was tried in this run. */
export const Reach = z.object({
  since: Instant,
  /** address null: not in use */
  sockets: z.array(z.object({ what: z.enum(SOCKETS), address: z.string().nullable() })),
  processes: z.array(z.object({ what: z.enum(PROCESSES), pid: z.number().int().nullable() })),
  folders: z.array(z.object({ what: z.enum(FOLDERS), path: z.string(), writes: z.boolean() })),
  /** connections that left or would have left this machine; purpose null: refused */
  tried: z.array(
    z.object({
      address: z.string(),
      purpose: z.enum(['company', 'server', 'logs']).nullable(),
      by: z.enum(PROCESSES),
      count: z.number().int(),
      firstAt: Instant,
      lastAt: Instant,
    }),
  ),
  /** connections that left this machine, and those refused */
  outbound: z.number().int(),
  refused: z.number().int(),
});
export type Reach = z.infer<typeof Reach>;
export const reach = { read: base.input(none).output(Reach) };
