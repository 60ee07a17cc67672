import { entriesOf, fileOf, isFile, isFolder, readDrop } from '../../dropped-entries.ts';

const LIMIT = 500;

/** Every file that was dropped, those in dropped folders too; at most 500. */
export async function filesOf(data: DataTransfer): Promise<File[]> {
  const { files: plain, entries: queue } = readDrop(data);
  if (!queue.some(isFolder)) return plain.slice(0, LIMIT);
  const files: File[] = [];
  for (let entry = queue.shift(); entry && files.length < LIMIT; entry = queue.shift()) {
    if (isFolder(entry)) queue.push(...(await entriesOf(entry)));
    else if (isFile(entry) && !entry.name.startsWith('.')) files.push(await fileOf(entry));
  }
  return files;
}
