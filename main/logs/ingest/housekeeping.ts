/** Between batches: blocks of before written anew, blocks cut where the time to live ends, a person's split carried out, dead letters tried again. */
import { Buffer } from 'node:buffer';
import type { Encoding } from '../../kernel/encoding.ts';
import { AppError, toAppError } from '../../kernel/errors.ts';
import { run, type Statement, sql } from '../../store/index.ts';
import {
  countStatements,
  levelFrom,
  templateStatements,
  uncountStatements,
} from '../manage/keep-templates.ts';
import { parametersOf } from '../mine/align-parameters.ts';
import { formatNamed } from '../read/formats.ts';
import { LineReader } from '../read/line-reader.ts';
import { TimeReader } from '../read/read-time.ts';
import { LineCutter, type RawLine } from '../sources/cut-lines.ts';
import { takeTableRows } from '../sources/table-rows.ts';
import { writeBlock } from '../store/block-files.ts';
import { BLOCK_RECORDS } from '../store/block-format.ts';
import {
  type BlockRow,
  blockStatement,
  blocksHolding,
  isFar,
  type PlacedBlock,
  removeBlocks,
} from '../store/block-rows.ts';
import { isOld, nextOld } from '../store/convert.ts';
import { encodeBlock } from '../store/encode-block.ts';
import { cutBlock, type Moved, refile } from '../store/rewrite.ts';
import { type Cell, perTemplate, rollUp } from '../store/rollups.ts';
import { refileStatements, tailStatements } from '../store/tail.ts';
import { Batch, evenParts } from './batch.ts';
import { type CommitPipeline, LEAST_RECORDS } from './commit-pipeline.ts';
import { RecordMaker } from './make-records.ts';
import type { Questions, ReplayLetter, Requests, SourceWork } from './messages.ts';

const MINUTE = 60_000;

export type HousePorts = {
  readonly write: (q: Questions['write']['in']) => Promise<null>;
  readonly tableAgain: (q: Questions['tableAgain']['in']) => Promise<Questions['tableAgain']['out']>;
  readonly templates: () => Promise<Questions['templates']['out']>;
  readonly now: () => number;
  readonly zone: () => string;
};

/**
 * Blocks of before migration 210, those of one source and encoding that stand one after another, as one block, or as a tail
 * when they are few. Killed anywhere, it goes on with what is left. A damaged one stays as it is.
 */
export async function convert(pipeline: CommitPipeline, ports: HousePorts): Promise<{ more: boolean }> {
  const { rows, parts } = nextOld(pipeline, BLOCK_RECORDS);
  if (!rows.length) {
    pipeline.sweep();
    return { more: false };
  }
  const placed: PlacedBlock[] = [];
  const more: Statement[] = [];
  const { sourceId } = rows[0] as BlockRow;
  for (const { encoding, records } of parts) {
    if (records.length < LEAST_RECORDS) more.push(...tailStatements(sourceId, encoding, records));
    else
      for (const part of evenParts(records))
        placed.push(writeBlock(pipeline.dataDir, encodeBlock({ sourceId, encoding, records: part })));
  }
  await replace(pipeline, ports, { rows, placed, more, splitId: null });
  return { more: true };
}
/** One block as two. False: it is damaged, and stays. */
export async function cut(
  pipeline: CommitPipeline,
  ports: HousePorts,
  { row, at }: Requests['cut']['in'],
): Promise<boolean> {
  const placed = cutBlock(pipeline, row, at);
  if (!placed) return false;
  await replace(pipeline, ports, { rows: [row], placed, more: [], splitId: null });
  return true;
}
async function replace(
  pipeline: CommitPipeline,
  ports: HousePorts,
  o: {
    readonly rows: readonly BlockRow[];
    readonly placed: readonly PlacedBlock[];
    readonly more: readonly Statement[];
    readonly splitId: number | null;
    readonly made?: readonly number[];
  },
): Promise<void> {
  try {
    await ports.write({
      statements: [
        ...(o.rows.length ? [removeBlocks(o.rows)] : []),
        ...o.placed.map(blockStatement),
        ...o.more,
      ],
      splitId: o.splitId,
      made: o.made ?? [],
    });
  } catch (thrown) {
    pipeline.remove(o.placed);
    throw thrown;
  }
  // files of before are shared, and swept at the end
  pipeline.remove(o.rows.filter((row) => !isOld(row)));
}

/** Stored lines go where a person's split says, with their counts, in one transaction. */
export async function split(
  pipeline: CommitPipeline,
  ports: HousePorts,
  job: Requests['split']['in'],
): Promise<readonly number[]> {
  const { id, parameter, values, family, parts } = job;
  const made = pipeline.miner.split(id, parameter, values);
  const rows: BlockRow[] = [];
  const placed: PlacedBlock[] = [];
  try {
    const targets = new Map(values.map((value, i) => [value, made[i] ?? id]));
    const own = new Set(family);
    const more: Statement[] = [];
    for (const row of blocksHolding(pipeline.read, family)) {
      if (isFar(row)) throw new AppError('logs.clickhouse-fixed');
      const times = new Map<string, [number, number]>();
      const {
        placed: blocks,
        renamed,
        moved,
      } = refile(pipeline, row, (record) => {
        if (!own.has(record.template)) return record.template;
        const [from, to] = parametersOf(parts, record.text)[parameter] ?? [0, 0];
        const target = to > from ? targets.get(record.text.slice(from, to)) : undefined;
        if (target === undefined) return record.template;
        const key = `${target} ${record.service} ${record.level}`;
        const [first, last] = times.get(key) ?? [record.at, record.at];
        times.set(key, [Math.min(first, record.at), Math.max(last, record.at)]);
        return target;
      });
      if (!moved.length) continue;
      placed.push(...blocks);
      if (row.file === null) more.push(...refileStatements(row.sourceId, renamed));
      else rows.push(row);
      more.push(...moveStatements(pipeline, row.sourceId, moved, times));
    }
    more.push(...templateStatements(pipeline.miner.takeChanges(), ports.now()));
    await replace(pipeline, ports, { rows, placed, more, splitId: id, made });
    return made;
  } catch (thrown) {
    pipeline.remove(placed);
    const { saved, rules } = await ports.templates();
    pipeline.renewMiner(saved, rules);
    throw toAppError(thrown);
  }
}
function moveStatements(
  pipeline: CommitPipeline,
  sourceId: string,
  moved: readonly Moved[],
  times: ReadonlyMap<string, readonly [number, number]>,
): Statement[] {
  const cells = (to: boolean): Cell[] =>
    moved.map((m) => {
      const level = levelFrom(m.level);
      const [minAt, maxAt] = times.get(`${m.to} ${m.service} ${level}`) ?? [
        m.minute * MINUTE,
        m.minute * MINUTE,
      ];
      return {
        minute: m.minute,
        template: to ? m.to : m.from,
        service: pipeline.mining.names.number(m.service),
        level,
        lines: m.lines,
        minAt,
        maxAt,
      };
    });
  return [
    ...rollUp(sourceId, cells(false), -1),
    ...rollUp(sourceId, cells(true), 1),
    ...uncountStatements(perTemplate(sourceId, cells(false))),
    ...countStatements(perTemplate(sourceId, cells(true))),
  ];
}

/** Dead letters under the rules of now: those that read become records with new numbers. Returns how many. */
export async function replay(
  pipeline: CommitPipeline,
  ports: HousePorts,
  work: SourceWork,
  letters: readonly ReplayLetter[],
): Promise<number> {
  const place = work.files[0]?.place ?? null;
  const encoding: Encoding = work.rules.encoding ?? place?.encoding ?? 'utf-8';
  const batch = new Batch(pipeline.mining, work.id, letters.length + 1);
  const fixed: number[] = [];
  for (const letter of letters) {
    // of a longer one only the beginning is here
    if (letter.raw.length < letter.bytes) continue;
    const line = lineOf(Buffer.from(letter.raw), encoding);
    if (!line || line.dead) continue;
    const maker = new RecordMaker({
      reader: new LineReader(formatNamed(work.rules.format ?? place?.format ?? 'plain'), place?.plan),
      times: new TimeReader({
        zone: work.rules.timeZone ?? ports.zone(),
        skewMs: work.rules.skewMs,
        reference: letter.at,
      }),
      service: work.rules.service,
      encoding: () => encoding,
      head: null,
    });
    maker.take(line, batch);
    maker.flush(batch);
    fixed.push(letter.id);
  }
  return settled(pipeline, work, { batch, fixed, encoding });
}
/** Refused rows of a table as they are now; to be asked for before the others rest: nobody else waits for the company's network. */
export const rowsAgain = (
  ports: Pick<HousePorts, 'tableAgain'>,
  { sourceId, letters }: Requests['replay']['in'],
): Promise<RowsAgain> =>
  ports.tableAgain({ sourceId, raws: letters.map((letter) => Buffer.from(letter.raw).toString()) });
type RowsAgain = Questions['tableAgain']['out'];
/** Those that read by now become records. Returns how many. @param rows one for each letter, see rowsAgain */
export async function replayRows(
  pipeline: CommitPipeline,
  ports: HousePorts,
  work: SourceWork,
  o: { readonly letters: readonly ReplayLetter[]; readonly rows: RowsAgain },
): Promise<number> {
  const { letters, rows } = o;
  const batch = new Batch(pipeline.mining, work.id, letters.length + 1);
  const readable = rows.flatMap((row) => (row && !row.refused ? [row] : []));
  const { rules, table } = work;
  takeTableRows(batch, readable, {
    rules,
    format: rules.format ?? table.format?.name ?? 'plain',
    zone: ports.zone(),
    now: ports.now(),
  });
  const fixed = letters.filter((_, i) => rows[i] && !rows[i].refused).map(({ id }) => id);
  return settled(pipeline, work, { batch, fixed, encoding: 'utf-8' });
}
/** In one transaction: the records are there, the dead letters are not. */
async function settled(
  pipeline: CommitPipeline,
  { id, generation }: SourceWork,
  o: { readonly batch: Batch; readonly fixed: readonly number[]; readonly encoding: Encoding },
): Promise<number> {
  const { batch, fixed, encoding } = o;
  if (!fixed.length) return 0;
  const { done } = await pipeline.put(batch, {
    encoding,
    own: (b) => [
      run(
        sql`UPDATE log_sources SET templated = templated + ${b.templated}, unparsed = unparsed - ${fixed.length},
          first_at = MIN(COALESCE(first_at, ${b.minAt}), ${b.minAt}), last_at = MAX(COALESCE(last_at, ${b.maxAt}), ${b.maxAt})
          WHERE source_id = ${id} AND generation = ${generation} AND removed_at IS NULL`,
        { changes: 1, why: 'the source was cleared' },
      ),
      {
        text: 'DELETE FROM log_dead_letters WHERE dead_letter_id = ?',
        rows: fixed.map((letter) => [letter]),
        expect: { changes: fixed.length, why: 'a dead letter is gone' },
      },
    ],
  });
  return (await done).refused ? 0 : fixed.length;
}
/** The whole of `raw` as one line; null where it is several. */
function lineOf(raw: Buffer, encoding: Encoding): RawLine | null {
  const lines: RawLine[] = [];
  const cutter = new LineCutter({ encoding, isGuess: false, atStart: false });
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  cutter.take(raw, lines);
  cutter.finish(lines);
  const [line, ...rest] = lines;
  if (!line || rest.length) return null;
  // its end was taken off when it was put aside
  return { ...line, ending: wide || line.ending === 'none' ? 'lf' : line.ending };
}
