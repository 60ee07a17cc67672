import { throwIfAborted } from '../../kernel/task.ts';
import { chooseSlots } from './choose-slots.ts';
import type { HeldModels } from './hold-models.ts';
import type { Work } from './llama-session.ts';
import type { Job } from './protocol.ts';
import { RANK, type Rank } from './turns.ts';

/** texts embedded before somebody else may have a turn */
const BATCH = 32;

export const rankOf = (job: Job): Rank => {
  if (job.kind === 'embed') return job.as === 'query' ? RANK.search : RANK.batch;
  if (job.kind === 'choose')
    return { answer: RANK.intent, reader: RANK.wording, nobody: RANK.batch }[job.request.waits];
  // an unload makes room for somebody; it never comes into the midst of what its model is at
  return job.kind === 'load' && !job.urgent ? RANK.wording : RANK.intent;
};
export const modelOf = (job: Job): string | null =>
  job.kind === 'machine' ? null : job.kind === 'unload' ? job.modelId : job.spec.modelId;

/** Does the job, loading its model unless it is loaded; gives what `done` carries. */
export async function runJob(
  models: HeldModels,
  job: Job,
  work: Work & { readonly progress: (done: number, total: number) => void },
): Promise<unknown> {
  const { signal } = work;
  if (job.kind === 'machine') return models.backend.machine(job.backend);
  if (job.kind === 'unload') return models.unload(job.modelId);
  if (job.kind === 'load') return (await models.load(job.spec, work)).loaded;
  if (job.kind === 'choose') return chooseSlots(await models.text(job.spec, { signal }), job.request, work);

  const vectors = await models.vectors(job.spec, { signal });
  const values = new Float32Array(job.texts.length * vectors.dimensions);
  const cut: number[] = [];
  for (let from = 0; from < job.texts.length; from += BATCH) {
    throwIfAborted(signal);
    await work.offer();
    throwIfAborted(signal);
    const some = await vectors.embed(
      job.texts.slice(from, from + BATCH),
      job.as,
      () => signal.aborted,
      (index) => cut.push(from + index),
    );
    throwIfAborted(signal);
    some.forEach((vector, i) => {
      values.set(vector, (from + i) * vectors.dimensions);
    });
  }
  return { dimensions: vectors.dimensions, values, cut, maxTokens: vectors.maxTokens };
}
