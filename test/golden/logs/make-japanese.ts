/**
 * Writes japanese-2k.log and its truth: `node test/golden/logs/make-japanese.ts`. The messages are the simulator's own; a
 * message's template is what it writes when every drawn value reads `<*>`. Seeded: the files come out the same.
 */
import { writeFileSync } from 'node:fs';
import {
  type Draw,
  type Kind,
  KNOWN_ERRORS,
  NORMAL,
  OUTAGE_EFFECTS,
  OUTAGE_ERROR,
  OUTAGE_OVER,
  unknownError,
} from '../../../main/simulator/log-messages.ts';
import { Chance } from '../../../main/simulator/random.ts';
import { drawFrom } from '../../unit/logs/styles.ts';

const LINES = 2000;
const START = Date.parse('2026-11-20T08:30:00+09:00');
const chance = new Chance(2026);
const random = drawFrom(2026);
const parameter = '<*>';
/** Every value a parameter; the types of the draws do not matter to a template literal. */
const PARAMETERS = { id: () => parameter, int: () => parameter, ms: parameter, user: parameter, batch: parameter } as unknown as Draw;
const templateOf = (kind: Kind): string =>
  kind
    .message(PARAMETERS)
    .replace(/0\.<\*>/g, parameter)
    .replace(/\S+\/\S+ 状態=\S+/, `${parameter}/${parameter} 状態=${parameter}`)
    .replace(/^unexpected \S+ of \S+ (\S+) while reading \S+/, `unexpected ${parameter} of ${parameter} $1 while reading ${parameter}`);

const weighted = [
  ...NORMAL,
  ...KNOWN_ERRORS,
  ...[OUTAGE_ERROR, ...OUTAGE_EFFECTS, OUTAGE_OVER].map((kind) => ({ ...kind, weight: 1.5 })),
];
const total = weighted.reduce((sum, kind) => sum + kind.weight, 0);
function nextKind(line: number): Kind {
  if (line % 200 === 199) return unknownError(chance, 'golden', line);
  let left = (random.int(0, 999_999) / 1_000_000) * total;
  for (const kind of weighted) {
    left -= kind.weight;
    if (left < 0) return kind;
  }
  return OUTAGE_ERROR;
}

const events = new Map<string, string>();
const log: string[] = [];
const truth = ['LineId,EventId,EventTemplate'];
for (let line = 0; line < LINES; line++) {
  const kind = nextKind(line);
  const ms = Math.max(1, Math.round((kind.ms * random.int(70, 130)) / 100));
  const message = kind.message({
    id: (digits) => Array.from({ length: digits }, () => random.int(0, 9)).join(''),
    int: random.int,
    ms,
    user: `OP${String(random.int(1, 120)).padStart(4, '0')}`,
    batch: `B20261120-${random.int(100, 999)}`,
  });
  const at = new Date(START + line * 3_700 + 9 * 3_600_000).toISOString();
  log.push(`${at.slice(0, 10).replaceAll('-', '/')} ${at.slice(11, 23)} [${kind.level}] ${kind.service}: ${message}`);
  const template = templateOf(kind);
  if (!events.has(template)) events.set(template, `E${events.size + 1}`);
  truth.push(`${line + 1},${events.get(template)},"${template.replaceAll('"', '""')}"`);
}
const here = (name: string): URL => new URL(name, import.meta.url);
writeFileSync(here('./japanese-2k.log'), `${log.join('\n')}\n`);
writeFileSync(here('./japanese-2k_truth.csv'), `${truth.join('\n')}\n`);
