/** What was dropped or picked, as models: by their path where the shell knows it, else as files to be sent. */
import { entriesOf, fileOf, isFile, isFolder, readDrop } from '../../dropped-entries.ts';
import { shellBridge } from '../../shell-bridge.ts';
import type { PlacedFile } from '../../stores/model-uploads.ts';

export type Taken =
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'files'; readonly models: readonly (readonly PlacedFile[])[] };

const LIMIT = 200;

/** Every file of a folder with its place, `folder/onnx/model.onnx`; hidden ones left out. */
async function filesIn(folder: FileSystemDirectoryEntry): Promise<PlacedFile[]> {
  const files: PlacedFile[] = [];
  const queue: FileSystemEntry[] = [folder];
  for (let entry = queue.shift(); entry && files.length < LIMIT; entry = queue.shift()) {
    if (entry.name.startsWith('.')) continue;
    if (isFolder(entry)) queue.push(...(await entriesOf(entry)));
    else if (isFile(entry))
      files.push({ place: entry.fullPath.replace(/^\//, ''), file: await fileOf(entry) });
  }
  return files;
}

const pathsOf = (files: readonly File[]): string[] => {
  const pathOf = shellBridge()?.pathOf;
  return pathOf ? files.map((file) => pathOf(file)).filter(Boolean) : [];
};

export function takePicked(files: readonly File[]): Taken {
  const paths = pathsOf(files);
  return paths.length === files.length
    ? { kind: 'paths', paths }
    : { kind: 'files', models: files.map((file) => [{ place: file.name, file }]) };
}

export async function takeDropped(data: DataTransfer): Promise<Taken> {
  const { files, entries } = readDrop(data);
  const paths = pathsOf(files);
  if (files.length > 0 && paths.length === files.length) return { kind: 'paths', paths };
  if (!entries.some(isFolder)) return takePicked(files);
  const models: PlacedFile[][] = [];
  for (const entry of entries) {
    if (isFolder(entry)) models.push(await filesIn(entry));
    else if (isFile(entry)) models.push([{ place: entry.name, file: await fileOf(entry) }]);
  }
  return { kind: 'files', models: models.filter((placed) => placed.length > 0) };
}
