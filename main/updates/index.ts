export { type CheckedUpdate, makeUpdateKey, signUpdate } from './update-file.ts';
export { createUpdates, type Updates } from './updates.ts';
