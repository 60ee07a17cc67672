import type { Handlers } from './base.ts';

export const policy: Handlers<'policy'> = {
  view: (_, call) => call.access.view(),
  unlock: (input, call) => {
    call.access.unlock(input.pin);
  },
};
