import { api } from './base.ts';

export const whatIf = {
  compare: api.whatIf.compare.handler(({ input, context, signal }) =>
    context.services.whatIfs.compare(input, signal),
  ),
  list: api.whatIf.list.handler(({ context }) => context.services.whatIfs.list()),
  save: api.whatIf.save.handler(({ input, context }) => context.services.whatIfs.save(input)),
  remove: api.whatIf.remove.handler(async ({ input, context }) => {
    await context.services.whatIfs.remove(input.id);
    return { ok: true as const };
  }),
  restore: api.whatIf.restore.handler(({ input, context }) => context.services.whatIfs.restore(input.id)),
};
