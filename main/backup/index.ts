export { readArchive } from './archive.ts';
export { type Backups, createBackups } from './backups.ts';
export { restoreBackup } from './restore.ts';
