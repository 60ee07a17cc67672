export type { Models } from './door.ts';
export { createModels } from './models.ts';
export type { ModelsChild, SpawnModels } from './runtime-door.ts';
