import { AppError } from '../kernel/errors.ts';
import type { LogSource } from '../logs/contract/logs.ts';
import type { Call, Handlers } from './base.ts';
import { actorOf, type Judgement, judged } from './judged.ts';

const sourceJudgement =
  (action: Judgement['action']) =>
  ({ id, name, path }: Pick<LogSource, 'id' | 'name' | 'path'>): Judgement => ({
    action,
    subject: name,
    body: { sourceId: id, path },
  });
/** What a person makes of a template: `how`, with what was given. */
const templateChanged = <T>(
  call: Call,
  { id, ...how }: { readonly id: number } & Judgement['body'],
  deed: () => Promise<T>,
): Promise<T> =>
  judged(call, deed, () => ({
    action: 'template.changed',
    subject: call.logs.templates.textOf(id),
    body: { templateId: id, ...how },
  }));

export const logs: Handlers<'logs'> = {
  sources: (_, call) => call.logs.sources(),
  formats: (_, call) => call.logs.formats(),
  tryFormat: (input, call) => call.logs.tryFormat(input),
  draftFormat: (input, call) => call.logs.draftFormat(input),
  addFormat: (input, call) => call.logs.addFormat(input),
  removeFormat: (input, call) => call.logs.removeFormat(input.name),
  preview: (input, call) => call.logs.preview(input),
  addSource: (input, call) => judged(call, () => call.logs.addSource(input), sourceJudgement('source.added')),
  tables: (_, call) => call.logs.tables(),
  previewTable: (input, call) => call.logs.previewTable(input),
  addTable: (input, call) => judged(call, () => call.logs.addTable(input), sourceJudgement('source.added')),
  updateSource: (input, call) =>
    judged(call, () => call.logs.updateSource(input.id, input.rules), sourceJudgement('source.changed')),
  removeSource: (input, call) =>
    judged(call, () => call.logs.removeSource(input.id), sourceJudgement('source.removed')),
  retrySource: (input, call) => call.logs.retrySource(input.id),
  upload: (input, call) => judged(call, () => call.logs.upload(input), sourceJudgement('source.added')),
  accounting: (_, call) => call.logs.accounting(),
  deadLetters: (input, call) => call.logs.deadLetters(input),
  replay: (input, call) => call.logs.replay(input.sourceId),
  lines: (input, call) => call.logs.lines({ ...input, ...(call.signal ? { signal: call.signal } : {}) }),
  context: (input, call) => call.logs.context(input),
  counts: (input, call) => call.logs.counts(input),
  countFound: (input, call) => call.logs.countFound({ ...input, signal: call.signal }),
  templates: (input, call) => call.logs.templates.list(input),
  template: async (input, call) => {
    const { logs } = call;
    const { templates } = logs;
    const template = templates.get(input.id);
    if (!template) throw new AppError('not-found', { what: `template ${input.id}` });
    const parts = template.merged.map((id) => ({ id, text: templates.textOf(id) }));
    const parameters = await logs.parameters(template.id);
    return { template, parts, parameters, history: templates.history(template.id) };
  },
  renameTemplate: (input, call) =>
    templateChanged(call, { id: input.id, name: input.name }, () =>
      call.logs.templates.rename(input.id, input.name, actorOf(call)),
    ),
  lockTemplate: (input, call) =>
    templateChanged(call, { id: input.id, locked: input.locked }, () =>
      call.logs.templates.lock(input.id, input.locked, actorOf(call)),
    ),
  markTemplate: (input, call) =>
    templateChanged(call, { id: input.id, mark: input.mark }, () =>
      call.logs.templates.mark(input.id, input.mark, actorOf(call)),
    ),
  mergeTemplates: (input, call) =>
    templateChanged(call, { id: input.into, merged: input.ids }, () =>
      call.logs.templates.merge(input.into, input.ids, actorOf(call)),
    ),
  unmergeTemplate: (input, call) =>
    templateChanged(call, { id: input.id, merged: null }, () =>
      call.logs.templates.unmerge(input.id, actorOf(call)),
    ),
  splitTemplate: (input, call) =>
    templateChanged(call, { id: input.id, parameter: input.parameter, split: input.values }, () =>
      call.logs.templates.split(input.id, input.parameter, input.values, actorOf(call)),
    ),
  bookmark: (input, call) => call.logs.bookmark(input.lineId, input.on, input.note),
  saved: (_, call) => call.logs.saved(),
  save: (input, call) => call.logs.save(input.name, input.filter),
  removeSaved: (input, call) => call.logs.removeSaved(input.id),
  export: (input, call) => call.logs.export(input.filter, input.format),
  original: (input, call) => call.logs.original({ ...input, signal: call.signal }),
  search: (input, call) => call.clusters.search(input),
  indexes: (_, call) => call.clusters.indexes(),
  rebuildIndex: (input, call) => call.clusters.rebuild(input.name),
};

export const clusters: Handlers<'clusters'> = {
  current: (input, call) => call.clusters.current(input.of),
  run: ({ of, ...params }, call) => call.clusters.run(params, of),
  map: (input, call) => call.clusters.map(input.of),
  texts: (input, call) =>
    input.ids.flatMap((id) => {
      const template = call.logs.templates.get(id);
      return template ? [{ id, text: template.name ?? template.text }] : [];
    }),
  draw: (input, call) => call.clusters.draw(input.of),
  rename: (input, call) => call.clusters.rename(input.id, input.name),
  pin: (input, call) => call.clusters.pin(input.id, input.pinned),
  merge: (input, call) => call.clusters.merge(input.into, input.ids),
  unmerge: (input, call) => call.clusters.unmerge(input.clusters),
};
