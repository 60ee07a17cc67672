// Log sets written before the rules they measure: whole systems in our own words, with the values skewed as in life (one user, one host,
// one module is most of what one sees), parts that are not always there, lists of any length, and events that come once or twice.
import { type Draw, drawFrom } from '../styles.ts';

export type Story = {
  readonly name: string;
  /** `of`: one of these words, the same for all lines of an event, as a component has its own messages */
  readonly header: (
    d: Draw,
    level: 'INFO' | 'WARN' | 'ERROR',
    n: number,
    of: (words: readonly string[]) => string,
  ) => string;
  readonly tail?: (d: Draw, of: (words: readonly string[]) => string) => string;
  /** Values this system has of its own: `|` between the options (those named first come most), or a function. */
  readonly values?: Readonly<Record<string, string | ((d: Draw) => string)>>;
  /**
   * One event a line, `weight text`, with `W` or `E` after the weight for its level. `{name}` a value, `{a|b}` one of these words,
   * `<<…>>` a part that is there in half of the lines, `{name+}` a list of one to five, `⏎` a line break (a trace).
   */
  readonly events: string;
};

const LINES = 2_000;
const pad = (n: number, width = 2): string => String(n).padStart(width, '0');
/** Early options far more often than late ones. */
const skewed = (d: Draw, options: readonly string[]): string => {
  const u = d.int(0, 9_999) / 10_000;
  return options[Math.floor(options.length * u * u)] ?? '';
};
const of = (text: string): ((d: Draw) => string) => {
  const options = text.split('|');
  return (d) => skewed(d, options);
};

const VALUES: Readonly<Record<string, (d: Draw) => string>> = {
  n: (d) => String(d.int(0, d.int(0, 3) === 0 ? 99_999 : 400)),
  d: (d) => String(d.int(0, 9)),
  big: (d) => String(d.int(100_000, 2_000_000_000)),
  dec: (d) => `${d.int(0, 999)}.${d.int(10, 99)}`,
  neg: (d) => String(-d.int(1, 99)),
  ip: (d) => (d.int(0, 2) === 0 ? '10.20.0.15' : d.ip()),
  port: (d) => String(d.int(1024, 65_000)),
  hex8: (d) => d.hex(8),
  hex16: (d) => d.hex(16),
  hex32: (d) => d.hex(32),
  ptr: (d) => `0x${d.hex(12)}`,
  uuid: (d) => [8, 4, 4, 4, 12].map((k) => d.hex(k)).join('-'),
  mac: (d) => Array.from({ length: 6 }, () => d.hex(2)).join(':'),
  clock: (d) => `${pad(d.int(0, 23))}:${pad(d.int(0, 59))}:${pad(d.int(0, 59))}`,
  date: (d) => `2026-${pad(d.int(1, 12))}-${pad(d.int(1, 28))}`,
  ver: (d) => `${d.int(1, 9)}.${d.int(0, 20)}.${d.int(0, 30)}`,
};

function drawValue(name: string, d: Draw, own: Story['values']): string {
  if (name.includes('|')) return skewed(d, name.split('|'));
  if (name.endsWith('+'))
    return Array.from({ length: d.int(1, 5) }, () => drawValue(name.slice(0, -1), d, own)).join(', ');
  const given = own?.[name] ?? VALUES[name];
  if (given === undefined) throw new Error(`no value {${name}}`);
  return typeof given === 'string' ? fill(of(given)(d), d, own) : given(d);
}
/** From the inside out, as an option may hold values itself; other braces belong to the text. */
function fill(text: string, d: Draw, own: Story['values']): string {
  let filled = text.replace(/<<(.*?)>>/g, (_, part: string) => (d.int(0, 1) === 0 ? '' : part));
  for (let before = ''; before !== filled; ) {
    before = filled;
    filled = filled.replace(/\{([^{}]+)\}/g, (all, name: string) =>
      name.includes('|') || /^\w+\+?$/.test(name) ? drawValue(name, d, own) : all,
    );
  }
  return filled;
}

/** About 2,000 raw lines in an order drawn by the seed, each with its event. */
export function drawStory(story: Story, seed: number): { event: string; line: string }[] {
  const d = drawFrom(seed);
  const events = story.events
    .split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => {
      const [, weight, level, text] = /^(\d+)([WE]?) (.*)$/.exec(row) ?? [];
      if (weight === undefined || text === undefined) throw new Error(`not an event: ${row}`);
      return {
        weight: Number(weight),
        level: level === 'E' ? ('ERROR' as const) : level === 'W' ? ('WARN' as const) : ('INFO' as const),
        text,
      };
    });
  const whole = events.reduce((sum, e) => sum + e.weight, 0);
  const lines = events.flatMap((event, i) =>
    Array.from(
      { length: event.weight <= 2 ? event.weight : Math.ceil((event.weight * LINES) / whole) },
      () => ({
        ...event,
        i,
      }),
    ),
  );
  for (let i = lines.length - 1; i > 0; i--) {
    const j = d.int(0, i);
    const [a, b] = [lines[i], lines[j]];
    if (a && b) [lines[i], lines[j]] = [b, a];
  }
  return lines.flatMap(({ level, text, i }, n) => {
    const one = (words: readonly string[]): string => words[i % words.length] ?? '';
    const full = story.header(d, level, n, one) + fill(text, d, story.values) + (story.tail?.(d, one) ?? '');
    return full.split('⏎').map((line) => ({ event: `${story.name} ${i}`, line }));
  });
}
export const at = (n: number): string =>
  `${pad(9 + Math.floor(n / 3600))}:${pad(Math.floor(n / 60) % 60)}:${pad(n % 60)}`;
export const milli = (d: Draw): string => pad(d.int(0, 999), 3);
