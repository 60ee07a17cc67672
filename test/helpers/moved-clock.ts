import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The environment of a process for which it is now `at` (epoch ms), and time goes on from there. */
export const clockFrom = (at: number): Record<string, string> => ({
  NODE_OPTIONS: `--import=${pathToFileURL(path.join(import.meta.dirname, 'moved-clock.mjs'))}`,
  TEST_CLOCK_OFFSET_MS: String(at - Date.now()),
});
