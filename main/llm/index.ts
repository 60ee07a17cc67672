export { createModels } from './models.ts';
export type { ModelsChild, SpawnModels } from './runtime-door.ts';
export type { Models } from './types.ts';
