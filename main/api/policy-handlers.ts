import { api } from './base.ts';

export const policy = {
  view: api.policy.view.handler(({ context }) => context.services.access.view()),
  unlock: api.policy.unlock.handler(({ input, context }) => {
    context.services.access.unlock(input.pin);
    return { ok: true as const };
  }),
};
