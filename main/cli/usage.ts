// What was typed wrongly on the command line, in the user's language: the parser's own sentences are English.
import { AppError } from '../kernel/errors.ts';
import { fillBoth, type Lang, type Words } from '../kernel/words.ts';
import words from './words.json' with { type: 'json' };

/** What the parser throws, and the commands it knows. */
type ParserError = { readonly code: string; readonly message: string; readonly exitCode: number };
type Known = {
  readonly name: () => string;
  readonly aliases: () => readonly string[];
  readonly commands: readonly Known[];
};

/** What the parser refuses that has a sentence of its own. */
const REFUSED = [
  'missingArgument',
  'optionMissingArgument',
  'missingMandatoryOptionValue',
  'unknownOption',
  'unknownCommand',
  'excessArguments',
  'invalidArgument',
] as const;
const NOTHING: Words = { ja: '', en: '' };
/** What a value should have been, as the parsers of single values say it. */
const wanted = (said: string): Words => {
  const choices = /^Allowed choices are (.+)\.$/.exec(said)?.[1];
  if (choices) return fillBoth(words.usage['one-of'], { choices });
  return said
    ? ((words.wanted as Record<string, Words>)[said] ?? { ja: said, en: said })
    : words.usage.another;
};
const meant = (message: string): Words => {
  const near = /\(Did you mean (?:one of )?(.+)\?\)/.exec(message)?.[1];
  return near ? fillBoth(words.usage.meant, { near }) : NOTHING;
};

function detailOf({ code, message }: ParserError): Words {
  const kind = REFUSED.find((one) => code === `commander.${one}`);
  const said = message.replace(/^error: /, '');
  if (!kind) return { ja: said, en: said };
  const option = /option '(.+?)' (?:argument|value) '(.*?)'.*? is invalid\. ?(.*)$/s.exec(message);
  const argument = /value '(.*?)' is invalid for argument '(.+?)'\. ?(.*)$/s.exec(message);
  const [, quoted = ''] = /'([^']*)'/.exec(message) ?? [];
  return fillBoth(words.usage[kind], {
    name: option?.[1] ?? (argument ? `<${argument[2]}>` : quoted),
    value: option?.[2] ?? argument?.[1] ?? '',
    wanted: wanted((option?.[3] ?? argument?.[3] ?? '').trim()),
    meant: meant(message),
    rest: /but got \d+: (.+)\.$/.exec(message)?.[1] ?? '',
  });
}

/** The command that was meant, as far as it can be told: its help says how it is written. */
function commandOf(program: Known, typed: readonly string[]): string {
  const names = [program.name()];
  let command = program;
  for (const word of typed) {
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
  { program, typed, lang }: { program: Known; typed: readonly string[]; lang: Lang },
): AppError | null {
  if (thrown.exitCode === 0) return null;
  const command = commandOf(program, typed);
  const detail = thrown.code === 'commander.help' ? words.usage['not-complete'] : detailOf(thrown);
  return new AppError('input.usage', { detail: detail[lang], command }, { cause: thrown });
}
