import type { ModelRole, ModelSettings, ModelsOverview, ModelView } from '../llm/contract/models.ts';
import { api } from './base.ts';
import { type Judgement, judged } from './judged.ts';
import type { Context } from './services.ts';

const ok = { ok: true } as const;

const imported = (model: Pick<ModelView, 'id' | 'name' | 'sha256' | 'storage'>): Judgement => ({
  action: 'model.imported',
  subject: model.name,
  body: { modelId: model.id, sha256: model.sha256, storage: model.storage },
});
const nameOf = async ({ services }: Context, id: string): Promise<string> =>
  (await services.models.overview()).models.find((model) => model.id === id)?.name ?? id;
/** Everything as it is after another model, or none, took over a role. */
async function assigned(
  context: Context,
  role: ModelRole,
  assign: () => Promise<void>,
): Promise<ModelsOverview> {
  await judged(context, assign, (model: Pick<ModelView, 'id' | 'name'> | null) => ({
    action: 'model.assigned',
    subject: model?.name ?? '–',
    body: { role, modelId: model?.id ?? null },
  }));
  return context.services.models.overview();
}

export const models = {
  overview: api.models.overview.handler(({ context }) => context.services.models.overview()),
  inspect: api.models.inspect.handler(({ input, context }) => context.services.models.inspect(input.path)),
  import: api.models.import.handler(({ input, context }) =>
    judged(context, () => context.services.models.import(input), imported),
  ),
  upload: api.models.upload.handler(({ input, context }) =>
    judged(context, () => context.services.models.upload(input), imported),
  ),
  remove: api.models.remove.handler(async ({ input, context }) => {
    const subject = await nameOf(context, input.id);
    await judged(
      context,
      () => context.services.models.remove(input.id),
      () => ({ action: 'model.removed', subject, body: { modelId: input.id } }),
    );
    return ok;
  }),
  assign: api.models.assign.handler(({ input, context }) =>
    assigned(context, input.role, () => context.services.models.assign(input.role, input.modelId)),
  ),
  rollBack: api.models.rollBack.handler(({ input, context }) =>
    assigned(context, input.role, () => context.services.models.rollBack(input.role)),
  ),
  retry: api.models.retry.handler(({ input, context }) =>
    judged(context, () => context.services.models.retry(input.id), imported),
  ),
  load: api.models.load.handler(async ({ input, context: { services } }) => {
    await services.models.load(input.id);
    return services.models.overview();
  }),
  unload: api.models.unload.handler(async ({ input, context: { services } }) => {
    await services.models.unload(input.id);
    return services.models.overview();
  }),
  settings: api.models.settings.handler(({ input, context }) => context.services.models.setSettings(input)),
  server: api.models.server.handler(({ input, context }) =>
    judged(
      context,
      () => context.services.models.setServer(input),
      ({ server }: ModelSettings) => ({ action: 'model.server', subject: server.url || '–', body: server }),
    ),
  ),
  testServer: api.models.testServer.handler(({ context }) => context.services.models.testServer()),
  benchmark: api.models.benchmark.handler(({ input, context }) =>
    context.services.models.benchmark(input.id, input.role),
  ),
  benchmarks: api.models.benchmarks.handler(({ context }) => context.services.models.benchmarks()),
};
