import type { ModelRole, ModelSettings, ModelsOverview, ModelView } from '../llm/contract/models.ts';
import type { Call, Handlers } from './base.ts';
import { type Judgement, judged } from './judged.ts';

const imported = (model: Pick<ModelView, 'id' | 'name' | 'sha256' | 'storage'>): Judgement => ({
  action: 'model.imported',
  subject: model.name,
  body: { modelId: model.id, sha256: model.sha256, storage: model.storage },
});
const nameOf = async (call: Call, id: string): Promise<string> =>
  (await call.models.overview()).models.find((model) => model.id === id)?.name ?? id;
/** Everything as it is after another model, or none, took over a role. */
async function assigned(call: Call, role: ModelRole, assign: () => Promise<void>): Promise<ModelsOverview> {
  await judged(call, assign, (model: Pick<ModelView, 'id' | 'name'> | null) => ({
    action: 'model.assigned',
    subject: model?.name ?? '–',
    body: { role, modelId: model?.id ?? null },
  }));
  return call.models.overview();
}

export const models: Handlers<'models'> = {
  overview: (_, call) => call.models.overview(),
  inspect: (input, call) => call.models.inspect(input.path),
  import: (input, call) => judged(call, () => call.models.import(input), imported),
  upload: (input, call) => judged(call, () => call.models.upload(input), imported),
  remove: async (input, call) => {
    const subject = await nameOf(call, input.id);
    await judged(
      call,
      () => call.models.remove(input.id),
      () => ({ action: 'model.removed', subject, body: { modelId: input.id } }),
    );
  },
  assign: (input, call) => assigned(call, input.role, () => call.models.assign(input.role, input.modelId)),
  rollBack: (input, call) => assigned(call, input.role, () => call.models.rollBack(input.role)),
  retry: (input, call) => judged(call, () => call.models.retry(input.id), imported),
  load: async (input, call) => {
    await call.models.load(input.id);
    return call.models.overview();
  },
  unload: async (input, call) => {
    await call.models.unload(input.id);
    return call.models.overview();
  },
  settings: (input, call) => call.models.setSettings(input),
  server: (input, call) =>
    judged(
      call,
      () => call.models.setServer(input),
      ({ server }: ModelSettings) => ({ action: 'model.server', subject: server.url || '–', body: server }),
    ),
  testServer: (_, call) => call.models.testServer(),
  benchmark: (input, call) => call.models.benchmark(input.id, input.role),
  benchmarks: (_, call) => call.models.benchmarks(),
};
