import { COMPUTE } from './compute.ts';
import { HOSTS } from './hosts.ts';
import { SERVICES } from './services.ts';

export { drawStory, type Story } from './draw-story.ts';
export const STORIES = [...COMPUTE, ...HOSTS, ...SERVICES];
/** Nothing in the miner was made with these in view. */
export const KEPT_BLIND: readonly string[] = [
  'edge firewall',
  'relational database server',
  'desktop computer',
  'service in json',
];
