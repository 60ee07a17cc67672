const FAULTS = {
  group: /Unterminated group|Unmatched '\)'/,
  class: /Unterminated character class/,
  repeat: /Nothing to repeat/,
  escape: /at end of pattern|Invalid (?:Unicode )?escape/,
  range: /out of order/,
} as const;
export type RegexFault = keyof typeof FAULTS;

/** What is wrong with a pattern, named where there are words for it, else as it was said; null: the engine takes it. */
export function regexFault(
  pattern: string,
): { readonly fault: RegexFault | null; readonly said: string } | null {
  try {
    new RegExp(pattern, 'u');
    return null;
  } catch {
    try {
      // as the engine does: \- and the like, which people write and the strict syntax refuses
      new RegExp(pattern);
      return null;
    } catch (error) {
      const said = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : '';
      const known = Object.entries(FAULTS).find(([, words]) => words.test(said));
      return { fault: (known?.[0] ?? null) as RegexFault | null, said };
    }
  }
}
