// The OR-Library's generalised assignment problems with their proven optima.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Milp } from '../../../main/placement/solve/milp.ts';

const folder = path.resolve(import.meta.dirname, '../../golden/gap');

export type GapInstance = { name: string; optimum: number; program: Milp };
export function readGaps(wanted = (_: string) => true): GapInstance[] {
  const optima = new Map(
    readFileSync(path.join(folder, 'optima.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => {
        const cells = line.split(',');
        return [cells[0]!, Number(cells[6])] as const;
      }),
  );
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => wanted(file) && (optima.get(file) ?? 0) > 0)
    .sort()
    .map((file) => ({
      name: file,
      optimum: optima.get(file)!,
      program: parse(readFileSync(path.join(folder, file), 'utf8')),
    }));
}

function parse(text: string): Milp {
  const numbers = text.trim().split(/\s+/).map(Number);
  let at = 0;
  const take = (n: number): number[] => {
    at += n;
    return numbers.slice(at - n, at);
  };
  const [agents = 0, jobs = 0] = take(2);
  const costs = Array.from({ length: agents }, () => take(jobs));
  const loads = Array.from({ length: agents }, () => take(jobs));
  const capacities = take(agents);
  const program = new Milp();
  const column = costs.map((row) =>
    row.map((cost) => program.column({ lower: 0, upper: 1, integer: true, cost })),
  );
  for (let j = 0; j < jobs; j++)
    program.row(
      1,
      1,
      column.map((row) => row[j]!),
      column.map(() => 1),
    );
  for (let i = 0; i < agents; i++)
    program.row(Number.NEGATIVE_INFINITY, capacities[i]!, column[i]!, loads[i]!);
  return program;
}
