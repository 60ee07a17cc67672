import { gateCases } from '../helpers/gate-answers.ts';
import { BY_HAND, BY_HAND_FREE, BY_HAND_LATER, HAND_FACTS } from '../helpers/gate-answers-by-hand.ts';
import { HOSTILE, HOSTILE_FACTS } from '../helpers/gate-answers-hostile.ts';
import { SLY } from '../helpers/gate-answers-sly.ts';
import { casesByHand, isRefused } from '../helpers/judge-gate.ts';

const EACH = 1000;
/** Seeds the gate's words were written against, and ones it never saw. */
const SEEN = [1, 2, 3];
const HELD_OUT = [51_001, 51_002, 51_003, 51_004, 51_005];

/** Recall on answers with something false planted, and how many honest rewordings are refused with them. */
export async function run(print: (line: string) => void): Promise<void> {
  const kinds = new Map<string, { planted: number; caught: number }>();
  const share = (n: number, of: number): string => `${((100 * n) / Math.max(1, of)).toFixed(2)} %`;
  const measure = (name: string, seeds: readonly number[], byKind: boolean): void => {
    let planted = 0;
    let caught = 0;
    let honest = 0;
    let refused = 0;
    for (const seed of seeds) {
      const cases = gateCases(seed, EACH);
      honest += cases.honest.length;
      refused += cases.honest.filter(isRefused).length;
      for (const c of cases.planted) {
        const isCaught = isRefused(c);
        planted++;
        if (isCaught) caught++;
        if (!byKind) continue;
        const kind = kinds.get(c.planted ?? '') ?? { planted: 0, caught: 0 };
        kinds.set(c.planted ?? '', { planted: kind.planted + 1, caught: kind.caught + (isCaught ? 1 : 0) });
      }
    }
    print(
      `${name.padEnd(28)} planted ${planted}, refused ${caught}: recall ${(caught / planted).toFixed(4)}`,
    );
    print(`${''.padEnd(28)} honest ${honest}, refused ${refused}: false positives ${share(refused, honest)}`);
  };
  measure('seeds it was written on', SEEN, false);
  measure('seeds it never saw', HELD_OUT, true);
  for (const [kind, { planted, caught }] of [...kinds].sort((a, b) => b[1].planted - a[1].planted))
    print(`  ${kind.padEnd(34)} ${caught} of ${planted}`);
  for (const [name, rows, facts] of [
    ['by hand, written before', BY_HAND, HAND_FACTS],
    ['by hand, written after', BY_HAND_LATER, HAND_FACTS],
    ['by hand, freer still', BY_HAND_FREE, HAND_FACTS],
    ['by hand, to get past it', HOSTILE, HOSTILE_FACTS],
    ['by hand, of newer kinds', SLY, HOSTILE_FACTS],
  ] as const) {
    const { honest, planted } = casesByHand(rows, facts);
    print(
      `${name.padEnd(28)} lies refused ${planted.filter(isRefused).length} of ${planted.length}, honest refused ${honest.filter(isRefused).length} of ${honest.length}`,
    );
  }
  const { honest } = gateCases(1, EACH);
  const began = performance.now();
  for (const c of honest) isRefused(c);
  print(`time a line                  ${((performance.now() - began) / honest.length).toFixed(2)} ms`);
}
