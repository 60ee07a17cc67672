import { z } from 'zod';
import { Bilingual, ErrorData, GivenPath, Instant } from '../../api/contract/common.ts';
import { base, id, none, ok } from '../../api/contract/procedure.ts';

/** What a local model is for. One model may play one role at a time; a role is played by one model or by none. */
export const MODEL_ROLES = ['intent', 'wording', 'embedding'] as const;
export const ModelRole = z.enum(MODEL_ROLES);
export type ModelRole = z.infer<typeof ModelRole>;
/** Where llama.cpp computes. */
export const ModelBackend = z.enum(['cpu', 'cuda', 'vulkan', 'metal']);
export type ModelBackend = z.infer<typeof ModelBackend>;

/** One entry of models/manifest.json: a model that is known to fit a role. */
export const KnownModel = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,80}$/),
  name: z.string(),
  role: ModelRole,
  format: z.enum(['gguf', 'onnx-folder']),
  /** general.architecture of a GGUF file, model_type of an ONNX folder */
  architecture: z.string(),
  /** the file (or, of a folder, its ONNX file) as its publisher names it */
  file: z.string(),
  licence: z.string(),
  bytes: z.number().int().positive(),
  /** of `file`, where its publisher states one; hex */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** memory it needs with the default context, MB of 1,000,000 bytes */
  memoryMb: z.number().int().positive(),
  note: Bilingual,
});
export type KnownModel = z.infer<typeof KnownModel>;

/** What a model needs against what the machine has, before it is loaded. MB of 1,000,000 bytes. */
export const ModelFit = z.object({
  needMb: z.number(),
  freeMb: z.number(),
  totalMb: z.number(),
  /** context length the estimate is for, tokens; null for an embedding model */
  contextTokens: z.number().int().nullable(),
  verdict: z.enum(['fits', 'tight', 'too-big']),
});
export type ModelFit = z.infer<typeof ModelFit>;

/**
 * `quarantined`: it took its process down twice and is not loaded again before a person says so. `broken`: the file is not
 * what it was when it came. `missing`: a linked file that is not there now.
 */
export const ModelState = z.enum(['ready', 'loading', 'loaded', 'quarantined', 'broken', 'missing']);
export const ModelView = z.object({
  id: z.string(),
  name: z.string(),
  /** roles it can play */
  roles: z.array(ModelRole),
  format: z.enum(['gguf', 'onnx-folder']),
  architecture: z.string(),
  /** e.g. Q4_0; null where the format does not say */
  quantisation: z.string().nullable(),
  parameters: z.number().nullable(),
  /** context length it was trained for, tokens; dimensions of its vectors for an embedding model */
  trainedContext: z.number().int().nullable(),
  dimensions: z.number().int().nullable(),
  bytes: z.number(),
  sha256: z.string().nullable(),
  /** the entry of the manifest it is, by its checksum or else by its name and size */
  knownId: z.string().nullable(),
  /** `unknown`: no published one is known; `other-size`: nor that, and it has the name of a known model, not its size */
  checksum: z.enum(['matches', 'differs', 'other-size', 'unknown']),
  /** the file that `sha256` is of; `listedBytes`: of the known model of its checksum or name, null without one */
  compared: z.object({ file: z.string(), bytes: z.number(), listedBytes: z.number().nullable() }),
  licence: z.string().nullable(),
  storage: z.enum(['copy', 'link']),
  path: z.string(),
  addedAt: Instant,
  state: ModelState,
  problem: ErrorData.nullable(),
  deaths: z.number().int(),
  fit: ModelFit,
});
export type ModelView = z.infer<typeof ModelView>;

export const RoleView = z.object({
  role: ModelRole,
  /** what answers for it now; `none`: the built-in way does */
  source: z.enum(['local', 'server', 'none']),
  modelId: z.string().nullable(),
  /** its model finds no room in memory now, MB: the built-in way answers until it does; null: nothing of the kind */
  noRoom: ModelFit.pick({ needMb: true, freeMb: true }).nullable(),
  /** of the embedding model: texts longer than the `tokens` it reads, of which only the beginning counts; since the start; null: none */
  cut: z.object({ texts: z.number().int(), tokens: z.number().int() }).nullable(),
  /** the model that played it before, for roll-back */
  previousId: z.string().nullable(),
});
export type RoleView = z.infer<typeof RoleView>;

/** An OpenAI-compatible server on the company's own network. Off unless somebody switches it on. */
export const ModelServer = z.object({
  enabled: z.boolean(),
  /** base address, e.g. http://10.0.0.5:8080/v1 */
  url: z.string().max(500),
  /** the model's name there for each role; empty: not from the server */
  intent: z.string().max(200),
  wording: z.string().max(200),
  embedding: z.string().max(200),
  /** whether a key is kept in the key store; the key itself never leaves the engine */
  hasKey: z.boolean(),
});
export type ModelServer = z.infer<typeof ModelServer>;
export const ModelSettings = z.object({
  /** tokens the wording model keeps; the intent model's is fixed */
  contextTokens: z.number().int().min(1024).max(32_768),
  /** minutes without use after which a model leaves memory */
  idleMinutes: z.number().int().min(1).max(1440),
  backend: z.enum(['auto', 'cpu', 'cuda', 'vulkan', 'metal']),
  /** null: cores − 1 */
  threads: z.number().int().min(1).max(256).nullable(),
  server: ModelServer,
});
export type ModelSettings = z.infer<typeof ModelSettings>;

export const ModelMachine = z.object({
  cpu: z.string(),
  cores: z.number().int(),
  threads: z.number().int(),
  totalMb: z.number(),
  freeMb: z.number(),
  /** null: the models process has not been asked yet */
  backend: ModelBackend.nullable(),
  gpus: z.array(z.string()),
  vramMb: z.number().nullable(),
});
export type ModelMachine = z.infer<typeof ModelMachine>;
export const ModelProcess = z.object({
  state: z.enum(['stopped', 'running', 'restarting']),
  pid: z.number().int().nullable(),
  /** times it died unasked since the engine started */
  deaths: z.number().int(),
  lastDeath: z
    .object({ at: Instant, modelId: z.string().nullable(), signal: z.string().nullable() })
    .nullable(),
});
export type ModelProcess = z.infer<typeof ModelProcess>;

export const ModelsOverview = z.object({
  models: z.array(ModelView),
  roles: z.array(RoleView),
  known: z.array(KnownModel),
  settings: ModelSettings,
  machine: ModelMachine,
  process: ModelProcess,
  /** where copies are kept */
  folder: z.string(),
});
export type ModelsOverview = z.infer<typeof ModelsOverview>;

/** What is read of an embedding model's folder, besides weights that lie beside its ONNX file; the first of `main` that is there. */
export const EMBEDDER_FILES = {
  needed: ['config.json', 'tokenizer.json', 'tokenizer_config.json'],
  main: ['onnx/model_quantized.onnx', 'onnx/model.onnx'],
  extra: ['special_tokens_map.json', '1_Pooling/config.json'],
} as const;

/** What a file is, looked at without taking it in. `problem`: why it cannot be a model of ours. */
export const ModelInspection = z.object({
  path: z.string(),
  bytes: z.number(),
  format: z.enum(['gguf', 'onnx-folder']).nullable(),
  architecture: z.string().nullable(),
  roles: z.array(ModelRole),
  fit: ModelFit.nullable(),
  problem: ErrorData.nullable(),
});
export type ModelInspection = z.infer<typeof ModelInspection>;

/** One run of the self-benchmark; null: does not apply to the role. */
export const ModelBenchmark = z.object({
  id: z.string(),
  at: Instant,
  modelId: z.string(),
  modelName: z.string(),
  role: ModelRole,
  backend: ModelBackend,
  loadMs: z.number(),
  memoryMb: z.number().nullable(),
  /** to choose among a few lines, of the roles that choose */
  choiceMs: z.number().nullable().default(null),
  embeddingsPerSecond: z.number().nullable(),
  /** the fixed Japanese questions of the role, scored by code */
  asked: z.number().int(),
  right: z.number().int(),
});
export type ModelBenchmark = z.infer<typeof ModelBenchmark>;

export const models = {
  overview: base.input(none).output(ModelsOverview),
  /** looks at a file or folder of this machine without taking it in */
  inspect: base.input(z.object({ path: GivenPath.pipe(z.string().min(1)) })).output(ModelInspection),
  /** takes a model in as a task `model-import`; a copy that was cut off goes on where it stopped */
  import: base
    .input(z.object({ path: GivenPath.pipe(z.string().min(1)), mode: z.enum(['copy', 'link']) }))
    .output(ModelView),
  /** a dropped file where its path is not known (browser), in pieces of at most 4 MB (base64); goes on after a cut at `received` */
  upload: base
    .input(
      z.object({
        uploadId: z.string().regex(/^[\w-]{8,64}$/),
        /** files of an ONNX folder name their place in it */
        name: z.string().min(1).max(300),
        bytes: z.number().int().min(0),
        offset: z.number().int().min(0),
        data: z.string().max(6_000_000),
        /** the last piece of the last file */
        done: z.boolean(),
      }),
    )
    .output(z.object({ received: z.number().int(), model: ModelView.nullable() })),
  /** the copy goes to no bin: a link is only forgotten */
  remove: base.input(z.object({ id })).output(ok),
  assign: base.input(z.object({ role: ModelRole, modelId: id.nullable() })).output(ModelsOverview),
  /** back to the model that played the role before */
  rollBack: base.input(z.object({ role: ModelRole })).output(ModelsOverview),
  /** lifts the quarantine, checks the file again */
  retry: base.input(z.object({ id })).output(ModelView),
  /** a task `model-load` */
  load: base.input(z.object({ id })).output(ModelsOverview),
  unload: base.input(z.object({ id })).output(ModelsOverview),
  settings: base.input(ModelSettings.omit({ server: true }).partial()).output(ModelSettings),
  /** `key`: null forgets it, absent leaves it */
  server: base
    .input(
      ModelSettings.shape.server
        .omit({ hasKey: true })
        .partial()
        .extend({ key: z.string().max(500).nullable().optional() }),
    )
    .output(ModelSettings),
  /** the names of the models that the server offers */
  testServer: base.input(none).output(z.object({ models: z.array(z.string()), ms: z.number() })),
  /** a task `model-benchmark` */
  benchmark: base.input(z.object({ id, role: ModelRole })).output(ModelBenchmark),
  /** newest first */
  benchmarks: base.input(none).output(z.array(ModelBenchmark)),
};
