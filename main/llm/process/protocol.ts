// What the engine and the models process say to each other; parsed on both sides. The same over a forked process and over a message port.
import { z } from 'zod';
import { ModelBackend } from '../contract/models.ts';
import type { Loaded } from '../runtime-door.ts';
import type { ChooseRequest, Chosen, LoadSpec } from '../types.ts';

const Count = z.number().int().nonnegative();
const Spec = z.strictObject({
  modelId: z.string().min(1),
  path: z.string().min(1),
  format: z.enum(['gguf', 'onnx-folder']),
  architecture: z.string(),
  contextTokens: Count,
  threads: z.number().int().min(1).max(1024),
  backend: z.union([z.literal('auto'), ModelBackend]),
  needMb: z.number(),
  prefixes: z.strictObject({ query: z.string(), passage: z.string() }),
}) satisfies z.ZodType<LoadSpec>;
const Choose = z.strictObject({
  system: z.string(),
  user: z.string(),
  slots: z
    .array(
      z.strictObject({ name: z.string(), options: z.array(z.string().min(1)).min(1).max(2000).readonly() }),
    )
    .max(50)
    .readonly(),
  waits: z.enum(['answer', 'reader', 'nobody']),
}) satisfies z.ZodType<ChooseRequest>;

const Job = z.discriminatedUnion('kind', [
  /** urgent: somebody waits for what it is loaded for */
  z.strictObject({ kind: z.literal('load'), spec: Spec, urgent: z.boolean() }),
  z.strictObject({ kind: z.literal('choose'), spec: Spec, request: Choose }),
  z.strictObject({
    kind: z.literal('embed'),
    spec: Spec,
    texts: z.array(z.string()),
    as: z.enum(['query', 'passage']),
  }),
  z.strictObject({ kind: z.literal('unload'), modelId: z.string() }),
  z.strictObject({ kind: z.literal('machine'), backend: z.union([z.literal('auto'), ModelBackend]) }),
]);
export type Job = z.infer<typeof Job>;

/** engine → models process */
export const ToModels = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('job'), id: Count, job: Job }),
  z.strictObject({ type: z.literal('cancel'), id: Count }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type ToModels = z.infer<typeof ToModels>;

const LoadedModel = z.strictObject({
  modelId: z.string(),
  backend: ModelBackend,
  loadMs: z.number(),
  memoryMb: z.number().nullable(),
  dimensions: Count.nullable(),
}) satisfies z.ZodType<Loaded>;
/** models process → engine */
export const FromModels = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), pid: z.number().int() }),
  /** whose work it is now doing: the one to name should it die */
  z.strictObject({ type: z.literal('working'), modelId: z.string().nullable() }),
  z.strictObject({ type: z.literal('loading'), modelId: z.string().nullable() }),
  z.strictObject({ type: z.literal('loaded'), model: LoadedModel }),
  z.strictObject({ type: z.literal('unloaded'), modelId: z.string() }),
  z.strictObject({ type: z.literal('progress'), id: Count, done: Count, total: Count }),
  z.strictObject({ type: z.literal('done'), id: Count, value: z.unknown() }),
  z.strictObject({
    type: z.literal('failed'),
    id: Count,
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    detail: z.string(),
  }),
  z.strictObject({ type: z.literal('cancelled'), id: Count }),
  /** a connection that it was not let make */
  z.strictObject({ type: z.literal('refused'), address: z.string() }),
]);
export type FromModels = z.infer<typeof FromModels>;

// what `done` carries, by kind of job
export const LoadResult = LoadedModel;
export const ChooseResult = z.array(
  z.strictObject({
    name: z.string(),
    options: z.array(z.strictObject({ option: z.string(), p: z.number().min(0).max(1.0001) })),
  }),
) satisfies z.ZodType<Chosen>;
/** all vectors one after the other; `cut`: places of the texts that were longer than the model reads */
export const EmbedResult = z.strictObject({
  dimensions: Count,
  values: z.instanceof(Float32Array),
  cut: z.array(Count),
  maxTokens: Count,
});
export const MachineResult = z.strictObject({
  backend: ModelBackend,
  gpus: z.array(z.string()),
  vramMb: z.number().nullable(),
});
