import { setFlagsFromString } from 'node:v8';

/**
 * V8 sizes its heaps by what the machine has and gives back late: six threads held twice what they used. Here a heap grows by a fifth of what
 * is alive, and the space of young objects stays small, in this thread and in those started later. Costs about a quarter more
 * processor time under full load; `npm run bench -- memory` measures both.
 */
export function spareMemory(): void {
  for (const flag of [
    '--heap-growing-percent=20',
    '--semi-space-growth-factor=1',
    '--min-semi-space-size=4',
    '--max-semi-space-size=4',
  ])
    setFlagsFromString(flag);
}
