import { api } from './base.ts';

const ok = { ok: true } as const;

export const models = {
  overview: api.models.overview.handler(({ context }) => context.services.models.overview()),
  inspect: api.models.inspect.handler(({ input, context }) => context.services.models.inspect(input.path)),
  import: api.models.import.handler(({ input, context }) => context.services.models.import(input)),
  upload: api.models.upload.handler(({ input, context }) => context.services.models.upload(input)),
  remove: api.models.remove.handler(async ({ input, context }) => {
    await context.services.models.remove(input.id);
    return ok;
  }),
  assign: api.models.assign.handler(async ({ input, context: { services } }) => {
    await services.models.assign(input.role, input.modelId);
    return services.models.overview();
  }),
  rollBack: api.models.rollBack.handler(async ({ input, context: { services } }) => {
    await services.models.rollBack(input.role);
    return services.models.overview();
  }),
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
  server: api.models.server.handler(({ input, context }) => context.services.models.setServer(input)),
  testServer: api.models.testServer.handler(({ context }) => context.services.models.testServer()),
  benchmark: api.models.benchmark.handler(({ input, context }) =>
    context.services.models.benchmark(input.id, input.role),
  ),
  benchmarks: api.models.benchmarks.handler(({ context }) => context.services.models.benchmarks()),
};
