import { api } from './base.ts';

export const measures = {
  list: api.measures.list.handler(({ context }) => [...context.services.measures.list()]),
  query: api.measures.query.handler(async ({ input, context: { services } }) => {
    await services.analytics.prepare();
    return services.measures.query(input);
  }),
  rows: api.measures.rows.handler(async ({ input, context: { services } }) => {
    await services.analytics.prepare();
    return services.measures.rows(input);
  }),
};

export const questions = {
  read: api.questions.read.handler(({ input, context }) =>
    context.services.questions.read(input.text, {
      lang: input.lang,
      previous: null,
      proposals: [],
      alert: null,
    }),
  ),
};

export const views = {
  list: api.views.list.handler(({ context }) => context.services.views.list()),
  save: api.views.save.handler(({ input, context }) => context.services.views.save(input)),
  remove: api.views.remove.handler(async ({ input, context }) => {
    await context.services.views.remove(input.id);
    return { ok: true as const };
  }),
  restore: api.views.restore.handler(({ input, context }) => context.services.views.restore(input.id)),
};
