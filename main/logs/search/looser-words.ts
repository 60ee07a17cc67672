/** Words, numbers and ids of a query: an id may have dashes in it. */
const TOKENS = /[a-z0-9]+(?:[-_.:][a-z0-9]+)*|[^\sa-z0-9]+/giu;
const hasDigit = (token: string): boolean => /\d/.test(token);
/** a number or an id that may be looked for alone */
const TELLING = 3;
const isPlain = (query: string): boolean => !/["*]|(?:^|\s)-\S/.test(query);
/** shorter letters or digits stand in any line */
const TELLING_LETTERS = 2;
const TELLING_DIGITS = 2;

/**
 * What to search for where no line holds a query with a number or an id as it was typed, strictest first: the id inside a longer
 * one, without the words around it, without its dashes, its letters and digits apart.
 */
export function looserWords(query: string): string[] {
  const text = query.normalize('NFKC').trim();
  if (!isPlain(text)) return [];
  const tokens = text.match(TOKENS) ?? [];
  if (!tokens.some(hasDigit)) return [];
  const ids = tokens.filter((token) => hasDigit(token) && token.length >= TELLING);
  const open = (token: string): string => (hasDigit(token) ? `*${token}*` : token);
  const joined = (id: string): string => `*${id.replace(/[-_.:]/g, '')}*`;
  const apart = (id: string): string[] => {
    const pieces = id.match(/\d+|[a-z]+/gi) ?? [];
    const telling = pieces.every((p) => p.length >= (hasDigit(p) ? TELLING_DIGITS : TELLING_LETTERS));
    return telling ? pieces.map(open) : [open(id)];
  };
  const ways = [tokens.map(open), ids.map(open), ids.map(joined), ids.flatMap(apart)];
  return [...new Set(ways.map((words) => words.join(' ')))].filter((way) => way !== '' && way !== text);
}
