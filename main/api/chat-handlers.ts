import type { ChatEvent } from '../chat/contract/chat.ts';
import { api, stream } from './base.ts';
import type { Context } from './services.ts';

const ok = { ok: true as const };

/** Does it, then tells every page that what it lists has changed. */
async function changing<T>({ services }: Context, work: Promise<T>): Promise<T> {
  const result = await work;
  services.events.emit({ kind: 'changed', topics: ['chat'] });
  return result;
}
async function* telling(context: Context, events: AsyncIterable<ChatEvent>): AsyncGenerator<ChatEvent> {
  for await (const event of events) {
    if (event.kind === 'asked' || event.kind === 'answered')
      context.services.events.emit({ kind: 'changed', topics: ['chat'] });
    yield event;
  }
}

export const chat = {
  sessions: api.chat.sessions.handler(({ input, context }) => context.services.chat.sessions(input)),
  create: api.chat.create.handler(({ input, context }) =>
    changing(context, context.services.chat.create(input)),
  ),
  rename: api.chat.rename.handler(({ input, context }) =>
    changing(context, context.services.chat.rename(input.sessionId, input.title)),
  ),
  pin: api.chat.pin.handler(({ input, context }) =>
    changing(context, context.services.chat.pin(input.sessionId, input.pinned)),
  ),
  remove: api.chat.remove.handler(async ({ input, context }) => {
    await changing(context, context.services.chat.remove(input.sessionId));
    return ok;
  }),
  restore: api.chat.restore.handler(({ input, context }) =>
    changing(context, context.services.chat.restore(input.sessionId)),
  ),
  messages: api.chat.messages.handler(({ input, context }) =>
    context.services.chat.messages(input.sessionId),
  ),
  send: api.chat.send.handler(({ input, context, signal }) =>
    stream(context, telling(context, context.services.chat.send(input, signal))),
  ),
  intent: api.chat.intent.handler(({ input, context }) => context.services.chat.intent(input.text)),
  prepare: api.chat.prepare.handler(({ input, context }) => {
    context.services.chat.prepare(input.lang);
    return ok;
  }),
  export: api.chat.export.handler(({ input, context }) =>
    context.services.chat.export(input.sessionId, input.format),
  ),
};
