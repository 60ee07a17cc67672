import type { ModelSettings } from './contract/models.ts';

/** Until a person chooses otherwise. */
export const DEFAULT_MODEL_SETTINGS: Omit<ModelSettings, 'server'> & {
  readonly server: Omit<ModelSettings['server'], 'hasKey'>;
} = {
  contextTokens: 4096,
  idleMinutes: 15,
  backend: 'auto',
  threads: null,
  server: { enabled: false, url: '', intent: '', wording: '', embedding: '' },
};

/** The intent model's prompt holds the intents, the master data's names and one question: it needs no more. */
export const INTENT_CONTEXT = 2048;
/** A model that took its process down so often is not loaded again before a person says so. */
export const DEATHS_TO_QUARANTINE = 2;
/** Above this share of what is free, a model that fits leaves little to the rest of the computer. */
export const TIGHT_SHARE = 0.75;
/** How often it is looked whether models that play a role find room in memory, ms. */
export const LOOK_FOR_ROOM_MS = 10_000;
/** Kept free on the disk beside a copy, bytes. */
export const DISK_RESERVE = 200_000_000;
/** How much of a copy is on the disk for sure before that is written down, bytes. */
export const DURABLE_EVERY = 64 * 1024 * 1024;
/** Half-imported files that nobody went on with go after so long, ms. */
export const KEEP_PARTS_MS = 14 * 24 * 3_600_000;
