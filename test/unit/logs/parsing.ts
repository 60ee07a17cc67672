import { formatNamed, type ParsedLine } from '../../../main/logs/index.ts';

/** A format's parser by name. */
export const parserOf = (name: string): ((line: string) => ParsedLine | null) => formatNamed(name).parse;
