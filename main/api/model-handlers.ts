import { api } from './base.ts';
import type { ModelRole, ModelsOverview, ModelView } from './contract/models.ts';
import { type Judgement, judged } from './judged.ts';
import type { Context } from './services.ts';

const ok = { ok: true } as const;

const imported = (model: ModelView): Judgement => ({
  action: 'model.imported',
  subject: model.name,
  body: { modelId: model.id, sha256: model.sha256, checksum: model.checksum, storage: model.storage },
});
const nameOf = async ({ services }: Context, id: string): Promise<string> =>
  (await services.models.overview()).models.find((model) => model.id === id)?.name ?? id;
/** Everything as it is after another model, or none, took over a role. */
async function assigned(context: Context, role: ModelRole, change: Promise<void>): Promise<ModelsOverview> {
  await change;
  return judged(context, context.services.models.overview(), ({ roles, models }) => {
    const modelId = roles.find((view) => view.role === role)?.modelId ?? null;
    const model = models.find(({ id }) => id === modelId);
    return { action: 'model.assigned', subject: model?.name ?? '–', body: { role, modelId } };
  });
}

export const models = {
  overview: api.models.overview.handler(({ context }) => context.services.models.overview()),
  inspect: api.models.inspect.handler(({ input, context }) => context.services.models.inspect(input.path)),
  import: api.models.import.handler(({ input, context }) =>
    judged(context, context.services.models.import(input), imported),
  ),
  upload: api.models.upload.handler(({ input, context }) =>
    judged(context, context.services.models.upload(input), ({ model }) => model && imported(model)),
  ),
  remove: api.models.remove.handler(async ({ input, context }) => {
    const subject = await nameOf(context, input.id);
    await judged(context, context.services.models.remove(input.id), () => ({
      action: 'model.removed',
      subject,
      body: { modelId: input.id },
    }));
    return ok;
  }),
  assign: api.models.assign.handler(({ input, context }) =>
    assigned(context, input.role, context.services.models.assign(input.role, input.modelId)),
  ),
  rollBack: api.models.rollBack.handler(({ input, context }) =>
    assigned(context, input.role, context.services.models.rollBack(input.role)),
  ),
  retry: api.models.retry.handler(({ input, context }) => context.services.models.retry(input.id)),
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
    judged(context, context.services.models.setServer(input), ({ server }) => ({
      action: 'model.server',
      subject: server.url || '–',
      body: server,
    })),
  ),
  testServer: api.models.testServer.handler(({ context }) => context.services.models.testServer()),
  benchmark: api.models.benchmark.handler(({ input, context }) =>
    context.services.models.benchmark(input.id, input.role),
  ),
  benchmarks: api.models.benchmarks.handler(({ context }) => context.services.models.benchmarks()),
};
