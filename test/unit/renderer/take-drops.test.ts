// What becomes of what was dropped: read where it lies where the shell knows the place, else sent as files.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { filesBelow } from '../../../renderer/dropped-entries.ts';
import { takeDropped as takeLogs } from '../../../renderer/screens/logs/take-logs.ts';
import { takeDropped as takeModels } from '../../../renderer/screens/models/take-files.ts';

type Tree = { readonly [name: string]: Uint8Array | string | Tree };
const isTree = (node: Tree[string]): node is Tree =>
  typeof node === 'object' && !(node instanceof Uint8Array);

/** As a browser gives it: folders a hundred names at a time. */
function entryOf(node: Tree[string], fullPath: string): FileSystemEntry {
  const name = fullPath.slice(fullPath.lastIndexOf('/') + 1);
  const about = { name, fullPath, isFile: !isTree(node), isDirectory: isTree(node) };
  if (isTree(node)) {
    const below = Object.entries(node).map(([n, child]) => entryOf(child, `${fullPath}/${n}`));
    const createReader = () => {
      let at = 0;
      return {
        readEntries(take: (some: FileSystemEntry[]) => void): void {
          take(below.slice(at, at + 100));
          at += 100;
        },
      };
    };
    return { ...about, createReader } as unknown as FileSystemEntry;
  }
  const file = (take: (file: File) => void, refuse: (why: unknown) => void) =>
    name === 'refused.log'
      ? refuse(new DOMException('no', 'NotReadableError'))
      : take(fileOf(node, fullPath));
  return { ...about, file } as unknown as FileSystemEntry;
}
const places = new WeakMap<File, string>();
function fileOf(node: Tree[string], fullPath: string): File {
  const content = isTree(node) ? '' : typeof node === 'string' ? node : Uint8Array.from(node);
  const file = new File([content], fullPath.slice(fullPath.lastIndexOf('/') + 1));
  places.set(file, `/media/usb${fullPath}`);
  return file;
}
const dropOf = (tree: Tree): DataTransfer =>
  ({
    files: Object.entries(tree).map(([name, node]) => fileOf(node, `/${name}`)),
    items: Object.entries(tree).map(([name, node]) => ({
      webkitGetAsEntry: () => entryOf(node, `/${name}`),
    })),
  }) as unknown as DataTransfer;

const go = new AbortController().signal;
const inShell = (): void => {
  vi.stubGlobal('window', { toride: { connect: () => {}, pathOf: (file: File) => places.get(file) ?? '' } });
};
beforeEach(() => void vi.stubGlobal('window', {}));
afterEach(() => void vi.unstubAllGlobals());

const BINARY = Uint8Array.of(0x89, 0x50, 0, 0);

describe('logs', () => {
  test('of a folder: each with its place, apart from what is empty, no text, hidden or refused', async () => {
    const [given] = takeLogs(
      dropOf({
        夜間: {
          'app.log': 'a line\n',
          web: { 'app.log': 'a line\n', 'trace.1': 'text', 'core.1': BINARY, 'odd.log': BINARY },
          'empty.log': '',
          'refused.log': 'x',
          '.hidden.log': 'x',
          nothing: {},
        },
      }),
    );
    expect(given).toMatchObject({ name: '夜間', isFolder: true, path: null });
    const gathered = await given?.gather(go);
    expect(gathered?.files.map(({ place }) => place)).toEqual([
      '夜間/app.log',
      '夜間/web/app.log',
      '夜間/web/odd.log',
      '夜間/web/trace.1',
    ]);
    expect(gathered?.leftOut).toEqual({
      notLogs: ['夜間/web/core.1'],
      empty: ['夜間/empty.log'],
      unread: ['夜間/refused.log'],
      beyond: null,
    });
  });

  test('UTF-16, gzip and zip are logs whatever they are called', async () => {
    const given = takeLogs(
      dropOf({
        wide: Uint8Array.of(0xff, 0xfe, 0x41, 0),
        packed: Uint8Array.of(0x1f, 0x8b, 8, 0),
        archive: Uint8Array.of(0x50, 0x4b, 3, 4, 0),
      }),
    );
    for (const one of given) expect((await one.gather(go)).files).toHaveLength(1);
  });

  test('in the shell are read where they lie, folders too', () => {
    inShell();
    const given = takeLogs(dropOf({ 'app.log': 'x', 夜間: { 'a.log': 'x' } }));
    expect(given.map(({ name, path }) => [name, path])).toEqual([
      ['app.log', '/media/usb/app.log'],
      ['夜間', '/media/usb/夜間'],
    ]);
  });

  test('are all found in a folder of hundreds; past the limit the rest is said to be there', async () => {
    const many = Object.fromEntries(Array.from({ length: 450 }, (_, i) => [`${i}.log`, 'x']));
    const entry = entryOf(many, '/many');
    expect((await filesBelow(entry, 5000, go)).files).toHaveLength(450);
    expect(await filesBelow(entry, 300, go)).toMatchObject({ files: { length: 300 }, hasMore: true });
    expect(await filesBelow(entry, 450, go)).toMatchObject({ files: { length: 450 }, hasMore: false });
  });

  test('a folder that is being looked into can be given up', async () => {
    const entry = entryOf({ 'a.log': 'x' }, '/many');
    await expect(filesBelow(entry, 10, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('models', () => {
  const embedder: Tree = {
    'config.json': '{}',
    'tokenizer.json': '{}',
    'tokenizer_config.json': '{}',
    'README.md': '#',
    '1_Pooling': { 'config.json': '{}' },
    onnx: { 'model.onnx': 'x', 'model_quantized.onnx': 'x', 'model_fp16.onnx': 'x', 'model.onnx_data': 'x' },
  };
  const usb: Tree = {
    usb: { e5: embedder, gguf: { 'a.GGUF': 'x', 'config.json': '{}' }, '.git': { config: 'x' } },
  };

  test('of a folder: each GGUF file, and each ONNX folder with what is read of it', async () => {
    const taken = await takeModels(dropOf(usb));
    const models = taken.kind === 'files' ? taken.models : [];
    expect(models.map(({ name, files }) => [name, files.map(({ place }) => place)])).toEqual([
      ['a.GGUF', ['a.GGUF']],
      [
        'e5',
        [
          'e5/config.json',
          'e5/tokenizer.json',
          'e5/tokenizer_config.json',
          'e5/1_Pooling/config.json',
          'e5/onnx/model.onnx_data',
          'e5/onnx/model_quantized.onnx',
        ],
      ],
    ]);
  });

  test('in the shell are looked at where they lie', async () => {
    inShell();
    expect(await takeModels(dropOf(usb))).toEqual({
      kind: 'paths',
      paths: ['/media/usb/usb/gguf/a.GGUF', '/media/usb/usb/e5'],
    });
    expect(await takeModels(dropOf({ e5: embedder, 'b.gguf': 'x' }))).toEqual({
      kind: 'paths',
      paths: ['/media/usb/e5', '/media/usb/b.gguf'],
    });
    // what is missing is said of the folder itself
    expect(await takeModels(dropOf({ photos: { 'a.png': 'x' } }))).toEqual({
      kind: 'paths',
      paths: ['/media/usb/photos'],
    });
  });

  test('a folder without any is named with what it lacks', async () => {
    const taken = await takeModels(dropOf({ photos: { 'a.png': 'x' } }));
    expect(taken.kind === 'files' && taken.models).toMatchObject([
      { name: 'photos', files: [], error: { code: 'models.bad-folder', params: { missing: 'config.json' } } },
    ]);
  });
});
