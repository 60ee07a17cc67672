import type { ChatEvent } from '../chat/contract/chat.ts';
import type { Call, Handlers } from './base.ts';

/** Does it, then tells every page that what it lists has changed. */
async function changing<T>(call: Call, work: Promise<T>): Promise<T> {
  const result = await work;
  call.events.emit({ kind: 'changed', topics: ['chat'] });
  return result;
}
async function* telling(call: Call, events: AsyncIterable<ChatEvent>): AsyncGenerator<ChatEvent> {
  for await (const event of events) {
    if (event.kind === 'asked' || event.kind === 'answered')
      call.events.emit({ kind: 'changed', topics: ['chat'] });
    yield event;
  }
}

export const chat: Handlers<'chat'> = {
  sessions: (input, call) => call.chat.sessions(input),
  create: (input, call) => changing(call, call.chat.create(input)),
  rename: (input, call) => changing(call, call.chat.rename(input.sessionId, input.title)),
  pin: (input, call) => changing(call, call.chat.pin(input.sessionId, input.pinned)),
  remove: (input, call) => changing(call, call.chat.remove(input.sessionId)),
  restore: (input, call) => changing(call, call.chat.restore(input.sessionId)),
  messages: (input, call) => call.chat.messages(input.sessionId),
  send: (input, call) => telling(call, call.chat.send(input, call.signal)),
  intent: (input, call) => call.chat.intent(input.text),
  prepare: (input, call) => {
    call.chat.prepare(input.lang);
  },
  export: (input, call) => call.chat.export(input.sessionId, input.format),
};
