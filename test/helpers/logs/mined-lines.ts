import { TextMiner } from '../../../main/logs/mine/mine-file.ts';

/** By line the template it is under in the end, read as a file of these lines is; null: under none. */
export function minedLines(lines: readonly string[]): (number | null)[] {
  const miner = new TextMiner();
  miner.take(Buffer.from(lines.map((line) => `${line}\n`).join('')));
  miner.end();
  return lines.map((_, i) => miner.cluster(i));
}
