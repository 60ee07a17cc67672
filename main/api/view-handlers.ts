import { api } from './base.ts';

export const views = {
  list: api.views.list.handler(({ context }) => context.services.views.list()),
  save: api.views.save.handler(({ input, context }) => context.services.views.save(input)),
  remove: api.views.remove.handler(async ({ input, context }) => {
    await context.services.views.remove(input.id);
    return { ok: true as const };
  }),
  restore: api.views.restore.handler(({ input, context }) => context.services.views.restore(input.id)),
};
