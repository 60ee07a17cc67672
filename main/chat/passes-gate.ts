import type { Fact } from '../api/contract/common.ts';
import { checkText } from './check.ts';
import { fillSlots } from './facts.ts';

/**
 * Whether a Japanese sentence with `{{ids}}` says nothing but the facts that its ids stand for: the number gate of answers, for sentences
 * that were made outside a chat (the self-benchmark of models). `facts`: what each id stands for, as it is written.
 */
export function passesGate(sentence: string, facts: Readonly<Record<string, string>>): boolean {
  const known = Object.entries(facts).map(
    ([id, text]): Fact => ({
      id,
      value: text,
      unit: 'text',
      label: { ja: text, en: text },
      text: { ja: text, en: text },
      table: null,
    }),
  );
  const filled = fillSlots(sentence, known, 'ja');
  return (
    filled !== null && checkText(filled.text, { facts: known, lang: 'ja', marks: filled.marks }).length === 0
  );
}
