/** What was dropped or picked, as models: by their path where the shell knows it, else as files to be sent. */
import { EMBEDDER_FILES } from '../../../main/llm/contract/models.ts';
import { filesBelow, isFolder, type PlacedFile, readDrop } from '../../dropped-entries.ts';
import type { WordableError } from '../../errors.ts';
import { pathsOf } from '../../shell-bridge.ts';

export type Taken =
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'files'; readonly models: readonly TakenModel[] };
export type TakenModel = {
  readonly name: string;
  readonly files: readonly PlacedFile[];
  /** why there is nothing to send */
  readonly error: WordableError | null;
};

/** a folder with more files than this is no folder of models */
const LIMIT = 2000;

export function takePicked(files: readonly File[]): Taken {
  const paths = pathsOf(files);
  return paths
    ? { kind: 'paths', paths }
    : { kind: 'files', models: files.map((file) => single({ place: file.name, file })) };
}

/** To be called within the event. A folder may be an embedding model, or hold GGUF files and such folders. */
export async function takeDropped(data: DataTransfer): Promise<Taken> {
  const { files, entries } = readDrop(data);
  if (!entries.some(isFolder)) return takePicked(files);
  const paths = pathsOf(files);
  const models: TakenModel[] = [];
  const found: string[] = [];
  for (const [i, entry] of entries.entries()) {
    const below = await filesBelow(entry, LIMIT, new AbortController().signal);
    const inside = isFolder(entry) ? modelsOf(below.files) : below.files.map(single);
    const lie = inside.length > 0 ? pathsIn(inside) : null;
    found.push(...(lie ?? (paths?.[i] ? [paths[i]] : [])));
    models.push(...(inside.length > 0 ? inside : [nothingIn(entry.name)]));
  }
  return paths ? { kind: 'paths', paths: found } : { kind: 'files', models };
}

/** Where each lies: of a folder, what its config.json lies in. */
const pathsIn = (models: readonly TakenModel[]): string[] | null =>
  pathsOf(models.flatMap(({ files: [first] }) => first?.file ?? []))?.map((at) =>
    at.replace(/[\\/]config\.json$/, ''),
  ) ?? null;

const single = (placed: PlacedFile): TakenModel => ({
  name: placed.file.name,
  files: [{ ...placed, place: placed.file.name }],
  error: null,
});
const nothingIn = (name: string): TakenModel => ({
  name,
  files: [],
  error: { code: 'models.bad-folder', params: { missing: EMBEDDER_FILES.needed[0] } },
});

/** Each GGUF file, and each folder with a config.json as an embedding model, of which only what is read is sent. */
function modelsOf(files: readonly PlacedFile[]): TakenModel[] {
  const roots = files
    .filter(({ place }) => /^[^/]+(?:\/[^/]+)*\/config\.json$/.test(place) && !/\/1_Pooling\//.test(place))
    .map(({ place }) => place.slice(0, -'/config.json'.length));
  const models = roots.flatMap((root): TakenModel[] => {
    const own = files.filter(({ place }) => place.startsWith(`${root}/`));
    const at = (name: string): PlacedFile[] => own.filter(({ place }) => place === `${root}/${name}`);
    const main = EMBEDDER_FILES.main.map(at).find((there) => there.length > 0) ?? [];
    // a GGUF file beside its publisher's config.json
    if (main.length === 0 && own.some(isGguf)) return [];
    const folder = root.slice(root.lastIndexOf('/') + 1);
    const weights = own.filter(
      ({ place }) => /^onnx\/[^/]+$/.test(place.slice(root.length + 1)) && !/\.onnx$/i.test(place),
    );
    const needed = [...EMBEDDER_FILES.needed, ...EMBEDDER_FILES.extra].flatMap(at);
    return [
      {
        name: folder,
        files: [...needed, ...weights, ...main].map((placed) => ({
          ...placed,
          place: `${folder}${placed.place.slice(root.length)}`,
        })),
        error: null,
      },
    ];
  });
  return [...files.filter(isGguf).map(single), ...models];
}
const isGguf = ({ place }: PlacedFile): boolean => /\.gguf$/i.test(place);
