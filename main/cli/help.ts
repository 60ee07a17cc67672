// The command line's help in the user's language. The commands describe themselves in English, where they stand; this is the same in Japanese.
import type { Lang } from '../kernel/errors.ts';
import help from './help.json' with { type: 'json' };

/** Every description of a command, an argument or an option. A specification holds this list to them. */
export const HELP_JA: Readonly<Record<string, string>> = help;
/** what the parser adds to a description */
const EXTRAS = / ?\(((?:choices|default|env|preset): .*)\)$/s;
const EXTRAS_JA: readonly (readonly [RegExp, string])[] = [
  [/\bchoices: /g, '選べる値: '],
  [/\bdefault: /g, '省略時: '],
  [/\benv: /g, '環境変数: '],
];

const inJapanese = (text: string): string => {
  const known = HELP_JA[text];
  if (known) return known;
  const extras = EXTRAS.exec(text);
  if (!extras) return text;
  const plain = text.slice(0, extras.index);
  const more = EXTRAS_JA.reduce((said, [was, is]) => said.replace(was, is), extras[1] ?? '');
  return `${HELP_JA[plain] ?? plain} (${more})`;
};

/** Columns of a terminal: what East Asian Width calls wide takes two. */
export const widthOf = (text: string): number =>
  [...text].reduce(
    (sum, c) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        c,
      )
        ? 2
        : 1),
    0,
  );
/** a word of narrow letters, or one wide letter with the marks that may not begin a line */
const PIECE = /\s*(?:[\x21-\x7e]+|[^\s\x21-\x7e])[、。，．・：；）」』】〕ー]*/gu;
/** Lines of at most `width` columns; Japanese breaks anywhere. */
function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECE) ?? []) {
    if (line && widthOf(line) + widthOf(piece) > width) {
      lines.push(line);
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line].join('\n');
}

/** What the parser lets one say about how its help is printed. */
type Printed = {
  readonly styleTitle: (text: string) => string;
  readonly styleDescriptionText: (text: string) => string;
  readonly displayWidth: (text: string) => number;
  readonly boxWrap: (text: string, width: number) => string;
};
/** a column narrower than this is left to the terminal, as the parser does */
const NARROWEST = 40;

/** Help as the parser prints it, in the language that `lang` says when it is printed. */
export function helpIn(lang: () => Lang): Printed {
  const said = (text: string): string => (lang() === 'ja' ? inJapanese(text) : text);
  return {
    styleTitle: said,
    styleDescriptionText: said,
    displayWidth: widthOf,
    boxWrap: (text, width) => (width < NARROWEST ? text : wrap(text, width)),
  };
}
