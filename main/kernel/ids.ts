import { randomBytes, randomUUID } from 'node:crypto';

/** A source of chance, injectable so that two runs on the same data give the same ids. */
export type RandomHex = (bytes: number) => string;
export const systemRandomHex: RandomHex = (bytes) => randomBytes(bytes).toString('hex');
export const newId = (): string => randomUUID();
/** `SGT` + yyyymmdd + `-` + 8 hex digits; `date` is `2026-11-21` in the site's zone. */
export const proposalId = (date: string, hex: RandomHex = systemRandomHex): string =>
  `SGT${date.replaceAll('-', '')}-${hex(4)}`;
