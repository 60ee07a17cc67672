import { z } from 'zod';
import type { ErrorData } from '../../api/contract/common.ts';
import type { ModelRole } from '../../api/contract/models.ts';
import { estimateGguf, estimateOnnx } from './estimate-memory.ts';

const whole = z.number().int().min(0);
const Facts = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('gguf'),
    /** as it was called where it came from */
    file: z.string(),
    shape: z.object({
      layers: whole,
      embedding: whole,
      feedForward: whole,
      heads: whole,
      kvHeads: whole,
      headSize: whole,
      vocabulary: whole,
      slidingWindow: whole.nullable(),
      slidingPattern: whole,
    }),
  }),
  z.object({ kind: z.literal('onnx-folder'), file: z.string(), folder: z.string(), tokenizerBytes: whole }),
]);
/** A file that belongs to a model, and what it looked like when it came. */
export const ModelFile = z.object({ path: z.string(), bytes: whole, mtimeMs: z.number() });
export type ModelFile = z.infer<typeof ModelFile>;

/** A model as it is kept: a row of `models`, and `model.json` beside a copy. */
export const ModelRecord = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,120}$/),
  name: z.string().min(1),
  format: z.enum(['gguf', 'onnx-folder']),
  architecture: z.string(),
  quantisation: z.string().nullable(),
  parameters: whole.nullable(),
  trainedContext: whole.nullable(),
  dimensions: whole.nullable(),
  bytes: whole,
  /** of the GGUF file, or of a folder's ONNX file */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  storage: z.enum(['copy', 'link']),
  /** the folder that `files` lie in: of a link where it is, of a copy its name in the models folder */
  root: z.string(),
  files: z.array(ModelFile).min(1),
  facts: Facts,
  addedAt: z.number().int(),
});
export type ModelRecord = z.infer<typeof ModelRecord>;
/** With what happened to it since. */
export type KeptModel = ModelRecord & {
  readonly deaths: number;
  readonly quarantinedAt: number | null;
  readonly problem: ErrorData | null;
};

export const rolesOf = ({ format }: Pick<ModelRecord, 'format'>): ModelRole[] =>
  format === 'gguf' ? ['intent', 'wording'] : ['embedding'];

/** Memory it needs with so many tokens of context, MB of 1,000,000 bytes. */
export const needOf = (model: Pick<ModelRecord, 'facts' | 'bytes'>, contextTokens: number): number =>
  model.facts.kind === 'gguf'
    ? estimateGguf({ bytes: model.bytes, shape: model.facts.shape, contextTokens })
    : estimateOnnx({ bytes: model.bytes, tokenizerBytes: model.facts.tokenizerBytes });

/** What e5 models want before a text; others were trained without. */
export function prefixesOf(model: Pick<ModelRecord, 'name' | 'facts'>): { query: string; passage: string } {
  const names = model.facts.kind === 'gguf' ? '' : `${model.name} ${model.facts.folder}`;
  return /(^|[^a-z0-9])e5([^a-z0-9]|$)/i.test(names)
    ? { query: 'query: ', passage: 'passage: ' }
    : { query: '', passage: '' };
}
