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
