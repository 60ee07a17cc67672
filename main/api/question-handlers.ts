import { api } from './base.ts';

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
