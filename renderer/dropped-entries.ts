/** Files and folders as a drop hands them over. */

export const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
/** `readEntries` gives at most 100 at a time and an empty list at the end. */
export async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
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
export const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
export const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** What was dropped. To be called within the event: the transfer is empty after it. */
export const readDrop = (data: DataTransfer): { files: File[]; entries: FileSystemEntry[] } => ({
  files: [...data.files],
  entries: [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null),
});
