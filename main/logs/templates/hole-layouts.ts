import type { Scanner } from '../scan-tokens.ts';
import type { Span } from './align-holes.ts';

/** Lines of one template may be written in many ways, as when a hole holds words; so many are known. */
const MAX_WAYS = 1024;

/** By which tokens of a scanned line each hole begins and ends. `gaps`: where white space stood between them. */
export type Layout = {
  readonly gaps: number;
  readonly first: readonly number[];
  readonly last: readonly number[];
};

/**
 * Where the holes of one template stand among the tokens of a line, learnt once for each way in which its lines are written, so that
 * the next such line need not be laid against the template's parts.
 */
export class HoleLayouts {
  private readonly bySignature = new Map<number, Layout | null>();

  /** null: it is not known how this line lies. @param align what lays it against the parts, one span a hole */
  of(scanner: Scanner, align: () => readonly Span[]): Layout | null {
    const { signature } = scanner;
    let layout = this.bySignature.get(signature);
    if (layout === undefined) {
      if (this.bySignature.size >= MAX_WAYS) return null;
      layout = learnt(scanner, align());
      this.bySignature.set(signature, layout);
    }
    return layout?.gaps === gapsOf(scanner) ? layout : null;
  }
}

/** null: some hole is not found, or does not begin and end with tokens. */
function learnt(scanner: Scanner, spans: readonly Span[]): Layout | null {
  const { start, end, count } = scanner;
  const [first, last]: [number[], number[]] = [[], []];
  for (const [from, to] of spans) {
    const [a, b] = [start.subarray(0, count).indexOf(from), end.subarray(0, count).indexOf(to)];
    if (to === 0 || a < 0 || b < a) return null;
    first.push(a);
    last.push(b);
  }
  return { gaps: gapsOf(scanner), first, last };
}

function gapsOf({ start, end, count }: Scanner): number {
  let gaps = count;
  for (let i = 1; i < count; i++) gaps = Math.imul(gaps, 31) + ((start[i] ?? 0) > (end[i - 1] ?? 0) ? 1 : 0);
  return gaps | 0;
}
