export { createClusters } from './clusters.ts';
export type { Clusters, Findable, GroupedIncident, Novelty } from './door.ts';
export { scanDensity } from './scan-density.ts';
