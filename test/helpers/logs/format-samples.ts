/** The files of test/golden/formats: lines as a program writes them, and what a person reads in them. */
import { Buffer } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LogSourceRules } from '../../../main/logs/contract/logs.ts';
import type { Draft } from '../../../main/logs/ingest/make-records.ts';
import { NO_RULES } from '../../../main/logs/manage/check-rules.ts';
import { TextReader, tell } from '../../../main/logs/sources/text-reader.ts';

export const SAMPLES_DIR = path.join(import.meta.dirname, '../../golden/formats');
const ZONE = 'Asia/Tokyo';
/** The files were written until then. */
const REFERENCE = Date.parse('2026-11-24T12:00:00+09:00');
const FIELDS = ['time', 'level', 'service', 'message'] as const;
export type Field = (typeof FIELDS)[number];
type Values = Readonly<Record<Field, string>>;
export type Sample = { readonly name: string; readonly text: string; readonly expected: readonly Values[] };

/** `=====` parts the lines from what they mean, a record a line: `time ¦ level ¦ service ¦ message`; `-` none, `*` any, `…` the rest. */
export function readSamples(dir = SAMPLES_DIR): Sample[] {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => {
      const [text = '', meant = ''] = readFileSync(path.join(dir, name), 'utf8').split(/^=====\n/m);
      const expected = meant
        .trimEnd()
        .split('\n')
        .map((line) => {
          const [time = '', level = '', service = '', message = ''] = line.split(' ¦ ');
          return { time, level, service, message: message.replaceAll('\\n', '\n') };
        });
      return { name: name.replace(/\.txt$/, ''), text, expected };
    });
}

/** What the product makes of a text. @param format null: detected */
export function readRecords(text: string, format: string | null): Draft[] {
  const rules: LogSourceRules = { ...NO_RULES, name: 'sample', format };
  const bytes = Buffer.from(text);
  const told = tell(bytes, rules, { zone: ZONE, reference: REFERENCE });
  const reader = new TextReader({
    told,
    offset: 0,
    head: null,
    rules,
    zone: ZONE,
    service: null,
    reference: REFERENCE,
  });
  const drafts: Draft[] = [];
  const sink = {
    bytes: 0,
    record: (draft: Draft): number => {
      drafts.push({ ...draft });
      return 1;
    },
    dead: (): void => {},
  };
  reader.take(bytes, sink);
  reader.flush(sink, true);
  // empty lines are records without a meaning
  return drafts.filter((draft) => draft.content !== '' || draft.service !== null);
}

const instant = (text: string): number =>
  Date.parse(/Z$|[+-]\d\d:\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}+09:00`);
function agrees(field: Field, draft: Draft, meant: string): boolean {
  if (meant === '*') return true;
  if (field === 'time')
    return meant === '-' ? draft.atGuessed : !draft.atGuessed && draft.at === instant(meant);
  const found = (field === 'message' ? draft.content : draft[field]) ?? '';
  if (meant === '-') return found === '';
  return meant.endsWith('…') ? found.startsWith(meant.slice(0, -1).trimEnd()) : found.trim() === meant.trim();
}
export type Verdict = {
  readonly name: string;
  readonly isRight: boolean;
  /** of its records, by field */
  readonly right: Readonly<Record<Field, number>>;
  readonly records: number;
  readonly wrong: readonly string[];
};
export function judge(sample: Sample, format: string | null): Verdict {
  const drafts = readRecords(sample.text, format);
  const right = { time: 0, level: 0, service: 0, message: 0 };
  const wrong: string[] = [];
  sample.expected.forEach((meant, i) => {
    const draft = drafts[i];
    for (const field of FIELDS)
      if (draft && agrees(field, draft, meant[field])) right[field]++;
      else {
        const found = !draft
          ? 'no record'
          : field === 'time'
            ? `${draft.atGuessed ? 'guessed ' : ''}${new Date(draft.at).toISOString()}`
            : String(field === 'message' ? draft.content : draft[field]);
        wrong.push(`${i + 1} ${field}: ${JSON.stringify(found)}, not ${JSON.stringify(meant[field])}`);
      }
  });
  if (drafts.length !== sample.expected.length)
    wrong.push(`${drafts.length} records, not ${sample.expected.length}`);
  return { name: sample.name, isRight: wrong.length === 0, right, records: sample.expected.length, wrong };
}
