export { type CheckedUpdate, makeUpdateKey, signUpdate } from './update-file.ts';
export { createUpdates, type Updates } from './updates.ts';
export { beginStart, cameUp, goBack, openStoreFor, type WayBack, wayBack } from './versions.ts';
