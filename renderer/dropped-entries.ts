/** Files and folders as a drop hands them over. */

/** A file with its place: `app.log`, or `folder/web/app.log`. */
export type PlacedFile = {
  readonly place: string;
  readonly file: File;
  /** the file as it is now; one that was written to since cannot be read any more */
  readonly again?: () => Promise<File>;
};
/** The files of a drop, and those that the system would not give. */
export type Found = {
  readonly files: readonly PlacedFile[];
  readonly unread: readonly string[];
  /** there were more than were taken */
  readonly hasMore: boolean;
};

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
export const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const byName = (a: FileSystemEntry, b: FileSystemEntry): number => (a.name < b.name ? -1 : 1);

/** What was dropped. To be called within the event: the transfer is empty after it. */
export const readDrop = (
  data: DataTransfer,
): { readonly files: readonly File[]; readonly entries: readonly FileSystemEntry[] } => ({
  files: [...data.files],
  entries: [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null),
});

/** Every file of a folder and of those below it (of a file, itself), in the order of their names; hidden ones are left out. */
export async function filesBelow(from: FileSystemEntry, limit: number, signal: AbortSignal): Promise<Found> {
  const files: PlacedFile[] = [];
  const unread: string[] = [];
  const queue: FileSystemEntry[] = [from];
  for (let entry = queue.shift(); entry; entry = queue.shift()) {
    signal.throwIfAborted();
    if (files.length >= limit) return { files, unread, hasMore: true };
    const place = entry.fullPath.replace(/^\//, '');
    try {
      if (entry !== from && entry.name.startsWith('.')) continue;
      if (isFolder(entry)) queue.push(...(await entriesOf(entry)).sort(byName));
      else if (isFile(entry)) {
        const again = fileOf.bind(null, entry);
        files.push({ place, file: await again(), again });
      }
    } catch {
      unread.push(place);
    }
  }
  return { files, unread, hasMore: false };
}
