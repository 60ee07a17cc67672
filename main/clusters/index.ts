export { createClusters } from './clusters.ts';
export { dbscan } from './dbscan.ts';
export type { Clusters, Findable, GroupedIncident, Novelty } from './types.ts';
