// What was typed wrongly on the command line, in the user's language: the parser's own sentences are English.
import { AppError, type Lang } from '../kernel/errors.ts';

/** What the parser throws, and the commands it knows. */
type ParserError = { readonly code: string; readonly message: string; readonly exitCode: number };
type Known = {
  readonly name: () => string;
  readonly aliases: () => readonly string[];
  readonly commands: readonly Known[];
};
type Words = Readonly<Record<Lang, string>>;

/** What a value should have been, as the parsers of single values say it. */
const WANTED: Readonly<Record<string, string>> = {
  'a whole number': '整数',
  'a whole number from 1 to 10000': '1 から 10000 までの整数',
  'lengths such as 24,168': '24,168 のような長さ',
  'a number of seconds': '秒数',
  'a time such as 14:30': '14:30 のような時刻',
  'a span such as yesterday, week-1, last-7d or 2026-11-12..2026-11-18':
    'yesterday、week-1、last-7d、2026-11-12..2026-11-18 のような期間',
  'names with commas between them': 'コンマ区切りの名前',
  'a day such as 2026-11-21': '2026-11-21 のような日付',
  'a time such as 2026-11-21T14:30:00+09:00': '2026-11-21T14:30:00+09:00 のような時刻',
};
const wanted = (said: string): Words => {
  const choices = /^Allowed choices are (.+)\.$/.exec(said)?.[1];
  if (choices) return { ja: `使える値: ${choices}`, en: `one of: ${choices}` };
  return said ? { ja: WANTED[said] ?? said, en: said } : { ja: '別の値', en: 'another value' };
};
const meant = (message: string): Words => {
  const near = /\(Did you mean (?:one of )?(.+)\?\)/.exec(message)?.[1];
  return near ? { ja: `（${near} のことですか）`, en: ` (did you mean ${near}?)` } : { ja: '', en: '' };
};

function detailOf({ code, message }: ParserError): Words {
  const [, first = ''] = /'([^']*)'/.exec(message) ?? [];
  const near = meant(message);
  switch (code) {
    case 'commander.missingArgument':
      return { ja: `<${first}> がありません`, en: `<${first}> is missing` };
    case 'commander.optionMissingArgument':
      return { ja: `${first} に値がありません`, en: `${first} has no value` };
    case 'commander.missingMandatoryOptionValue':
      return { ja: `${first} の指定が必要です`, en: `${first} is required` };
    case 'commander.unknownOption':
      return { ja: `${first} という指定はありません${near.ja}`, en: `there is no option ${first}${near.en}` };
    case 'commander.unknownCommand':
      return {
        ja: `${first} というコマンドはありません${near.ja}`,
        en: `there is no command ${first}${near.en}`,
      };
    case 'commander.excessArguments': {
      const rest = /but got \d+: (.+)\.$/.exec(message)?.[1] ?? '';
      return { ja: `余分な引数があります: ${rest}`, en: `too many arguments: ${rest}` };
    }
    case 'commander.invalidArgument': {
      const option = /option '(.+?)' (?:argument|value) '(.*?)'.*? is invalid\. ?(.*)$/s.exec(message);
      const argument = /value '(.*?)' is invalid for argument '(.+?)'\. ?(.*)$/s.exec(message);
      const [name, value, said] = option
        ? [option[1], option[2], option[3]]
        : [`<${argument?.[2] ?? ''}>`, argument?.[1], argument?.[3]];
      const right = wanted((said ?? '').trim());
      return {
        ja: `${name} に「${value ?? ''}」は使えません（${right.ja}）`,
        en: `${name} cannot be “${value ?? ''}” (${right.en})`,
      };
    }
    default: {
      const said = message.replace(/^error: /, '');
      return { ja: said, en: said };
    }
  }
}

/** The command that was meant, as far as it can be told: its help says how it is written. */
function commandOf(program: Known, words: readonly string[]): string {
  const names = [program.name()];
  let command = program;
  for (const word of words) {
    const next = command.commands.find((known) => known.name() === word || known.aliases().includes(word));
    if (!next) continue;
    command = next;
    names.push(word);
  }
  return names.join(' ');
}

/**
 * What the parser refused as an error like ours (exit 64, sysexits.h); null where it only printed what it was asked for (--help,
 * --version).
 */
export function wrongUsage(
  thrown: ParserError,
  { program, words, lang }: { program: Known; words: readonly string[]; lang: Lang },
): AppError | null {
  if (thrown.exitCode === 0) return null;
  const command = commandOf(program, words);
  if (thrown.code === 'commander.help') {
    const detail: Words = { ja: 'コマンドの続きがありません', en: 'the command is not complete' };
    return new AppError('input.usage', { detail: detail[lang], command }, { cause: thrown });
  }
  return new AppError('input.usage', { detail: detailOf(thrown)[lang], command }, { cause: thrown });
}
