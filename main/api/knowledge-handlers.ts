import { Cancelled } from '../kernel/errors.ts';
import type { Document, Folder } from '../knowledge/contract/knowledge.ts';
import type { Call, Handlers } from './base.ts';
import { draftRules } from './draft-rules.ts';
import { type Judgement, judged } from './judged.ts';

const room = (call: Call) => call.knowledge;
/** What is kept of a document that somebody entered, changed or removed. */
export const documentJudgement =
  (action: Judgement['action']) =>
  ({
    id,
    title,
    source,
    path,
    text,
  }: Pick<Document, 'id' | 'title' | 'source' | 'path'> & { readonly text: string }): Judgement => ({
    action,
    subject: title,
    body: { documentId: id, source, path, characters: text.length },
  });

/** A document that somebody entered: recorded, and read for rules that it may ask for. */
async function kept(
  call: Call,
  enter: () => Promise<Document>,
  action: Judgement['action'],
): Promise<Document> {
  const document = await judged(call, enter, documentJudgement(action));
  const { text } = room(call).get(document.id);
  await draftRules(call, text, { kind: 'knowledge', id: document.id, title: document.title });
  return document;
}

export const knowledge: Handlers<'knowledge'> = {
  list: (_, call) => room(call).list(),
  get: (input, call) => room(call).get(input.id),
  add: (input, call) => kept(call, () => room(call).add(input), 'knowledge.added'),
  addFile: (input, call) =>
    kept(
      call,
      () => room(call).addFile({ ...input, bytes: new Uint8Array(Buffer.from(input.data, 'base64')) }),
      'knowledge.added',
    ),
  update: (input, call) => kept(call, () => room(call).update(input.id, input), 'knowledge.changed'),
  remove: async (input, call) => {
    const { document, text } = room(call).get(input.id);
    await judged(
      call,
      () => room(call).remove(input.id),
      () => documentJudgement('knowledge.removed')({ ...document, text }),
    );
  },
  restore: (input, call) =>
    judged(call, () => room(call).restore(input.id), documentJudgement('knowledge.restored')),
  search: (input, call) => room(call).search(input.text, input.limit, input),
  folders: (_, call) => room(call).folders(),
  watch: (input, call) =>
    judged(
      call,
      () => room(call).watch(input.path, input.tags),
      ({ path }: Pick<Folder, 'path'>) => ({ action: 'folder.watched', subject: path }),
    ),
  scan: (input, call) => room(call).scan(input.id),
  unwatch: async (input, call) => {
    const path = room(call)
      .folders()
      .find((folder) => folder.id === input.id)?.path;
    await judged(
      call,
      () => room(call).unwatch(input.id, input.documents),
      () => ({
        action: 'folder.unwatched',
        subject: path ?? input.id,
        body: { documents: input.documents },
      }),
    );
  },
  embedder: (_, call) => call.embedding.status(),
  rebuild: (_, call) => {
    // its end is told by the status, which pages follow
    call.embedding
      .rebuild()
      .then(() => call.knowledge.reindex())
      .catch((error: unknown) => {
        if (!(error instanceof Cancelled)) call.log.area('api').warn('vectors not made anew', error);
      });
  },
};
