// Whether people find what they look for in their own words: notes through the chat's how-to, lines through the logs' search.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { KNOW_HOW } from '../../main/simulator/know-how.ts';
import { readSamples } from '../helpers/logs/format-samples.ts';
import { openStage, type Stage } from '../helpers/questions/stage.ts';
import { answerTo } from './ask-toride.ts';

const GOLDEN = path.join(import.meta.dirname, '../golden/search');
const LINUX = path.join(import.meta.dirname, '../../../shared/data/loghub/Linux/Linux_2k.log');
const BEST = 3;
/** how the chat says that it is unsure of a note */
const UNSURE = /はっきり当てはまるノウハウは|No know-how clearly/;

const Row = z.object({
  door: z.enum(['how-to', 'notes', 'logs']),
  lang: z.enum(['ja', 'en']),
  kind: z.string(),
  q: z.string(),
  /** keys of notes, or patterns of lines; none: nothing answers it */
  want: z.array(z.string()),
});
type Row = z.infer<typeof Row>;
/** What a person is shown, best first. `sure`: it is given as the answer. */
type Found = { readonly row: Row; readonly shown: readonly string[]; readonly sure: boolean };

const rowsOf = (set: string): Row[] =>
  readFileSync(path.join(GOLDEN, `${set}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => Row.parse(JSON.parse(line)));

async function readLogs({ engine }: Stage, dir: string): Promise<void> {
  const folder = path.join(dir, 'samples');
  mkdirSync(folder);
  for (const { name, text } of readSamples()) writeFileSync(path.join(folder, `${name}.log`), text);
  if (existsSync(LINUX)) writeFileSync(path.join(folder, 'linux.log'), readFileSync(LINUX));
  const { logs } = engine.services;
  await logs.addSource({ kind: 'import', path: folder });
  await logs.settle();
}

const keyOfNote = new Map(KNOW_HOW.map(([, key, text]) => [text.slice(0, 20), key]));
async function askedOf(stage: Stage, row: Row): Promise<Found> {
  const { answer } = await answerTo(stage, { before: [], q: row.q, lang: row.lang });
  const { citations } = answer.message.body;
  const offer = answer.message.body.next.find(({ ja }) => ja.startsWith('ノウハウ「'));
  const offered = /「(.*)」/.exec(offer?.ja ?? '')?.[1];
  const shown = citations.map((c) => keyOfNote.get(c.excerpt.slice(0, 20)) ?? c.title);
  if (shown.length === 0 && offered) return { row, shown: [offered], sure: false };
  if (process.env['TORIDE_VERBOSE'] === '2') console.log(row.q, '→', answer.text.slice(0, 150));
  return { row, shown, sure: shown.length > 0 && !UNSURE.test(answer.text) };
}

async function notesFor({ engine }: Stage, row: Row): Promise<Found> {
  const { hits } = await engine.services.knowledge.search(row.q, BEST);
  const shown = hits.map((hit) => keyOfNote.get(hit.text.slice(0, 20)) ?? hit.title);
  return { row: { ...row, door: 'notes' }, shown, sure: hits.length > 0 };
}

async function searchedIn({ engine }: Stage, row: Row): Promise<Found> {
  const { logs, clusters } = engine.services;
  const { lines } = await logs.lines({ filter: { text: row.q }, limit: BEST });
  if (lines.length > 0) return { row, shown: lines.map((l) => l.text), sure: true };
  if (process.env['TORIDE_EXACT']) return { row, shown: [], sure: false };
  const { hits, instead } = await clusters.search({ text: row.q, limit: BEST });
  if (instead !== null) {
    const found = await logs.lines({ filter: { text: instead }, limit: BEST });
    return { row, shown: found.lines.map((l) => l.text), sure: false };
  }
  const shown: string[] = [];
  for (const hit of hits) {
    const page =
      hit.kind === 'template'
        ? await logs.lines({ filter: { templates: [Number(hit.id)], noise: true }, limit: 1 })
        : { lines: [] };
    shown.push(page.lines[0]?.text ?? hit.text);
  }
  return { row, shown, sure: false };
}

const isRight = ({ row }: Found, text: string): boolean =>
  row.want.some((want) => (row.door !== 'logs' ? want === text : new RegExp(want).test(text)));
const hitAt = (found: Found, n: number): boolean => found.shown.slice(0, n).some((t) => isRight(found, t));
const percent = (n: number, of: number): string =>
  (of ? `${((100 * n) / of).toFixed(0)} %` : '–').padStart(7);

function table(name: string, all: readonly Found[], print: (line: string) => void): void {
  const answered = all.filter((f) => f.row.want.length > 0);
  const none = all.filter((f) => f.row.want.length === 0);
  const count = (rows: readonly Found[], is: (f: Found) => boolean): string =>
    percent(rows.filter(is).length, rows.length);
  print(
    [
      name.padEnd(28),
      String(all.length).padStart(4),
      count(answered, (f) => hitAt(f, 1)),
      count(answered, (f) => hitAt(f, BEST)),
      count(answered, (f) => f.shown.length === 0),
      count(none, (f) => f.shown.length === 0),
      String(all.filter((f) => f.sure && !hitAt(f, 1)).length).padStart(6),
    ].join(' '),
  );
}

/** TORIDE_QUESTIONS: `open` (default), `aside` or `both`; TORIDE_VERBOSE=1 names what was not found in the open set. */
export async function run(print: (line: string) => void): Promise<void> {
  const sets = { both: ['open', 'aside'] }[process.env['TORIDE_QUESTIONS'] ?? ''] ?? [
    process.env['TORIDE_QUESTIONS'] ?? 'open',
  ];
  const dir = mkdtempSync(path.join(tmpdir(), 'toride-search-'));
  const stage = await openStage();
  try {
    await readLogs(stage, dir);
    for (const set of sets) {
      const found: Found[] = [];
      for (const row of rowsOf(set)) {
        found.push(await (row.door === 'how-to' ? askedOf(stage, row) : searchedIn(stage, row)));
        if (row.door === 'how-to') found.push(await notesFor(stage, row));
      }
      print(`${set.padEnd(28)}    n   hit@1   hit@3 nothing  rightly  stated wrong`);
      for (const door of ['how-to', 'notes', 'logs'] as const) {
        const own = found.filter((f) => f.row.door === door);
        table(door, own, print);
        const kinds = new Set(own.map(({ row }) => `${row.kind} ${row.lang}`));
        for (const kind of [...kinds].sort())
          table(
            `  ${kind}`,
            own.filter(({ row }) => `${row.kind} ${row.lang}` === kind),
            print,
          );
      }
      if (set !== 'aside' && process.env['TORIDE_VERBOSE'])
        for (const f of found.filter((f) => (f.row.want.length ? !hitAt(f, BEST) : f.shown.length > 0)))
          print(
            `${f.row.door} ${f.row.kind} ${f.row.q} → ${f.shown.map((t) => t.slice(0, 60)).join(' / ') || 'nothing'} (${f.row.want.join('|').slice(0, 60)})`,
          );
    }
  } finally {
    await stage.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
