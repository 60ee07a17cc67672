/** A piece of text as a page places it: `x`, `y` of its beginning in points, y upwards; `size` of its characters. */
export type Piece = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  /** set from top to bottom by its font */
  readonly isVertical: boolean;
};
/** A line of a page, its stretch across and its height on the page. */
export type Line = {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly size: number;
  readonly isVertical: boolean;
};

const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々〆、。，．・「」『』（）【】！？';
const IS_CJK = new RegExp(`^[${CJK}]$`, 'u');
const PARTED = new RegExp(`(?<=[${CJK}])[ \\u3000]+(?=[${CJK}])`, 'gu');
const TOUCHING = new RegExp(`(?<=[${CJK}])(?=[${CJK}])`, 'gu');
/** this share of characters with a space to the next one: the line is set wide, and no space parts words */
const SET_WIDE = 0.4;
/** wider than this, in characters, a gap parts columns or words */
const GAP_CJK = 0.9;
const GAP_LATIN = 0.18;

/** Signs of radicals that PDF writers put for the characters they look like, where Unicode names no equivalent. */
const RADICALS: ReadonlyMap<string, string> = new Map(
  [...'⺠民⻁虎⻄西⻆角⻑長⻘青⻝食⻣骨⻤鬼⻨麦⻩黄⻫斉⻭歯⻯竜⻲亀⺟母'].flatMap((sign, i, all) =>
    i % 2 === 0 ? [[sign, all[i + 1] ?? sign] as const] : [],
  ),
);
/** Radicals as the characters they stand for, marks of vertical setting as the plain ones; widths stay as they are. */
export const plainCharacters = (text: string): string =>
  text
    .replace(/[\u2f00-\u2fd5\ufe10-\ufe19\ufe30-\ufe44\ufe47\ufe48]/g, (c) =>
      c === '︙' ? '…' : c.normalize('NFKC'),
    )
    .replace(/[\u2e80-\u2eff]/g, (c) => RADICALS.get(c) ?? c);

/** Spaces that only set characters apart (手 順 書, 目　次) are no spaces. */
export function closeUp(line: string): string {
  const parted = line.match(PARTED)?.length ?? 0;
  const touching = line.match(TOUCHING)?.length ?? 0;
  const isWide = parted >= 2 && parted / (parted + touching) >= SET_WIDE;
  const isTwo = parted === 1 && /^\S[ \u3000]+\S$/u.test(line);
  return isWide || isTwo ? line.replace(PARTED, '') : line;
}

const isOne = (piece: Piece): boolean => IS_CJK.test(piece.text);
const near = (a: number, b: number, within: number): boolean => Math.abs(a - b) <= within;
/** Directly below, no further than lines of one column of vertical text set their characters. */
const isBelow = (piece: Piece, before: Piece): boolean =>
  near(piece.x, before.x, before.size * 0.3) &&
  near(piece.size, before.size, before.size * 0.1) &&
  before.y - piece.y > before.size * 0.6 &&
  before.y - piece.y < before.size * 1.6;
/** characters below each other from which on they are a line from top to bottom, and not rows of a table */
const COLUMN = 4;

/** Lines in the order in which the page draws them, readings over characters left out. */
export function linesOf(pieces: readonly Piece[]): Line[] {
  const told = pieces
    .map((piece) => ({ ...piece, text: plainCharacters(piece.text) }))
    .filter(({ text }) => text.trim() !== '');
  const lines: Line[] = [];
  let at = 0;
  while (at < told.length) {
    const first = told[at] as Piece;
    let end = at + 1;
    if (first.isVertical || isOne(first)) {
      // each of its pieces begins where the one before ends, downwards
      for (let next = told[end]; next; next = told[++end]) {
        const before = told[end - 1] as Piece;
        if (
          !(first.isVertical && next.isVertical
            ? near(next.x, before.x, before.size * 0.3)
            : isOne(next) && isBelow(next, before))
        )
          break;
      }
      if (first.isVertical || end - at >= COLUMN) {
        lines.push(downwards(told.slice(at, end)));
        at = end;
        continue;
      }
      end = at + 1;
    }
    for (let next = told[end]; next; next = told[++end]) {
      const before = told[end - 1] as Piece;
      if (
        next.isVertical ||
        !near(next.y, first.y, Math.max(first.size, next.size) * 0.4) ||
        next.x < before.x - 1
      )
        break;
    }
    lines.push(across(told.slice(at, end)));
    at = end;
  }
  return lines.filter((line) => !isReading(line, lines));
}

function downwards(pieces: readonly Piece[]): Line {
  const first = pieces[0] as Piece;
  const last = pieces.at(-1) as Piece;
  return {
    text: closeUp(pieces.map(({ text }) => text).join('')),
    from: -first.y,
    to: -last.y + (last.isVertical ? last.width : last.size),
    y: first.x,
    size: first.size,
    isVertical: true,
  };
}
function across(pieces: readonly Piece[]): Line {
  let text = '';
  let end = pieces[0]?.x ?? 0;
  for (const piece of pieces) {
    const [before, next] = [[...text].at(-1) ?? '', [...piece.text][0] ?? ''];
    const enough = (IS_CJK.test(before) && IS_CJK.test(next) ? GAP_CJK : GAP_LATIN) * piece.size;
    if (text !== '' && piece.x - end > enough && before !== ' ') text += ' ';
    text += piece.text;
    end = piece.x + piece.width;
  }
  const [first] = pieces as [Piece];
  return {
    text: closeUp(text.trim()),
    from: first.x,
    to: end,
    y: first.y,
    size: Math.max(...pieces.map(({ size }) => size)),
    isVertical: false,
  };
}
/** Small kana over a line of larger characters: its readings (ruby). */
function isReading(line: Line, lines: readonly Line[]): boolean {
  if (!/^[\p{Script=Hiragana}\p{Script=Katakana}ー・\s]+$/u.test(line.text)) return false;
  return lines.some(
    (base) =>
      base.isVertical === line.isVertical &&
      line.size <= base.size * 0.6 &&
      line.y > base.y &&
      line.y - base.y < base.size * 1.5 &&
      line.from >= base.from - base.size &&
      line.to <= base.to + base.size,
  );
}

const SENTENCE_ENDS = /[。．.!?！？:：」』）)]$/u;
const ITEM_BEGINS =
  /^(?:[-*•・◦▪■◆●▼○□【※→]|[0-9０-９]{1,3}[.．)）、]|[①-⑳]|[(（][0-9０-９a-zA-Zア-ン]{1,3}[)）]|第[0-9０-９一二三四五六七八九十]+[章節条項])/u;
/** a line that ends this near to the end of its column, in characters, goes on in the next one */
const FULL = 2.2;

/** Lines as paragraphs: what only the width of the page has broken is joined again. */
export function paragraphsOf(lines: readonly Line[]): string[] {
  const paragraphs: string[] = [];
  let text = '';
  lines.forEach((line, i) => {
    const before = lines[i - 1];
    if (before && goesOn(before, line, lines)) text += (needsSpace(text, line.text) ? ' ' : '') + line.text;
    else if (before && isNextLine(before, line)) text += `\n${line.text}`;
    else {
      if (text !== '') paragraphs.push(text);
      text = line.text;
    }
  });
  if (text !== '') paragraphs.push(text);
  return paragraphs;
}
const isNextLine = (before: Line, line: Line): boolean => {
  const pitch = before.y - line.y;
  return (
    before.isVertical === line.isVertical &&
    near(before.size, line.size, before.size * 0.15) &&
    pitch > 0 &&
    pitch < before.size * 2.1
  );
};
function goesOn(before: Line, line: Line, lines: readonly Line[]): boolean {
  if (!isNextLine(before, line) || SENTENCE_ENDS.test(before.text) || ITEM_BEGINS.test(line.text))
    return false;
  // the column: lines of that size that begin near where these do
  const end = Math.max(
    ...lines
      .filter((other) => other.isVertical === line.isVertical && near(other.from, line.from, line.size * 4))
      .map(({ to }) => to),
  );
  // a Latin word that had no room left may leave a wide gap
  const room = /[a-z]$/i.test(before.text) ? FULL * 2.5 : FULL;
  return before.to >= end - before.size * room && before.to - before.from > before.size * 8;
}
const needsSpace = (before: string, next: string): boolean =>
  /[\x21-\x7e]$/.test(before) && /^[\x21-\x7e]/.test(next);

/** so many lines at the head and the foot of a page may be the same on each */
const EDGE = 2;
const PAGES_FROM = 3;
const SHARE = 0.6;

/** Pages without what stands on most of them: titles at the head, numbers at the foot. */
export function withoutRunningLines(pages: readonly (readonly Line[])[]): (readonly Line[])[] {
  if (pages.length < PAGES_FROM) return [...pages];
  const maskOf = ({ text, y }: Line): string => `${Math.round(y / 4)} ${text.replace(/[0-9０-９]+/g, '#')}`;
  const edgesOf = (lines: readonly Line[]): Line[] => [
    ...new Set([...lines.slice(0, EDGE), ...lines.slice(-EDGE)]),
  ];
  const counts = new Map<string, number>();
  for (const lines of pages)
    for (const mask of new Set(edgesOf(lines).map(maskOf))) counts.set(mask, (counts.get(mask) ?? 0) + 1);
  return pages.map((lines) => {
    const edges = new Set(edgesOf(lines));
    return lines.filter((line) => !edges.has(line) || (counts.get(maskOf(line)) ?? 0) < pages.length * SHARE);
  });
}
