import { AppError } from '../kernel/errors.ts';
import type { LogSource } from '../logs/contract/logs.ts';
import { api, stream } from './base.ts';
import { actorOf, type Judgement, judged } from './judged.ts';
import type { Context } from './services.ts';

const ok = { ok: true } as const;

const sourceJudgement =
  (action: Judgement['action']) =>
  ({ id, name, path }: Pick<LogSource, 'id' | 'name' | 'path'>): Judgement => ({
    action,
    subject: name,
    body: { sourceId: id, path },
  });
/** What a person makes of a template: `how`, with what was given. */
const templateChanged = <T>(
  context: Context,
  { id, ...how }: { readonly id: number } & Judgement['body'],
  deed: () => Promise<T>,
): Promise<T> =>
  judged(context, deed, () => ({
    action: 'template.changed',
    subject: context.services.logs.templates.textOf(id),
    body: { templateId: id, ...how },
  }));

export const logs = {
  sources: api.logs.sources.handler(({ context }) => context.services.logs.sources()),
  formats: api.logs.formats.handler(({ context }) => context.services.logs.formats()),
  tryFormat: api.logs.tryFormat.handler(({ input, context }) => context.services.logs.tryFormat(input)),
  draftFormat: api.logs.draftFormat.handler(({ input, context }) => context.services.logs.draftFormat(input)),
  addFormat: api.logs.addFormat.handler(({ input, context }) => context.services.logs.addFormat(input)),
  removeFormat: api.logs.removeFormat.handler(async ({ input, context }) => {
    await context.services.logs.removeFormat(input.name);
    return ok;
  }),
  preview: api.logs.preview.handler(({ input, context }) => context.services.logs.preview(input)),
  addSource: api.logs.addSource.handler(({ input, context }) =>
    judged(context, () => context.services.logs.addSource(input), sourceJudgement('source.added')),
  ),
  tables: api.logs.tables.handler(({ context }) => context.services.logs.tables()),
  previewTable: api.logs.previewTable.handler(({ input, context }) =>
    context.services.logs.previewTable(input),
  ),
  addTable: api.logs.addTable.handler(({ input, context }) =>
    judged(context, () => context.services.logs.addTable(input), sourceJudgement('source.added')),
  ),
  updateSource: api.logs.updateSource.handler(({ input, context }) =>
    judged(
      context,
      () => context.services.logs.updateSource(input.id, input.rules),
      sourceJudgement('source.changed'),
    ),
  ),
  removeSource: api.logs.removeSource.handler(async ({ input, context }) => {
    await judged(
      context,
      () => context.services.logs.removeSource(input.id),
      sourceJudgement('source.removed'),
    );
    return ok;
  }),
  retrySource: api.logs.retrySource.handler(({ input, context }) =>
    context.services.logs.retrySource(input.id),
  ),
  upload: api.logs.upload.handler(({ input, context }) =>
    judged(context, () => context.services.logs.upload(input), sourceJudgement('source.added')),
  ),
  accounting: api.logs.accounting.handler(({ context }) => context.services.logs.accounting()),
  deadLetters: api.logs.deadLetters.handler(({ input, context }) => context.services.logs.deadLetters(input)),
  replay: api.logs.replay.handler(({ input, context }) => context.services.logs.replay(input.sourceId)),
  lines: api.logs.lines.handler(({ input, context, signal }) =>
    context.services.logs.lines({ ...input, ...(signal ? { signal } : {}) }),
  ),
  context: api.logs.context.handler(({ input, context }) => context.services.logs.context(input)),
  counts: api.logs.counts.handler(({ input, context }) => context.services.logs.counts(input)),
  countFound: api.logs.countFound.handler(({ input, context, signal }) =>
    stream(context, context.services.logs.countFound({ ...input, signal })),
  ),
  templates: api.logs.templates.handler(({ input, context }) => context.services.logs.templates.list(input)),
  template: api.logs.template.handler(async ({ input, context }) => {
    const { logs } = context.services;
    const { templates } = logs;
    const template = templates.get(input.id);
    if (!template) throw new AppError('not-found', { what: `template ${input.id}` });
    const parts = template.merged.map((id) => ({ id, text: templates.textOf(id) }));
    const parameters = await logs.parameters(template.id);
    return { template, parts, parameters, history: templates.history(template.id) };
  }),
  renameTemplate: api.logs.renameTemplate.handler(({ input, context }) =>
    templateChanged(context, { id: input.id, name: input.name }, () =>
      context.services.logs.templates.rename(input.id, input.name, actorOf(context)),
    ),
  ),
  lockTemplate: api.logs.lockTemplate.handler(({ input, context }) =>
    templateChanged(context, { id: input.id, locked: input.locked }, () =>
      context.services.logs.templates.lock(input.id, input.locked, actorOf(context)),
    ),
  ),
  markTemplate: api.logs.markTemplate.handler(({ input, context }) =>
    templateChanged(context, { id: input.id, mark: input.mark }, () =>
      context.services.logs.templates.mark(input.id, input.mark, actorOf(context)),
    ),
  ),
  mergeTemplates: api.logs.mergeTemplates.handler(({ input, context }) =>
    templateChanged(context, { id: input.into, merged: input.ids }, () =>
      context.services.logs.templates.merge(input.into, input.ids, actorOf(context)),
    ),
  ),
  unmergeTemplate: api.logs.unmergeTemplate.handler(({ input, context }) =>
    templateChanged(context, { id: input.id, merged: null }, () =>
      context.services.logs.templates.unmerge(input.id, actorOf(context)),
    ),
  ),
  splitTemplate: api.logs.splitTemplate.handler(({ input, context }) =>
    templateChanged(context, { id: input.id, parameter: input.parameter, split: input.values }, () =>
      context.services.logs.templates.split(input.id, input.parameter, input.values, actorOf(context)),
    ),
  ),
  bookmark: api.logs.bookmark.handler(({ input, context }) =>
    context.services.logs.bookmark(input.lineId, input.on, input.note),
  ),
  saved: api.logs.saved.handler(({ context }) => context.services.logs.saved()),
  save: api.logs.save.handler(({ input, context }) => context.services.logs.save(input.name, input.filter)),
  removeSaved: api.logs.removeSaved.handler(async ({ input, context }) => {
    await context.services.logs.removeSaved(input.id);
    return ok;
  }),
  export: api.logs.export.handler(({ input, context }) =>
    context.services.logs.export(input.filter, input.format),
  ),
  original: api.logs.original.handler(({ input, context, signal }) =>
    stream(context, context.services.logs.original({ ...input, signal })),
  ),
  search: api.logs.search.handler(({ input, context }) => context.services.clusters.search(input)),
  indexes: api.logs.indexes.handler(({ context }) => context.services.clusters.indexes()),
  rebuildIndex: api.logs.rebuildIndex.handler(({ input, context }) =>
    context.services.clusters.rebuild(input.name),
  ),
};

export const clusters = {
  current: api.clusters.current.handler(({ input, context }) => context.services.clusters.current(input.of)),
  run: api.clusters.run.handler(({ input: { of, ...params }, context }) =>
    context.services.clusters.run(params, of),
  ),
  map: api.clusters.map.handler(({ input, context }) => context.services.clusters.map(input.of)),
  texts: api.clusters.texts.handler(({ input, context }) =>
    input.ids.flatMap((id) => {
      const template = context.services.logs.templates.get(id);
      return template ? [{ id, text: template.name ?? template.text }] : [];
    }),
  ),
  draw: api.clusters.draw.handler(({ input, context }) => context.services.clusters.draw(input.of)),
  rename: api.clusters.rename.handler(({ input, context }) =>
    context.services.clusters.rename(input.id, input.name),
  ),
  pin: api.clusters.pin.handler(({ input, context }) =>
    context.services.clusters.pin(input.id, input.pinned),
  ),
  merge: api.clusters.merge.handler(({ input, context }) =>
    context.services.clusters.merge(input.into, input.ids),
  ),
  unmerge: api.clusters.unmerge.handler(({ input, context }) =>
    context.services.clusters.unmerge(input.clusters),
  ),
};
