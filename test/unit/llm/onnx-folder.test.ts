// The folder of an embedding model: taken when whole, refused with the very file that is wrong.
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../main/kernel/errors.ts';
import { checkFolder } from '../../../main/llm/registry/check-folder.ts';
import { checkOnnx } from '../../../main/llm/registry/check-onnx.ts';
import { writeEmbedder } from '../../helpers/llm/onnx/make-embedder.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-onnx-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const good = path.join(dir, 'tiny-e5');
beforeAll(() => void writeEmbedder(good));
let made = 0;
/** A copy of the good folder with something spoilt. */
const folder = (spoil: (at: (file: string) => string) => void): string => {
  const copy = path.join(dir, `spoilt-${made++}`);
  cpSync(good, copy, { recursive: true });
  spoil((file) => path.join(copy, file));
  return copy;
};
const config = (change: Record<string, unknown>) => (at: (file: string) => string) => {
  const file = at('config.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }));
};
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 118308185\n`;

// a few messages of onnx.proto, by hand
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const message = (field: number, body: readonly number[]): number[] => [
  ...varint(field * 8 + 2),
  ...varint(body.length),
  ...body,
];
const text = (field: number, value: string): number[] => message(field, [...Buffer.from(value)]);
const onnx = (graph: readonly number[]): Buffer =>
  Buffer.from([...number(1, 8), ...message(7, graph), ...message(8, number(2, 17))]);
const values = [
  ...message(11, text(1, 'input_ids')),
  ...message(11, text(1, 'attention_mask')),
  ...message(12, text(1, 'last_hidden_state')),
];
/** weights kept in another file */
const outside = (location: string): Buffer =>
  onnx([
    ...message(5, [
      ...number(1, 4),
      ...message(13, [...text(1, 'location'), ...text(2, location)]),
      ...number(14, 1),
    ]),
    ...values,
  ]);

const CASES: readonly (readonly [string, string, () => string])[] = [
  ['an empty folder', 'bad-folder', () => path.join(dir)],
  ['no config', 'bad-folder', () => folder((at) => rmSync(at('config.json')))],
  ['no tokenizer', 'bad-folder', () => folder((at) => rmSync(at('tokenizer.json')))],
  ['no settings of the tokenizer', 'bad-folder', () => folder((at) => rmSync(at('tokenizer_config.json')))],
  ['no ONNX file', 'bad-folder', () => folder((at) => rmSync(at('onnx'), { recursive: true }))],
  [
    'the ONNX file in the wrong place',
    'bad-folder',
    () => folder((at) => renameSync(at('onnx/model.onnx'), at('model.onnx'))),
  ],
  [
    'a config that is no JSON',
    'bad-folder-file',
    () => folder((at) => writeFileSync(at('config.json'), '{"model_type": ')),
  ],
  ['a config without a model type', 'bad-folder-file', () => folder(config({ model_type: undefined }))],
  ['a config without a width', 'bad-folder-file', () => folder(config({ hidden_size: undefined }))],
  ['a width of a billion', 'bad-folder-file', () => folder(config({ hidden_size: 1e9 }))],
  ['half a tokenizer', 'bad-folder-file', () => folder((at) => truncateSync(at('tokenizer.json'), 500))],
  [
    'a tokenizer that is a page',
    'bad-folder-file',
    () => folder((at) => writeFileSync(at('tokenizer.json'), '<html></html>')),
  ],
  [
    'a pointer instead of the tokenizer',
    'bad-lfs-pointer',
    () => folder((at) => writeFileSync(at('tokenizer.json'), POINTER)),
  ],
  [
    'a pointer instead of the model',
    'bad-lfs-pointer',
    () => folder((at) => writeFileSync(at('onnx/model.onnx'), POINTER)),
  ],
  ['an empty model', 'bad-empty', () => folder((at) => writeFileSync(at('onnx/model.onnx'), ''))],
  ['half a model', 'bad-onnx', () => folder((at) => truncateSync(at('onnx/model.onnx'), 20_000))],
  [
    'a model with bytes behind it',
    'bad-onnx',
    () => folder((at) => appendFileSync(at('onnx/model.onnx'), Buffer.from([0xff, 0xff, 0xff]))),
  ],
  [
    'a text as the model',
    'bad-onnx',
    () => folder((at) => writeFileSync(at('onnx/model.onnx'), 'これはモデルではありません')),
  ],
  [
    'a model without a graph',
    'bad-onnx',
    () => folder((at) => writeFileSync(at('onnx/model.onnx'), Buffer.from(number(1, 8)))),
  ],
  [
    'a part longer than the file',
    'bad-onnx',
    () =>
      folder((at) =>
        writeFileSync(
          at('onnx/model.onnx'),
          Buffer.from([8, 8, 0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
        ),
      ),
  ],
  [
    'a classifier',
    'bad-embedder',
    () =>
      folder((at) =>
        writeFileSync(
          at('onnx/model.onnx'),
          onnx([
            ...message(11, text(1, 'input_ids')),
            ...message(11, text(1, 'attention_mask')),
            ...message(12, text(1, 'logits')),
          ]),
        ),
      ),
  ],
  [
    'a model of pictures',
    'bad-embedder',
    () =>
      folder((at) =>
        writeFileSync(
          at('onnx/model.onnx'),
          onnx([...message(11, text(1, 'pixel_values')), ...message(12, text(1, 'last_hidden_state'))]),
        ),
      ),
  ],
  [
    'weights that lead out of the folder',
    'bad-onnx',
    () => folder((at) => writeFileSync(at('onnx/model.onnx'), outside('../../secret'))),
  ],
  [
    'weights by an absolute path',
    'bad-onnx',
    () => folder((at) => writeFileSync(at('onnx/model.onnx'), outside('/etc/passwd'))),
  ],
  [
    'weights that are not there',
    'bad-folder',
    () => folder((at) => writeFileSync(at('onnx/model.onnx'), outside('model.onnx_data'))),
  ],
  [
    'a file that is a link',
    'bad-folder-link',
    () =>
      folder((at) => {
        renameSync(at('tokenizer.json'), at('blob'));
        symlinkSync(at('blob'), at('tokenizer.json'));
      }),
  ],
  [
    'a folder that is a link',
    'bad-folder-link',
    () =>
      folder((at) => {
        renameSync(at('onnx'), at('blobs'));
        symlinkSync(at('blobs'), at('onnx'));
      }),
  ],
  [
    'a folder where a file should be',
    'bad-no-file',
    () =>
      folder((at) => {
        rmSync(at('config.json'));
        mkdirSync(at('config.json'));
      }),
  ],
  [
    'another way of pooling',
    'bad-embedder',
    () =>
      folder((at) => {
        mkdirSync(at('1_Pooling'));
        writeFileSync(
          at('1_Pooling/config.json'),
          JSON.stringify({ pooling_mode_mean_tokens: false, pooling_mode_max_tokens: true }),
        );
      }),
  ],
];

describe('folders that are refused', () => {
  it.each(CASES)('%s: models.%s', async (_what, code, make) => {
    const error = await checkFolder(make()).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe(`models.${code}`);
  });
});

describe('folders that are taken', () => {
  it('says what the model is and which files it needs', async () => {
    writeFileSync(path.join(good, 'README.md'), 'not needed');
    const facts = await checkFolder(good);
    expect(facts).toMatchObject({
      architecture: 'bert',
      name: 'tiny-e5',
      dimensions: 32,
      trainedContext: 64,
      main: 'onnx/model.onnx',
      quantisation: null,
    });
    expect(facts.files.map((f) => f.path)).toEqual([
      'config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'onnx/model.onnx',
    ]);
    expect(facts.parameters).toBeGreaterThan(60_000);
  });
  it('prefers the quantised file, and takes weights that lie beside it', async () => {
    const whole = folder((at) => {
      writeFileSync(at('onnx/model_quantized.onnx'), outside('weights.bin'));
      writeFileSync(at('onnx/weights.bin'), Buffer.alloc(16));
    });
    const facts = await checkFolder(whole);
    expect(facts.main).toBe('onnx/model_quantized.onnx');
    expect(facts.files.map((f) => f.path)).toContain('onnx/weights.bin');
    expect(facts.files.map((f) => f.path)).not.toContain('onnx/model.onnx');
  });
});

it('whatever happens to an ONNX file, it is read within its bounds and the answer is facts or a sentence', async () => {
  const bytes = readFileSync(path.join(good, 'onnx/model.onnx'));
  const file = path.join(dir, 'spoilt.onnx');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(bytes.length - 10), fc.uint8Array({ minLength: 1, maxLength: 9 })), {
        maxLength: 6,
      }),
      fc.option(fc.nat(bytes.length)),
      async (changes, cut) => {
        const copy = Buffer.from(bytes);
        for (const [at, change] of changes) copy.set(change, at);
        writeFileSync(file, cut === null ? copy : copy.subarray(0, cut));
        const outcome = await checkOnnx(file).then(
          () => 'taken',
          (thrown: unknown) => (thrown instanceof AppError ? thrown.code : thrown),
        );
        expect(outcome).toMatch(/^(taken|models\.bad-(onnx|empty|lfs-pointer))$/);
      },
    ),
    { numRuns: 200, seed: 7 },
  );
});
