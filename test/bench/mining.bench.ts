// The miner's speed as a ratio to splitting the same lines at white space, and to Drain with masks by regular expression.
import { Miner } from '../../main/logs/index.ts';
import { type Case, drawFrom, linesOf, STYLES } from '../unit/logs/styles.ts';

const LINES = 300_000;
const RANDOM_LINES = 1_000_000;
const ROUNDS = 5;

/** Lines of a block store: few messages, many numbers. */
const BLOCKS: readonly Case[] = [
  {
    event: 'receiving',
    times: 3,
    line: (d) =>
      `Receiving block blk_${d.int(1, 999999)}${d.int(100000, 999999)} src: /${d.ip()}:${d.int(30000, 60000)} dest: /${d.ip()}:50010`,
  },
  {
    event: 'responder',
    times: 3,
    line: (d) =>
      `PacketResponder ${d.int(0, 2)} for block blk_-${d.int(1, 999999)}${d.int(100000, 999999)} terminating`,
  },
  {
    event: 'added',
    times: 3,
    line: (d) =>
      `BLOCK* Names.addStored: blockMap updated: ${d.ip()}:50010 is added to blk_${d.int(1, 999999)}${d.int(100000, 999999)} size ${d.int(1, 67108864)}`,
  },
  {
    event: 'deleting',
    times: 1,
    line: (d) =>
      `Deleting block blk_${d.int(100000, 999999)} file /mnt/data/current/subdir${d.int(0, 63)}/blk_${d.int(100000, 999999)}`,
  },
];

/**
 * Drain as commonly written (He et al., ICWS 2017; masks and settings as Drain3's examples have them): each mask a global
 * replacement, a tree by token count and first token, similarity 0.4.
 */
class PlainDrain {
  private static readonly masks: readonly (readonly [RegExp, string])[] = [
    [/((?<=[^A-Za-z0-9])|^)(([0-9a-f]{2,}:){3,}([0-9a-f]{2,}))((?=[^A-Za-z0-9])|$)/g, '$1<ID>$5'],
    [/((?<=[^A-Za-z0-9])|^)(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})((?=[^A-Za-z0-9])|$)/g, '$1<IP>$3'],
    [/((?<=[^A-Za-z0-9])|^)([0-9a-f]{6,} ?){3,}((?=[^A-Za-z0-9])|$)/g, '$1<SEQ>$3'],
    [/((?<=[^A-Za-z0-9])|^)(0x[a-f0-9A-F]+)((?=[^A-Za-z0-9])|$)/g, '$1<HEX>$3'],
    [/((?<=[^A-Za-z0-9])|^)([-+]?\d+)((?=[^A-Za-z0-9])|$)/g, '$1<NUM>$3'],
  ];
  private readonly tree = new Map<string, { tokens: string[]; lines: number }[]>();
  add(line: string): void {
    let text = line;
    for (const [mask, name] of PlainDrain.masks) text = text.replace(mask, name);
    const tokens = text.trim().split(/\s+/);
    const first = /\d/.test(tokens[0] ?? '') ? '<*>' : tokens[0];
    const key = `${tokens.length} ${first}`;
    const groups = this.tree.get(key) ?? [];
    let best: { tokens: string[]; lines: number } | null = null;
    let most = 0.4 * tokens.length;
    for (const group of groups) {
      let same = 0;
      for (let i = 0; i < tokens.length; i++) if (group.tokens[i] === tokens[i]) same++;
      if (same < most) continue;
      most = same;
      best = group;
    }
    if (best) {
      best.lines++;
      best.tokens = best.tokens.map((token, i) => (token === tokens[i] ? token : '<*>'));
    } else {
      groups.push({ tokens, lines: 1 });
      this.tree.set(key, groups);
    }
  }
}

/** CPU seconds, the least of some rounds. */
function cpuSeconds(work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1e6);
  }
  return least;
}

export async function run(print: (line: string) => void): Promise<void> {
  const mixed = Object.values(STYLES).flat();
  const suites: readonly (readonly [string, readonly Case[]])[] = [
    ['block store lines', BLOCKS],
    ['mixed lines', mixed],
  ];
  for (const [name, cases] of suites) {
    const round = cases.reduce((sum, c) => sum + c.times, 0);
    const rounds = Math.ceil(LINES / round);
    const draw = drawFrom(1);
    const lines = Array.from({ length: rounds }, () =>
      linesOf(cases, draw.int(1, 1 << 30)).map((l) => l.line),
    ).flat();
    let words = 0;
    const split = cpuSeconds(() => {
      for (const line of lines) words += line.split(/\s+/).length;
    });
    let found = 0;
    const ours = cpuSeconds(() => {
      const miner = new Miner();
      for (const line of lines) miner.add(line);
      found = miner.templates().length;
    });
    const drain = cpuSeconds(() => {
      const miner = new PlainDrain();
      for (const line of lines) miner.add(line);
    });
    const perSecond = Math.round(lines.length / ours / 1000);
    print(
      `mining: ${name}: ${(drain / ours).toFixed(1)} × the speed of Drain with regular-expression masks, ${(ours / split).toFixed(2)} × the time of splitting at white space (${found} templates, ${Math.round(words / ROUNDS / lines.length)} words a line, ${perSecond}k lines per CPU second on this machine)`,
    );
  }
  memory(print);
}

/** Words nobody ever said before, 4 to 12 of them a line: what the miner holds must not grow with them. */
function memory(print: (line: string) => void): void {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const draw = drawFrom(2);
  const word = (): string =>
    Array.from({ length: draw.int(3, 8) }, () => letters.charAt(draw.int(0, 25))).join('');
  const held = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const before = held();
  const miner = new Miner();
  let early = 0;
  for (let i = 1; i <= RANDOM_LINES; i++) {
    miner.add(Array.from({ length: draw.int(4, 12) }, word).join(' '));
    if (i === RANDOM_LINES / 10) early = held() - before;
  }
  const late = held() - before;
  print(
    `mining: ${RANDOM_LINES} lines of random words: ${late.toFixed(0)} MiB held, ${(late / early).toFixed(2)} × what ${RANDOM_LINES / 10} lines take (${miner.templates().length} templates)`,
  );
  const { rows } = miner.takeChanges();
  const start = performance.now();
  const again = new Miner(undefined, rows);
  print(
    `mining: a miner of ${again.templates().length} templates is made from its rows in ${(performance.now() - start).toFixed(0)} ms`,
  );
}
