// Lines of styles the miner was not made on: our own messages in the manner of many systems, with values drawn by a seed. An event's
// lines must share one template and no other event's.
import { type Draw, drawFrom } from '../styles.ts';

/** One event a line; `{…}` is a value (`{a|b}` one of these words), `W:` or `E:` before it its level. */
export type HeldOut = {
  readonly name: string;
  /** `of`: one of these words, the same for all lines of an event, as a component has its own messages */
  readonly header: (d: Draw, level: string, n: number, of: (words: readonly string[]) => string) => string;
  readonly events: readonly string[];
};

const HOSTS =
  'alder birch cedar-2 n042 web01 db-main worker-7 edge3 gw.example.net node17.cluster.local'.split(' ');
const USERS = 'root alice bmori kenji svc-batch www-data guest oracle admin2 t.sato postgres nobody'.split(
  ' ',
);
const FILES = 'orders.csv part-00012 access.log a.tmp report_2026.pdf lock.db index.idx data.bin'.split(' ');
const DIRS = '/var/log /opt/app/data /home/kenji /mnt/disk3/cur /tmp /usr/lib/x'.split(' ');
const CLASSES =
  'com.example.order.OrderService com.example.Main org.sample.net.Channel jp.co.site.batch.Loader io.demo.Cache'.split(
    ' ',
  );
const NAMES = '田中 佐藤 鈴木 高橋 伊藤 渡辺 山本 中村'.split(' ');
const SITES = '札幌 大阪 福岡 仙台 名古屋 広島'.split(' ');
const WORDS =
  'orders invoices payments shipping catalog users sessions metrics audit search mail billing stock prices'.split(
    ' ',
  );
const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

const VALUES: Readonly<Record<string, (d: Draw) => string>> = {
  n: (d) => String(d.int(0, 9999)),
  d: (d) => String(d.int(0, 9)),
  big: (d) => String(d.int(100_000, 999_999_999)),
  neg: (d) => String(d.int(-50, 50)),
  dec: (d) => `${d.int(0, 99)}.${d.int(10, 99)}`,
  ip: (d) => d.ip(),
  port: (d) => String(d.int(1024, 65_000)),
  hex4: (d) => d.hex(4),
  hex8: (d) => d.hex(8),
  hex16: (d) => d.hex(16),
  ptr: (d) => `0x${d.hex(8)}`,
  uuid: (d) => [8, 4, 4, 4, 12].map((k) => d.hex(k)).join('-'),
  mac: (d) => Array.from({ length: 6 }, () => d.hex(2)).join(':'),
  host: (d) => d.pick(HOSTS),
  user: (d) => d.pick(USERS),
  file: (d) => d.pick(FILES),
  path: (d) => `${d.pick(DIRS)}/${d.pick(FILES)}`,
  dir: (d) => d.pick(DIRS),
  class: (d) => d.pick(CLASSES),
  word: (d) => d.pick(WORDS),
  name: (d) => d.pick(NAMES),
  site: (d) => d.pick(SITES),
  clock: (d) => `${pad(d.int(0, 23))}:${pad(d.int(0, 59))}:${pad(d.int(0, 59))}`,
  date: (d) => `2026-${pad(d.int(1, 12))}-${pad(d.int(1, 28))}`,
  url: (d) => `http://${d.pick(HOSTS)}:${d.int(1024, 9999)}/${d.pick(WORDS)}/${d.int(1, 999)}`,
  ver: (d) => `${d.int(1, 9)}.${d.int(0, 20)}.${d.int(0, 30)}`,
  size: (d) =>
    d.pick([`${d.int(1, 999)} KB`, `${d.int(1, 99)}.${d.int(0, 9)} MB`, `${d.int(1, 9)}.${d.int(0, 9)} GB`]),
  dur: (d) => d.pick([`${d.int(1, 999)} ms`, `${d.int(1, 9)}.${d.int(0, 9)} s`]),
  // several words that are one value
  phrase: (d) => d.pick(['Spring sale', 'Night run', 'Blue line two', 'A', 'Return desk', 'Week 47 plan']),
};
const fill = (event: string, d: Draw): string =>
  event.replace(/\{([^{}]+)\}/g, (_, what: string) =>
    what.includes('|') ? d.pick(what.split('|')) : (VALUES[what]?.(d) ?? `{${what}}`),
  );

/** Raw lines with their events, some events frequent and most rare, as in life. */
export function drawLines(style: HeldOut, seed: number): { event: string; line: string }[] {
  const d = drawFrom(seed);
  const lines = style.events.flatMap((given, i) => {
    const level = given.startsWith('E:') ? 'ERROR' : given.startsWith('W:') ? 'WARN' : 'INFO';
    const event = given.replace(/^[EW]:/, '');
    const times = d.pick(['1', '2', '3', '5', '8', '15', '30', '70']);
    return Array.from({ length: Number(times) }, () => ({
      event: `${style.name} ${i}`,
      level,
      text: event,
      i,
    }));
  });
  for (let i = lines.length - 1; i > 0; i--) {
    const j = d.int(0, i);
    [lines[i], lines[j]] = [lines[j]!, lines[i]!];
  }
  return lines.map(({ event, level, text, i }, n) => {
    const header = style.header(d, level, n, (words) => words[i % words.length] ?? '');
    return { event, line: header + fill(text, d) };
  });
}
export const at = (n: number): string =>
  `${pad(9 + Math.floor(n / 3600))}:${pad(Math.floor(n / 60) % 60)}:${pad(n % 60)}`;
