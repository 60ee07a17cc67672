/** Which reader a text is read by: its format is told from the beginning, and again while there was little to tell it from. */
import type { Buffer } from 'node:buffer';
import type { Checkpoint } from '../ingest/messages.ts';
import type { LogReaderContext } from './log-reader.ts';
import { TextReader, type Told, tell, toldAgain } from './text-reader.ts';

/** The format is told again while fewer lines than these were there. */
const ENOUGH_LINES = 100;

/** A person has said something else meanwhile. */
const isOverruled = (told: Told, { rules }: LogReaderContext): boolean =>
  (rules.encoding !== null && rules.encoding !== told.encoding) ||
  (rules.format !== null && rules.format !== told.format);
const isSame = (a: Told, b: Told): boolean =>
  a.format === b.format && JSON.stringify(a.plan ?? {}) === JSON.stringify(b.plan ?? {});
/** Whether the beginning has to be looked at: nothing was told of it yet, from too little, or otherwise than the rules have it. */
export const isOpen = (told: Told | null, context: LogReaderContext): boolean =>
  !told || told.probed < ENOUGH_LINES || isOverruled(told, context);
/** Whether what a text is read as stands: there was enough to tell it from, or it has not doubled since. */
export const isSettled = (reader: TextReader, size: number): boolean =>
  reader.told.probed >= ENOUGH_LINES || size < 2 * reader.offset;

/** The reader from here on: `reader` itself where what it was told still holds, else a new one that goes on in its place. */
export function beginReader(o: {
  readonly reader: TextReader | null;
  /** as the store has it, where nothing was read yet */
  readonly known: Checkpoint | null;
  readonly context: LogReaderContext;
  readonly beginning: () => Buffer;
  readonly service: string | null;
  /** epoch ms: when its lines were written at the latest */
  readonly reference: number;
}): TextReader {
  const { reader, known, context } = o;
  const { rules } = context;
  let told: Told | null = reader ? { ...reader.told, isGuess: reader.isGuess } : known;
  if (!told || isOpen(told, context)) {
    const again = tell(o.beginning(), rules, { zone: context.zone(), reference: o.reference });
    if (reader && isSame(again, reader.told)) return reader;
    const times = reader?.timesRead ?? known?.times;
    told = { ...toldAgain(told, again, rules), ...(times ? { times } : {}) };
  }
  return new TextReader({
    told,
    offset: reader?.offset ?? known?.offset ?? 0,
    head: reader?.head ?? known?.head ?? null,
    rules,
    zone: context.zone(),
    service: o.service,
    reference: o.reference,
  });
}
