/** What was dropped or picked, as models: by their path where the shell knows it, else as files to be sent. */
import { shellBridge } from '../../shell-bridge.ts';
import type { PlacedFile } from '../../stores/model-uploads.ts';

export type Taken =
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'files'; readonly models: readonly (readonly PlacedFile[])[] };

const LIMIT = 200;
const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
/** `readEntries` gives at most 100 at a time and an empty list at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

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
  // all must be read at once: the transfer is empty after the event
  const files = [...data.files];
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
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
