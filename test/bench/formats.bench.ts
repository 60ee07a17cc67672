// How many files of the kinds sites have are read rightly: time, level, service and message of every record.
import { judge, readSamples, SAMPLES_DIR, type Verdict } from '../helpers/logs/format-samples.ts';

const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)} %`;

export async function run(print: (line: string) => void): Promise<void> {
  const dir = process.env['TORIDE_FORMATS_DIR'] ?? SAMPLES_DIR;
  const samples = readSamples(dir);
  for (const [what, format] of [
    ['named formats off', 'general'],
    ['with named formats', null],
  ] as const) {
    const verdicts = samples.map((sample) => judge(sample, format));
    const sum = (of: (v: Verdict) => number): number => verdicts.reduce((all, v) => all + of(v), 0);
    const records = sum((v) => v.records);
    print(
      `formats: ${what}: files read rightly ${percent(
        verdicts.filter((v) => v.isRight).length,
        verdicts.length,
      )} of ${verdicts.length}; of ${records} records: ${(['time', 'level', 'service', 'message'] as const)
        .map(
          (field) =>
            `${field} ${percent(
              sum((v) => v.right[field]),
              records,
            )}`,
        )
        .join(', ')}`,
    );
    for (const { name, wrong } of verdicts)
      for (const line of wrong.slice(0, 4)) print(`formats:   ${name}: ${line}`);
  }
}
