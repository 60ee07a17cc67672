import { api, stream } from './base.ts';

const ok = { ok: true as const };

export const chat = {
  sessions: api.chat.sessions.handler(({ input, context }) => context.services.chat.sessions(input)),
  create: api.chat.create.handler(({ input, context }) => context.services.chat.create(input)),
  rename: api.chat.rename.handler(({ input, context }) =>
    context.services.chat.rename(input.sessionId, input.title),
  ),
  pin: api.chat.pin.handler(({ input, context }) => context.services.chat.pin(input.sessionId, input.pinned)),
  remove: api.chat.remove.handler(async ({ input, context }) => {
    await context.services.chat.remove(input.sessionId);
    return ok;
  }),
  restore: api.chat.restore.handler(({ input, context }) => context.services.chat.restore(input.sessionId)),
  messages: api.chat.messages.handler(({ input, context }) =>
    context.services.chat.messages(input.sessionId),
  ),
  send: api.chat.send.handler(({ input, context, signal }) =>
    stream(context, context.services.chat.send(input, signal)),
  ),
  intent: api.chat.intent.handler(({ input, context }) => context.services.chat.intent(input.text)),
  export: api.chat.export.handler(({ input, context }) =>
    context.services.chat.export(input.sessionId, input.format),
  ),
};
export const knowledge = {
  list: api.knowledge.list.handler(({ context }) => context.services.knowledge.list()),
  get: api.knowledge.get.handler(({ input, context }) => context.services.knowledge.get(input.id)),
  add: api.knowledge.add.handler(({ input, context }) => context.services.knowledge.add(input)),
  update: api.knowledge.update.handler(({ input, context }) =>
    context.services.knowledge.update(input.id, input),
  ),
  remove: api.knowledge.remove.handler(async ({ input, context }) => {
    await context.services.knowledge.remove(input.id);
    return ok;
  }),
  search: api.knowledge.search.handler(({ input, context }) =>
    context.services.knowledge.search(input.text, input.limit),
  ),
};
