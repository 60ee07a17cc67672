import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Level, Miner, type Part, type Template, templateText } from '../../../main/logs/index.ts';
import { scoreGroups } from '../../helpers/logs/grouping.ts';
import { drawFrom, linesOf, STYLES } from './styles.ts';

const mine = (lines: readonly string[], miner = new Miner()): string[] => {
  const ids = lines.map((line) => miner.add(line).template);
  return ids.map((id) => templateText(miner.template(id)));
};
const templatesOf = (...lines: string[]): string[] => [...new Set(mine(lines))];

test('what varies becomes a parameter, what does not stays', () => {
  expect(templatesOf('took 31 ms for page 7', 'took 4 ms for page 12')).toEqual(['took <*> for page <*>']);
  expect(templatesOf('from 10.0.0.1:80 to /var/log/a.log', 'from [::1]:80 to C:\\log\\b.txt').length).toBe(2);
  expect(templatesOf('id=7 user=root name="A B"', 'id=x user=alice name=none')).toEqual([
    'id=<*> user=<*> name=<*>',
  ]);
  expect(
    templatesOf('open 17288ea8-cbf4-4f0e-94fe-853fd2735f29', 'open 0x1f', 'open 9f4ef63', 'open blk_-12'),
  ).toEqual(['open <*>']);
});

test('a number inside a word is constant until another is seen', () => {
  const miner = new Miner();
  expect(mine(['link eth0 is up now'], miner)).toEqual(['link eth0 is up now']);
  expect(mine(['link eth1 is up now'], miner)).toEqual(['link eth<*> is up now']);
  expect(templatesOf('log4j is configured here', 'log4j is configured here')).toEqual([
    'log4j is configured here',
  ]);
});

test('quantities with their units, lists of any length and empty brackets are one parameter each', () => {
  expect(
    templatesOf('sent 403 bytes, lifetime <1 sec', 'sent 10547 bytes (10.2 KB), lifetime 00:02'),
  ).toEqual(['sent <*>, lifetime <*>']);
  expect(templatesOf('delete blk_1 from it', 'delete blk_1 blk_2, blk_3 from it')).toEqual([
    'delete <*> from it',
  ]);
  expect(templatesOf('call from 10.0.0.1 () at noon', 'call from 10.0.0.1 (h7.example.com) at noon')).toEqual(
    ['call from <*> (<*>) at noon'],
  );
});

test('how long something took is a value of its own, also right behind another', () => {
  const miner = new Miner();
  const parametersOf = (line: string) =>
    miner
      .template(miner.add(line).template)
      .parts.flatMap((part) => (part.kind === 'parameter' ? [part.type] : []));
  expect(parametersOf('エントリを保存しました 伝票=3317505241 143ms')).toEqual(['number', 'duration']);
  expect(parametersOf('エントリを保存しました 伝票=0811697501 1.2 s')).toEqual(['number', 'duration']);
  expect(parametersOf('slots 3 7 12 are free')).toEqual(['number']);
  expect(parametersOf('runs took 3 ms 7 ms 12 ms')).toEqual(['duration']);
});

test('an address is one value in all its notations, and a colon behind it is punctuation', () => {
  const answered = ['10.0.0.7', '::1', '::ffff:10.0.0.7', 'fe80::1a2b:3c4d%en0', '2001:DB8:0:B0::7'];
  expect(templatesOf(...answered.map((at) => `${at} answered`))).toEqual(['<*> answered']);
  expect(templatesOf('slot 0000:02:1f.3 is free', 'slot 0000:fa:1f.3 is free')).toEqual(['slot <*> is free']);
  expect(templatesOf('http://a.example.com/x: refused', 'job-1.example.com: refused')).toEqual([
    '<*>: refused',
  ]);
  expect(templatesOf('std::move of a::b failed', 'mode add: face is bad')).toEqual([
    'std::move of a::b failed',
    'mode add: face is bad',
  ]);
});

test('what is said of a thing is no value, and a key keeps its name', () => {
  const says = (state: string) => `Portal: handler en0: ${state}`;
  expect(templatesOf(says('Inactive'), says('Authenticated'), says('Unknown'))).toHaveLength(3);
  const wakes = (handler: string) => `Power source information: ${handler}, kind: Normal sleep, left: 31`;
  expect(templatesOf(wakes('onSleep'), wakes('onWake'))).toHaveLength(2);
  expect(templatesOf('mdns: IPv4 addr: 10.0.0.7', 'mdns: IPv6 addr: fe80::1')).toHaveLength(2);
  const sets = (key: string) => `Server environment:${key}=some-value`;
  expect(templatesOf(sets('host.name'), sets('java.vm.home'), sets('java.vm.path'))).toHaveLength(3);
});

test('a message code names the event: other codes are other events, words behind it are values', () => {
  const built = (code: string, way: string) => `%FW-6-${code}: Built ${way} connection 71 for inside`;
  expect(templatesOf(built('302', 'inbound'), built('302', 'outbound'), built('305', 'inbound'))).toEqual([
    '%FW-6-302: Built <*> connection <*> for inside',
    '%FW-6-305: Built inbound connection <*> for inside',
  ]);
  const link = (state: string) => `%LINK-3-UPDOWN: Interface Gi0/1 changed state to ${state} now`;
  expect(templatesOf(link('up'), link('down'))).toHaveLength(2);
});

test('state words stay apart, names do not', () => {
  const vm = (state: string) => `[instance: 7] VM ${state} (Lifecycle Event)`;
  expect(templatesOf(vm('Started'), vm('Paused'), vm('Resumed'), vm('Stopped'))).toHaveLength(4);
  const session = (user: string) => `session opened for user ${user} by (uid=0)`;
  expect(templatesOf(session('root'), session('news'), session('cyrus'))).toHaveLength(1);
  const method = (name: string) => `10.0.0.1 "${name} /a/b HTTP/1.1" status: 200`;
  expect(templatesOf(method('GET'), method('POST'), method('DELETE'))).toHaveLength(3);
});

test('many different words in one place make it a parameter, and its lines come along', () => {
  const miner = new Miner();
  const words = 'amber birch cedar delta ember fjord'.split(' ');
  const ids = words.map((word) => miner.add(`the gate ${word} was left open`).template);
  expect(new Set(ids).size).toBeGreaterThan(1);
  expect(new Set(ids.map((id) => miner.resolve(id)))).toEqual(new Set([1]));
  expect(miner.templates()).toMatchObject([{ id: 1, lines: words.length }]);
  expect(miner.add('the gate grove was left open').template).toBe(1);
});

test('a word that is a value in one message is likely one in another', () => {
  const opened = (user: string) => `session opened for user ${user} by (uid=0)`;
  const tooMany = (user: string) => `Disconnecting: Too many failures for ${user} [early]`;
  const few = [tooMany('cyrus'), tooMany('news')];
  expect(templatesOf(...few)).toHaveLength(2);
  const miner = new Miner();
  mine(['root', 'cyrus', 'news'].map(opened), miner);
  const ids = few.map((line) => miner.add(line).template);
  expect(new Set(ids.map((id) => miner.resolve(id))).size).toBe(1);
});

test('a name of several words is one parameter, however many they are', () => {
  const sent = (name: string) => `Campaign ${name} finished: 31 sent, 4 bounced`;
  const names = ['Spring sale', 'A', 'Blue line two', 'Week 47 plan', 'Night run', 'Return'];
  const miner = new Miner();
  const ids = names.map((name) => miner.add(sent(name)).template);
  expect(new Set(ids.map((id) => miner.resolve(id)))).toEqual(new Set([1]));
  expect(templateText(miner.template(1))).toBe('Campaign <*> finished: <*> sent, <*> bounced');
  expect(miner.add(sent('The last days of June')).template).toBe(1);
  expect(miner.add('Campaign manager finished: 31 sent, 4 bounced again').template).not.toBe(1);
});

test('one name of several words among names of one word is a name, in whatever order they come', () => {
  const out = (user: string) => `user ${user} logged out`;
  const names = ['Zoë Müller', 'kenji', 'alice'];
  for (const order of [names, names.toReversed()]) {
    const miner = new Miner();
    const ids = order.map((name) => miner.add(out(name)).template);
    expect(new Set(ids.map((id) => miner.resolve(id)))).toEqual(new Set([1]));
    expect(miner.add('user alice was never logged out').template).not.toBe(1);
  }
});

test('lines of other gravity are not merged where their words differ', () => {
  const miner = new Miner();
  const add = (word: string, level: Level) => miner.add(`the gate ${word} was left open`, level).template;
  const calm = 'amber birch cedar delta ember fjord'.split(' ').map((word) => add(word, 'info'));
  const bad = 'stone river cloud'.split(' ').map((word) => add(word, 'error'));
  expect(new Set(calm.map((id) => miner.resolve(id))).size).toBe(1);
  expect(bad.map((id) => miner.resolve(id))).not.toContain(miner.resolve(calm[0]!));
});

test('Japanese without spaces: full-width digits, 「names」, mixed scripts', () => {
  expect(
    templatesOf('拠点「札幌」の残件が１２３件を超えました', '拠点「佐世保」の残件が9件を超えました'),
  ).toEqual(['拠点「<*>」の残件が<*>件を超えました']);
  expect(templatesOf('担当者 田中 がログアウトしました', '担当者 佐藤 がログアウトしました')).toEqual([
    '担当者 <*> がログアウトしました',
  ]);
  expect(templatesOf('プリンターが応答しません', 'プリンターの用紙がありません')).toHaveLength(2);
});

test.each(Object.entries(STYLES))('messages in the manner of %s are told apart', (_name, cases) => {
  for (const seed of [1, 2, 3]) {
    const lines = linesOf(cases, seed);
    const found = mine(lines.map((l) => l.line));
    const { ga } = scoreGroups(
      found,
      lines.map((l) => l.event),
    );
    expect(ga).toBeGreaterThanOrEqual(0.95);
  }
});

const anyLine = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc
    .array(
      fc.constantFrom(
        'a=',
        '12',
        'eth0',
        '"',
        "'",
        '(',
        ')',
        '[',
        '{',
        '}',
        ' ',
        ', ',
        ':',
        '/x/y',
        '\\',
        '==',
        '**',
        '札幌',
        '「',
        '」',
        'が',
        'x.y.Z',
        '0x1f',
        '<',
        'user',
        'KB',
        'Mon',
        'Jan',
        '２',
        '-',
        '--',
        '|',
      ),
      { maxLength: 25 },
    )
    .map((parts) => parts.join('')),
);

test('any text: nothing throws, every line is counted once, in a template that covers it', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 60 }), (lines) => {
      const miner = new Miner();
      const ids = lines.map((line) => miner.add(line).template);
      const templates = miner.templates();
      expect(templates.reduce((sum, t) => sum + t.lines, 0)).toBe(lines.length);
      ids.forEach((id, i) => {
        expect(
          covers(miner.template(id), lines[i]!),
          `${templateText(miner.template(id))}\n${lines[i]}`,
        ).toBe(true);
      });
    }),
    { numRuns: 400, seed: 7 },
  );
});

test('the same lines give the same templates, whatever is asked in between and however much is remembered', () => {
  const lines = Object.values(STYLES).flatMap((cases) => linesOf(cases, 5).map((l) => l.line));
  const all = new Miner();
  const results = lines.map((line) => all.add(line));
  const forgetful = new Miner({ maxTemplates: 20_000, maxSignatures: 3 });
  lines.forEach((line, i) => {
    if (i % 97 === 0) forgetful.templates();
    forgetful.add(line);
  });
  expect(forgetful.templates()).toEqual(all.templates());
  const again = new Miner();
  expect(lines.map((line) => again.add(line))).toEqual(results);
});

test('a number means the same template or the one that took it in, for ever', () => {
  const lines = Object.values(STYLES).flatMap((cases) => linesOf(cases, 6).map((l) => l.line));
  const miner = new Miner();
  const now = new Map<number, number>();
  for (const line of lines) {
    const result = miner.add(line);
    if (result.kind === 'created') {
      expect(now.has(result.template)).toBe(false);
      now.set(result.template, result.template);
    }
    if (result.kind === 'widened') {
      for (const [id, means] of now) if (result.absorbed.includes(means)) now.set(id, result.template);
      if (result.absorbed.some((id) => id < result.template))
        throw new Error('an older template was taken in');
    }
  }
  for (const [id, means] of now) expect(miner.resolve(id)).toBe(means);
});

test('past the limit, new shapes share one template and none is lost', () => {
  const miner = new Miner({ maxTemplates: 50, maxSignatures: 100 });
  const draw = drawFrom(3);
  for (let i = 0; i < 5000; i++)
    miner.add(Array.from({ length: draw.int(1, 9) }, () => draw.hex(9).replace(/\d/g, 'q')).join(' '));
  const templates = miner.templates();
  expect(templates.length).toBeLessThanOrEqual(51);
  expect(templates.reduce((sum, t) => sum + t.lines, 0)).toBe(5000);
});

/** White space is no part of a template; a parameter stands for anything, nothing included. */
function covers(template: Template, line: string): boolean {
  const text = Array.from(line, (c) => (c <= ' ' || c === '\x7f' || /\s/.test(c) ? '' : c)).join('');
  const literal = (part: Part): string[] =>
    part.kind === 'parameter'
      ? ['']
      : part.text
          .replace(/\s+/g, '')
          .split('<*>')
          .flatMap((piece, i) => (i ? ['', piece] : [piece]));
  // greedy left to right is exact for literals between wildcards once the two ends are pinned
  const pieces = template.parts.flatMap(literal);
  let at = 0;
  let open = false;
  const runs: string[] = [''];
  for (const piece of pieces)
    if (piece === '') runs.push('');
    else runs[runs.length - 1] += piece;
  for (const [i, run] of runs.entries()) {
    if (i === runs.length - 1 && runs.length > 1) return text.length - run.length >= at && text.endsWith(run);
    const found = open ? text.indexOf(run, at) : text.startsWith(run, at) ? at : -1;
    if (found < 0) return false;
    at = found + run.length;
    open = true;
  }
  return at === text.length;
}
