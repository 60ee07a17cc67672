import { Cancelled } from '../errors.ts';
import { api } from './base.ts';
import type { Context } from './services.ts';

const ok = { ok: true as const };
const room = ({ services }: Context) => services.knowledge;

export const knowledge = {
  list: api.knowledge.list.handler(({ context }) => room(context).list()),
  get: api.knowledge.get.handler(({ input, context }) => room(context).get(input.id)),
  add: api.knowledge.add.handler(({ input, context }) => room(context).add(input)),
  addFile: api.knowledge.addFile.handler(({ input, context }) =>
    room(context).addFile({ ...input, bytes: new Uint8Array(Buffer.from(input.data, 'base64')) }),
  ),
  update: api.knowledge.update.handler(({ input, context }) => room(context).update(input.id, input)),
  remove: api.knowledge.remove.handler(async ({ input, context }) => {
    await room(context).remove(input.id);
    return ok;
  }),
  restore: api.knowledge.restore.handler(({ input, context }) => room(context).restore(input.id)),
  search: api.knowledge.search.handler(({ input, context }) =>
    room(context).search(input.text, input.limit, input),
  ),
  folders: api.knowledge.folders.handler(({ context }) => room(context).folders()),
  watch: api.knowledge.watch.handler(({ input, context }) => room(context).watch(input.path, input.tags)),
  scan: api.knowledge.scan.handler(({ input, context }) => room(context).scan(input.id)),
  unwatch: api.knowledge.unwatch.handler(async ({ input, context }) => {
    await room(context).unwatch(input.id, input.documents);
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
