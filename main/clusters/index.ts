export { createClusters } from './clusters.ts';
export type { Clusters, Findable, Novelty } from './door.ts';
export { scanDensity } from './scan-density.ts';
