import { AppError } from '../../kernel/errors.ts';
import type { Format } from '../types.ts';
import { FORMATS } from './formats.ts';
import { continues } from './join-lines.ts';

/** Lines looked at before a source's format is settled. */
export const DETECTION_LINES = 1000;
/** Below this share of parsed lines a source has no header worth taking off. */
const MIN_RATE = 0.5;
/** Rates closer than this are equal; the format that says more wins. */
const RATE_STEP = 0.02;

/** A format of a lower rank knows dates and levels of any kind: it wins only where it parses so much more than one that says more. */
const SPECIFIC = 20;
const BETTER_BY = 0.1;

export type Detected = {
  readonly format: Format /** share of the lines looked at that parse */;
  readonly rate: number;
};

/** The lines a format is judged by: those that continue another are not held against it. */
export function headsOf(lines: readonly string[]): string[] {
  const said = lines.filter((line) => line.trim());
  const standing = said.filter((line) => !continues(line));
  return standing.length > 0 ? standing : said;
}

/** The format that parses most of `lines`; plain text when none parses half of them. Continuation lines are not held against it. */
export function detectFormat(lines: readonly string[]): Detected {
  const heads = headsOf(lines).slice(0, DETECTION_LINES);
  let best: Detected = { format: formatNamed('plain'), rate: heads.length ? 1 : 0 };
  let score = 0;
  for (const format of FORMATS) {
    if (!format.hasHeader || !heads.length) continue;
    const rate = heads.filter((line) => format.parse(line) !== null).length / heads.length;
    const own =
      Math.round((format.rank < SPECIFIC ? rate - BETTER_BY : rate) / RATE_STEP) * 1000 + format.rank;
    if (rate < MIN_RATE || own <= score) continue;
    score = own;
    best = { format, rate };
  }
  return best;
}

/** @throws `logs.unknown-format` */
export function formatNamed(name: string): Format {
  const format = FORMATS.find((f) => f.name === name);
  if (!format)
    throw new AppError('logs.unknown-format', { name, known: FORMATS.map((f) => f.name).join(', ') });
  return format;
}
