import { delay } from './delay/delay.ts';
import type { Kind } from './kind.ts';

/** Every kind of alert about a cell. A delay comes first: the others keep quiet about a cell that has one. */
export const KINDS: readonly Kind[] = [delay];
export const kindOf = (kind: string): Kind | undefined => KINDS.find((one) => one.kind === kind);
