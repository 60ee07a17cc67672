import { z } from 'zod';
import { base, id, none } from '../../api/contract/procedure.ts';
import {
  AuditCheck,
  AuditEntry,
  AuditHead,
  Decision,
  REJECT_REASONS,
} from '../../placement/contract/placement.ts';

export const approvals = {
  approve: base
    .input(z.object({ id, actor: z.string().max(100).optional(), note: z.string().max(2000).optional() }))
    .output(Decision),
  reject: base
    .input(
      z.object({
        id,
        actor: z.string().max(100).optional(),
        reason: z.enum(REJECT_REASONS),
        text: z.string().max(2000).optional(),
      }),
    )
    .output(Decision),
  /** a compensating record; nothing is deleted */
  undo: base.input(z.object({ decisionId: id, actor: z.string().max(100).optional() })).output(Decision),
  /** holds to a decision that another laptop's stands against; it is written all the same */
  keep: base.input(z.object({ decisionId: id, actor: z.string().max(100).optional() })).output(Decision),
  list: base
    .input(z.object({ limit: z.number().int().min(1).max(500).default(100) }).partial())
    .output(z.array(Decision)),
  retry: base.input(none).output(z.object({ waiting: z.number().int() })),
  audit: base
    .input(z.object({ limit: z.number().int().min(1).max(1000).default(200) }).partial())
    .output(z.object({ entries: z.array(AuditEntry), intact: z.boolean(), head: AuditHead.nullable() })),
  verify: base
    .input(z.object({ seq: z.number().int().min(1), hash: z.string().regex(/^[0-9a-f]{8,64}$/) }).optional())
    .output(AuditCheck),
};
