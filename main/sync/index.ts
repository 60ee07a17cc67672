export { fillCompany } from './fill-company.ts';
export { type Data, watchData } from './freshness.ts';
export { parseCompanyUrl } from './parse-url.ts';
export { createSync, type Sync } from './sync.ts';
export type { SecretStore } from './types.ts';
