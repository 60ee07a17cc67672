import type { Plan } from './contract/questions.ts';
import logwords from './grammar/log-words.json' with { type: 'json' };
import { filtersOf, type Placed } from './places.ts';
import { windowOf } from './windows.ts';
import type { Words } from './words.ts';

const CODE = /^[A-Z]{1,8}-?\d{2,6}$/i;
/** a line of a log, as it was copied */
const PASTED = /^\s*(ERROR|WARN(?:ING)?|FATAL|INFO|DEBUG)[:\s\]]\s*([\x20-\x7e]{12,}?)\s*$/;
const QUOTED = /「([^」]+)」|『([^』]+)』|“([^”]+)”|"([^"]+)"/;
const LOGWORDS = Object.entries(logwords).sort(([a], [b]) => b.length - a.length);
/** Lines of the logs: those that hold a word, the newest of a service, or whether a service still writes any. */
/** `heard`: the examples ask for lines. */
export function readLogs(
  w: Words,
  names: readonly Placed[],
  heard: boolean,
): Extract<Plan, { act: 'logs' }> | null {
  const line = PASTED.exec(w.text);
  if (line?.[2]) {
    for (const t of w.tokens) w.take('words', t);
    const where = filtersOf(names.filter((n) => n.place === 'level'));
    return {
      act: 'logs',
      ask: 'lines',
      where,
      words: [line[2].slice(0, 200)],
      window: windowOf(w, { ahead: false, timed: true }),
      limit: null,
    };
  }
  const services = names.filter((n) => n.place === 'service');
  const alive = w.all('alive').filter((t) => !(t.roles.has('occur') && w.has('m:errors')));
  const words: string[] = [];
  const quoted = QUOTED.exec(w.text);
  const said = quoted?.slice(1).find((q) => q !== undefined);
  if (said && w.has('m:log-lines', 'm:errors', 'logfind', 'occur', 'howmany:times')) {
    words.push(said);
    for (const t of w.tokens)
      if (w.text.indexOf(said) <= t.from && t.to <= w.text.indexOf(said) + said.length) w.take('words', t);
  }
  for (const t of w.tokens) {
    if (!w.isUsed(t) && CODE.test(t.text)) {
      words.push(t.text);
      w.take('words', t);
    }
  }
  const several = w.tokens.find((t) => t.number && ['items', 'plain', 'lines'].includes(t.number.unit));
  // the last 20 lines of a service
  const log =
    w.has('m:log-lines') ||
    (services.length > 0 &&
      (several?.number?.unit === 'lines' ||
        (w.has('w:log-lines') && (several !== undefined || w.has('latest')))));
  const find = w.all('logfind').filter((t) => !t.roles.has('empty'));
  const times = w.has('howmany:times') && w.has('occur');
  const context = log || find.length > 0 || times || (w.has('occur') && !w.has('m:')) || w.has('m:errors');
  const lower = w.text.toLowerCase();
  for (const [key, value] of LOGWORDS) {
    // 接続プール says enough alone
    const from =
      words.length === 0 && (context || key.includes(' pool') || key.includes('プール'))
        ? lower.indexOf(key)
        : -1;
    const covered = from < 0 ? [] : w.tokens.filter((t) => t.from < from + key.length && t.to > from);
    if (
      covered.length === 0 ||
      (/^[a-z]/.test(key) && /[a-z]/.test(lower.charAt(from - 1) + lower.charAt(from + key.length)))
    )
      continue;
    words.push(value);
    for (const t of covered) w.used.set(t, 'words');
  }
  if (words.length === 0 && (log || find.length > 0 || times || (services.length > 0 && w.has('occur')))) {
    const stranger = w.tokens.find(
      (t) => t.unknown && !t.name && !/^(?:[a-z]+(?:-[a-z]+)+|[a-z]{1,3})$/.test(t.text),
    );
    if (stranger) {
      const fail = w.near(stranger, (x) => x.roles.has('logfail'), 2, 'after');
      const to = fail ? fail.from + 2 : stranger.to;
      words.push(w.text.slice(stranger.from, to));
      w.take('words', stranger, fail);
    }
  }
  const isAlive =
    words.length === 0 &&
    services.length > 0 &&
    (alive.length > 0 ||
      w.has('m:last-line') ||
      (w.has('situation', 'ok', 'bad') && w.like('m:').length === 0) ||
      (w.has('ask:when') && w.has('latest') && w.has('m:log-lines', 'occur', 'alive')));
  const fixedIncident = w.has('m:incidents') && w.has('fixed', 'alive');
  const errors = w.has('m:errors');
  const plain =
    !w.has('howmany:items', 'howmany:any', 'by', 'most', 'dim:service') && w.like('thr:').length === 0;
  // ten error lines of auth, when was the last error: lines of that level
  const erring =
    (errors || w.like('level:').length > 0) &&
    words.length === 0 &&
    plain &&
    ((several !== undefined && (services.length > 0 || w.has('latest'))) ||
      (w.has('latest') && w.has('ask:when')));
  // did auth log any errors: counted
  const newest =
    ((log && (!errors || w.has('latest') || several !== undefined)) ||
      (w.has('m:errors') && services.length > 0 && w.has('latest'))) &&
    (w.has('latest') || services.length > 0) &&
    words.length === 0 &&
    !w.has('howmany:items', 'howmany:any', 'by', 'most');
  const lines = heard && (log || errors || services.length > 0 || w.like('level:').length > 0);
  if (words.length === 0 && !isAlive && !newest && !erring && !fixedIncident && !lines) return null;
  const count = w.tokens.find(
    (t) => t.number && !w.isUsed(t) && ['items', 'plain', 'lines'].includes(t.number.unit),
  );
  if (count && (log || erring || words.length > 0)) w.take('limit', count);
  w.takeAll(
    'act',
    'm:log-lines',
    'logfind',
    'occur',
    'howmany:times',
    'howmany:items',
    'howmany:any',
    'latest',
    'alive',
    'm:last-line',
    'ask:when',
    'm:errors',
    'dim:service',
    'unit',
    'all',
    'now',
    'ok',
    'bad',
    'situation',
    'dim:template',
    'fixed',
    'none',
    'w:present',
    'ask:what',
    'dim:level',
    'howmany:hours',
    'ref:prev',
    'need',
    'dim:cell',
    'w:log-lines',
  );
  if (fixedIncident) w.takeAll('act', 'm:incidents');
  const window = windowOf(w, { ahead: false, timed: true });
  return {
    act: 'logs',
    ask: isAlive ? 'alive' : fixedIncident ? 'incidents' : 'lines',
    where: [
      ...filtersOf(names.filter((n) => n.place === 'service' || n.place === 'level')),
      ...((erring || (errors && words.length === 0 && !isAlive)) && !names.some((n) => n.place === 'level')
        ? [{ dimension: 'level' as const, values: ['ERROR'], not: false }]
        : []),
    ],
    words,
    window,
    limit: count?.number?.value ?? (erring && several === undefined ? 1 : null),
  };
}
