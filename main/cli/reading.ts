import type { Reading } from '../questions/contract/questions.ts';
import type { Run } from './run.ts';

const STATES = {
  used: ['使う', 'used'],
  neutral: ['－', '-'],
  'not-understood': ['読み取れない', 'not understood'],
} as const;
function printReading({ lang, show }: Run, { plans, account, asks }: Reading): void {
  const side = lang === 'ja' ? 0 : 1;
  for (const { text, state, field, nearest } of account)
    if (text.trim())
      show(
        `${text.trim()}\t${STATES[state][side]}${field ? `\t${field}` : ''}${nearest.length ? `\t${nearest.join(' / ')}` : ''}`,
      );
  for (const { choices } of asks) show(`? ${choices.map((c) => c.label).join(' / ')}`);
  for (const plan of plans) show(JSON.stringify(plan));
}
/** How a question is read: its plan and what became of each of its words. Nothing is run. */
export async function readPlan(run: Run, text: string): Promise<Reading> {
  const reading = await run.client.questions.read({ text, lang: run.lang });
  printReading(run, reading);
  return reading;
}
