import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import { fileError } from '../registry/file-errors.ts';
import { ARCHITECTURES, type Architecture, type GgufShape } from './architectures.ts';
import { type GgufHeader, type GgufTensor, readGgufHeader } from './read-header.ts';
import { HEAD_BYTES, whyNotGguf } from './recognise-file.ts';
import { nameQuantisation, TENSOR_TYPES } from './tensor-types.ts';

/** What a GGUF file is, told from its header. */
export type GgufFacts = {
  readonly architecture: string;
  /** general.name */
  readonly name: string | null;
  readonly quantisation: string | null;
  readonly parameters: number;
  /** tokens */
  readonly trainedContext: number;
  readonly bytes: number;
  readonly shape: GgufShape;
};
type Placed = GgufTensor & { readonly bytes: number };

const badKey = (key: string): AppError => new AppError('models.bad-key', { key });
const badTokenizer = (detail: string): AppError => new AppError('models.bad-tokenizer', { detail });

/**
 * Whether the native loader may be given this file: it aborts the whole process on some damaged ones, so everything it asserts is
 * checked here first. Reads the header and the norms, at most 0.5 s for a model of 4B.
 * @throws AppError `models.bad-*`, one code for each kind of damage
 */
export async function validateGguf(file: string): Promise<GgufFacts> {
  try {
    // opening a pipe would wait for its writer
    const seen = await stat(file);
    if (!seen.isFile()) throw new AppError('models.bad-no-file', { file: path.basename(file) });
    await using handle = await open(file, 'r');
    const { size } = await handle.stat();
    const head = Buffer.alloc(Math.min(HEAD_BYTES, size));
    await handle.read(head, 0, head.length, 0);
    const other = whyNotGguf(head, size);
    if (other) throw other;
    const header = await readGgufHeader(handle, size);
    const { architecture, shape, trainedContext } = checkMetadata(header);
    const { tensors, dataStart } = placeTensors(header, size);
    checkTensors(architecture.tensors(shape), tensors);
    for (const t of tensors.values())
      if (t.type === 0 && /norm\.weight$/.test(t.name)) {
        const values = Buffer.alloc(t.bytes);
        await handle.read(values, 0, t.bytes, dataStart + t.offset);
        checkNorm(t.name, values);
      }
    const bytesByType = new Map<number, number>();
    for (const t of tensors.values()) bytesByType.set(t.type, (bytesByType.get(t.type) ?? 0) + t.bytes);
    const name = header.metadata.get('general.name');
    return {
      architecture: String(header.metadata.get('general.architecture')),
      name: typeof name === 'string' && name.trim() ? name.trim().slice(0, 200) : null,
      quantisation: nameQuantisation(header.metadata.get('general.file_type'), bytesByType),
      parameters: header.tensors.reduce((sum, t) => sum + t.dims.reduce((x, y) => x * y, 1), 0),
      trainedContext,
      bytes: size,
      shape,
    };
  } catch (thrown) {
    throw fileError(thrown, file);
  }
}

function checkMetadata({ metadata, vocabulary }: GgufHeader): {
  architecture: Architecture;
  shape: GgufShape;
  trainedContext: number;
} {
  const found = metadata.get('general.architecture');
  const part = metadata.get('split.count');
  if (typeof part === 'number' && part > 1) throw new AppError('models.bad-split', { parts: part });
  if (metadata.get('general.type') === 'adapter') throw new AppError('models.bad-adapter');
  if (found === 'clip' || metadata.get('general.type') === 'mmproj')
    throw new AppError('models.bad-projector');
  if (typeof found !== 'string') throw badKey('general.architecture');
  const architecture = Object.hasOwn(ARCHITECTURES, found) ? ARCHITECTURES[found] : undefined;
  if (!architecture)
    throw new AppError('models.bad-architecture', {
      found: found.slice(0, 40),
      known: Object.keys(ARCHITECTURES).join(', '),
    });

  const at = (name: string): string => `${found}.${name}`;
  const whole = (key: string, low: number, high: number): number => {
    const value = metadata.get(key);
    if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high)
      throw badKey(key);
    return value;
  };
  const wholeOr = (key: string, fallback: number, low: number, high: number): number =>
    metadata.has(key) ? whole(key, low, high) : fallback;
  const positive = (key: string, below: number): void => {
    const value = metadata.get(key);
    if (typeof value !== 'number' || !(value > 0 && value < below)) throw badKey(key);
  };

  const align = wholeOr('general.alignment', 32, 8, 4096);
  if ((align & (align - 1)) !== 0) throw badKey('general.alignment');
  const layers = whole(at('block_count'), 1, 256);
  const trainedContext = whole(at('context_length'), 128, 2 ** 24);
  const embedding = whole(at('embedding_length'), 1, 2 ** 16);
  const feedForward = whole(at('feed_forward_length'), 1, 2 ** 20);
  const heads = whole(at('attention.head_count'), 1, 1024);
  const kvHeads = wholeOr(at('attention.head_count_kv'), heads, 1, 1024);
  if (heads % kvHeads !== 0) throw badKey(at('attention.head_count_kv'));
  const headSize = wholeOr(at('attention.key_length'), embedding / heads, 8, 1024);
  if (!Number.isInteger(headSize) || (architecture.hasFixedHeads && headSize * heads !== embedding))
    throw badKey(at('attention.head_count'));
  for (const key of [at('attention.value_length'), at('rope.dimension_count')])
    if (metadata.has(key) && metadata.get(key) !== headSize) throw badKey(key);
  positive(at('attention.layer_norm_rms_epsilon'), 0.1);
  for (const key of ['rope.freq_base', 'rope.freq_base_swa', 'rope.scaling.factor'].map(at))
    if (metadata.has(key)) positive(key, 1e12);
  const scaling = metadata.get(at('rope.scaling.type'));
  if (scaling !== undefined && !['none', 'linear', 'yarn'].includes(String(scaling)))
    throw badKey(at('rope.scaling.type'));
  const window = wholeOr(at('attention.sliding_window'), 0, 0, 2 ** 24);
  const slidingPattern = wholeOr(at('attention.sliding_window_pattern'), 6, 1, 256);
  // these switch on code, and assertions, that the two dense decoders never use
  for (const key of metadata.keys())
    if (
      key.startsWith(`${found}.`) &&
      /\.(expert|nextn|moe|leading_dense|hyper_connection|ssm|pooling_type|features_length|attention\.causal)/.test(
        key,
      )
    )
      throw badKey(key);

  const tokenizer = metadata.get('tokenizer.ggml.model');
  if (tokenizer !== architecture.tokenizer) throw badTokenizer(`tokenizer.ggml.model: ${String(tokenizer)}`);
  if (!vocabulary || vocabulary.length < 256) throw badTokenizer('tokenizer.ggml.tokens');
  if (vocabulary.duplicate !== null)
    throw new AppError('models.bad-duplicate', {
      what: JSON.stringify(Buffer.from(vocabulary.duplicate, 'latin1').toString('utf8')),
    });
  const split = metadata.get('tokenizer.ggml.pre');
  if (architecture.splits && !architecture.splits.includes(String(split)))
    throw badTokenizer(`tokenizer.ggml.pre: ${String(split)}`);
  const lists: readonly (readonly [string, number, boolean, boolean])[] = [
    ['merges', 8, tokenizer === 'gpt2', false],
    ['scores', 6, false, true],
    ['token_type', 5, tokenizer === 'llama', true],
  ];
  for (const [name, type, isNeeded, isPerToken] of lists) {
    const key = `tokenizer.ggml.${name}`;
    const value = metadata.get(key);
    if (value === undefined && !isNeeded) continue;
    if (typeof value !== 'object' || value.type !== type) throw badTokenizer(key);
    if (isPerToken && value.length !== vocabulary.length) throw badTokenizer(`${key}: ${value.length}`);
  }
  if (tokenizer === 'llama' && !vocabulary.hasByteTokens) throw badTokenizer('<0x0A>');
  return {
    architecture,
    trainedContext,
    shape: {
      layers,
      embedding,
      feedForward,
      heads,
      kvHeads,
      headSize,
      vocabulary: vocabulary.length,
      slidingWindow: window > 0 ? window : null,
      slidingPattern,
    },
  };
}

/** Every tensor of a type we know, each right after the one before, and the file long enough for all of them. */
function placeTensors(
  { metadata, tensors, headerEnd }: GgufHeader,
  size: number,
): { tensors: ReadonlyMap<string, Placed>; dataStart: number } {
  const align = Number(metadata.get('general.alignment') ?? 32);
  const padded = (n: number): number => Math.ceil(n / align) * align;
  const dataStart = padded(headerEnd);
  const byName = new Map<string, Placed>();
  let next = 0;
  let end = 0;
  for (const t of tensors) {
    const type = TENSOR_TYPES[t.type];
    const spoilt = (detail: string): AppError => new AppError('models.bad-tensor', { name: t.name, detail });
    if (byName.has(t.name)) throw new AppError('models.bad-duplicate', { what: t.name });
    if (!type) throw spoilt(`type ${t.type}`);
    if (t.dims.some((d) => d < 1 || d > 2 ** 32) || (t.dims[0] ?? 0) % type.elements !== 0)
      throw spoilt(`[${t.dims.join(', ')}]`);
    if (t.offset !== next) throw spoilt(`offset ${t.offset}`);
    const bytes = (t.dims.reduce((x, y) => x * y, 1) / type.elements) * type.bytes;
    byName.set(t.name, { ...t, bytes });
    end = next + bytes;
    next += padded(bytes);
  }
  if (size < dataStart + end)
    throw new AppError('models.bad-incomplete', { have: size, need: dataStart + end });
  return { tensors: byName, dataStart };
}

/** Exactly the tensors that the architecture is made of, in the shapes that its numbers say. */
function checkTensors(
  wanted: ReturnType<Architecture['tensors']>,
  tensors: ReadonlyMap<string, Placed>,
): void {
  for (const [name, dims] of [...wanted.required, ...wanted.optional]) {
    const t = tensors.get(name);
    if (!t && wanted.optional.has(name)) continue;
    if (!t) throw new AppError('models.bad-missing-tensor', { name });
    if (t.dims.join() !== dims.join())
      throw new AppError('models.bad-tensor', {
        name,
        detail: `[${t.dims.join(', ')}] ≠ [${dims.join(', ')}]`,
      });
  }
  for (const name of tensors.keys())
    if (!wanted.required.has(name) && !wanted.optional.has(name) && name !== 'rope_freqs.weight')
      throw new AppError('models.bad-tensor', { name, detail: 'unknown' });
}

/** No trained norm is all zeros or holds a NaN: such bytes were never written, or were lost. */
function checkNorm(name: string, values: Buffer): void {
  let isBlank = true;
  for (let i = 0; i + 4 <= values.length; i += 4) {
    const value = values.readFloatLE(i);
    if (!Number.isFinite(value)) throw new AppError('models.bad-values', { name });
    if (value !== 0) isBlank = false;
  }
  if (isBlank) throw new AppError('models.bad-blank');
}
