import { z } from 'zod';
import { base, none, ok } from '../../api/contract/procedure.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** An administrator's decisions for this machine. What is left out is the user's to choose. */
export const Policy = z.strictObject({
  /** nothing is ever written into the company's database */
  readOnly: z.boolean().optional(),
  /** stored log lines older than this go, days */
  keepLogDays: z.number().int().min(1).max(3650).optional(),
  /** SHA-256 of the models that may be used; an empty list: none */
  allowedModels: z.array(sha256).max(1000).optional(),
  lang: z.enum(['ja', 'en']).optional(),
  openAtLogin: z.boolean().optional(),
  /** accounts of the operating system that may approve; others look on */
  approvers: z.array(z.string().min(1).max(200)).max(1000).optional(),
  /** public ed25519 key (SPKI, base64) that updates are signed for */
  updateKey: z
    .string()
    .regex(/^[A-Za-z0-9+/]{40,100}={0,2}$/)
    .optional(),
  /** what `toride policy pin` makes: who knows the PIN may approve */
  approverPin: z
    .string()
    .regex(/^scrypt:[0-9a-f]{32}:[0-9a-f]{64}$/)
    .optional(),
});
export type Policy = z.infer<typeof Policy>;
export const POLICY_KEYS = Object.keys(Policy.shape) as (keyof Policy)[];

export const PolicyView = z.object({
  /** null: there is none */
  file: z.string().nullable(),
  /** the PIN's hash is not shown */
  policy: Policy,
  /** of the operating system, whose rights this app has */
  account: z.string(),
  /** what this account may do, once it has said the PIN where there is one */
  role: z.enum(['viewer', 'approver']),
  hasPin: z.boolean(),
});
export type PolicyView = z.infer<typeof PolicyView>;

export const policy = {
  view: base.input(none).output(PolicyView),
  /** the approver's PIN; good until a quarter of an hour after the last decision */
  unlock: base.input(z.object({ pin: z.string().min(1).max(100) })).output(ok),
};
