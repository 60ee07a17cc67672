import type { LoadSpec } from './types.ts';

/** Whether a model that is loaded in one way is loaded in the other too. */
export const isSameLoad = (a: LoadSpec | undefined, b: LoadSpec): boolean =>
  a !== undefined &&
  a.path === b.path &&
  a.contextTokens === b.contextTokens &&
  a.threads === b.threads &&
  a.backend === b.backend &&
  a.prefixes.query === b.prefixes.query &&
  a.prefixes.passage === b.prefixes.passage;
