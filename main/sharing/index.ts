export { createSharing } from './sharing.ts';
