// Templates as rows, and rows as templates: what a miner needs to go on where another stopped.

import type { Part, TemplateRow } from '../types.ts';
import { current, type Entry, type Origin, partOf, type Step, textOfParts } from './entry.ts';
import { parameter, type Shaped } from './shape-tokens.ts';

/** The miner's own column, in version 1. */
type Kept = {
  readonly v: 1;
  readonly severity: number;
  readonly origin: Origin;
  readonly seq: number;
  readonly outside?: true;
  readonly born: string[];
  readonly steps: Step[];
};
export type SavedEntry = {
  readonly id: number;
  readonly severity: number;
  readonly origin: Origin;
  readonly seq: number;
  readonly outside: boolean;
  readonly born: string[];
  readonly steps: readonly Step[];
  readonly lastSeq: number;
  readonly parts: readonly Part[];
};

export function writeRow(entry: Entry): TemplateRow {
  const parts = entry.tokens.map(partOf);
  const { severity, origin, seq, outside, born, steps } = entry;
  const kept: Kept = { v: 1, severity, origin, seq, ...(outside ? { outside } : {}), born, steps };
  return {
    id: entry.id,
    parts: JSON.stringify(parts),
    text: textOfParts(parts),
    miner: JSON.stringify(kept),
    absorbedInto: entry.into ? current(entry).id : null,
  };
}
export function readRow(row: TemplateRow): SavedEntry {
  const { severity, origin, seq, outside = false, born, steps } = JSON.parse(row.miner) as Kept;
  const lastSeq = Math.max(seq, ...steps.map((s) => s.seq));
  return {
    id: row.id,
    severity,
    origin,
    seq,
    outside,
    born,
    steps,
    lastSeq,
    parts: JSON.parse(row.parts) as Part[],
  };
}

/** All that happened, in its order; a template's making has no step. */
export function inOrder(saved: readonly SavedEntry[]): { entry: SavedEntry; step: Step | null }[] {
  return saved
    .flatMap((entry) => [
      { seq: entry.seq, entry, step: null },
      ...entry.steps.map((step) => ({ seq: step.seq, entry, step })),
    ])
    .sort((a, b) => a.seq - b.seq);
}

/** Tokens with the words and types they had come to have. */
export const asKept = (tokens: readonly Shaped[], parts: readonly Part[]): readonly Shaped[] =>
  tokens.map((token, i) => {
    const part = parts[i];
    if (!part || (part.kind === 'parameter') !== (token.kind === 'parameter')) return token;
    return part.kind === 'parameter' ? parameter(part.type, token.gap) : { ...token, text: part.text };
  });
