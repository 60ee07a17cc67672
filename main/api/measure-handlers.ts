import type { Handlers } from './base.ts';

export const measures: Handlers<'measures'> = {
  list: (_, call) => [...call.measures.list()],
  query: async (input, call) => {
    await call.analytics.prepare();
    return call.measures.query(input);
  },
  rows: async (input, call) => {
    await call.analytics.prepare();
    return call.measures.rows(input);
  },
};

export const questions: Handlers<'questions'> = {
  read: (input, call) =>
    call.questions.read(input.text, {
      lang: input.lang,
      previous: null,
      proposals: [],
      alert: null,
    }),
};

export const views: Handlers<'views'> = {
  list: (_, call) => call.views.list(),
  save: (input, call) => call.views.save(input),
  remove: (input, call) => call.views.remove(input.id),
  restore: (input, call) => call.views.restore(input.id),
};
