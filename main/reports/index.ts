export type { Reports } from './door.ts';
export { createReports } from './reports.ts';
