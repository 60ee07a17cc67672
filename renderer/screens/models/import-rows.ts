import type { TaskView } from '../../../main/api/contract/system.ts';
import type { ModelUpload } from '../../stores/model-uploads.ts';

/** Models the engine is taking in now. */
export const runningImports = (tasks: readonly TaskView[]): TaskView[] =>
  tasks.filter(({ kind, state }) => kind === 'model-import' && state === 'running');

/** Uploads with a row of their own: once one is whole, the engine's own task says how far it is looked at, and the two are one row. */
export const ownRows = (uploads: readonly ModelUpload[], tasks: readonly TaskView[]): ModelUpload[] => {
  const told = new Set(runningImports(tasks).map(({ about }) => about));
  return uploads.filter(({ state, name }) => state !== 'checking' || !told.has(name));
};
