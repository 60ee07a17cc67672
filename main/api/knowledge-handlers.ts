import { Cancelled } from '../kernel/errors.ts';
import type { Document, Folder } from '../knowledge/contract/knowledge.ts';
import { api } from './base.ts';
import { draftRules } from './draft-rules.ts';
import { type Judgement, judged } from './judged.ts';
import type { Context } from './services.ts';

const ok = { ok: true as const };
const room = ({ services }: Context) => services.knowledge;
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
  context: Context,
  enter: () => Promise<Document>,
  action: Judgement['action'],
): Promise<Document> {
  const document = await judged(context, enter, documentJudgement(action));
  const { text } = room(context).get(document.id);
  await draftRules(context, text, { kind: 'knowledge', id: document.id, title: document.title });
  return document;
}

export const knowledge = {
  list: api.knowledge.list.handler(({ context }) => room(context).list()),
  get: api.knowledge.get.handler(({ input, context }) => room(context).get(input.id)),
  add: api.knowledge.add.handler(({ input, context }) =>
    kept(context, () => room(context).add(input), 'knowledge.added'),
  ),
  addFile: api.knowledge.addFile.handler(({ input, context }) =>
    kept(
      context,
      () => room(context).addFile({ ...input, bytes: new Uint8Array(Buffer.from(input.data, 'base64')) }),
      'knowledge.added',
    ),
  ),
  update: api.knowledge.update.handler(({ input, context }) =>
    kept(context, () => room(context).update(input.id, input), 'knowledge.changed'),
  ),
  remove: api.knowledge.remove.handler(async ({ input, context }) => {
    const { document, text } = room(context).get(input.id);
    await judged(
      context,
      () => room(context).remove(input.id),
      () => documentJudgement('knowledge.removed')({ ...document, text }),
    );
    return ok;
  }),
  restore: api.knowledge.restore.handler(({ input, context }) =>
    judged(context, () => room(context).restore(input.id), documentJudgement('knowledge.restored')),
  ),
  search: api.knowledge.search.handler(({ input, context }) =>
    room(context).search(input.text, input.limit, input),
  ),
  folders: api.knowledge.folders.handler(({ context }) => room(context).folders()),
  watch: api.knowledge.watch.handler(({ input, context }) =>
    judged(
      context,
      () => room(context).watch(input.path, input.tags),
      ({ path }: Pick<Folder, 'path'>) => ({ action: 'folder.watched', subject: path }),
    ),
  ),
  scan: api.knowledge.scan.handler(({ input, context }) => room(context).scan(input.id)),
  unwatch: api.knowledge.unwatch.handler(async ({ input, context }) => {
    const path = room(context)
      .folders()
      .find((folder) => folder.id === input.id)?.path;
    await judged(
      context,
      () => room(context).unwatch(input.id, input.documents),
      () => ({
        action: 'folder.unwatched',
        subject: path ?? input.id,
        body: { documents: input.documents },
      }),
    );
    return ok;
  }),
  embedder: api.knowledge.embedder.handler(({ context }) => context.services.embedding.status()),
  rebuild: api.knowledge.rebuild.handler(({ context }) => {
    const { services } = context;
    // its end is told by the status, which pages follow
    services.embedding
      .rebuild()
      .then(() => services.knowledge.reindex())
      .catch((error: unknown) => {
        if (!(error instanceof Cancelled)) services.log.area('api').warn('vectors not made anew', error);
      });
    return ok;
  }),
};
