const LIMIT = 500;

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

/** Every file that was dropped, those in dropped folders too; at most 500. */
export async function filesOf(data: DataTransfer): Promise<File[]> {
  // both must be read at once: the transfer is empty after the event
  const plain = [...data.files];
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (!entries.some(isFolder)) return plain.slice(0, LIMIT);
  const files: File[] = [];
  const queue: FileSystemEntry[] = entries;
  for (let entry = queue.shift(); entry && files.length < LIMIT; entry = queue.shift()) {
    if (isFolder(entry)) queue.push(...(await entriesOf(entry)));
    else if (isFile(entry) && !entry.name.startsWith('.')) files.push(await fileOf(entry));
  }
  return files;
}
