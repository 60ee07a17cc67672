import type { Plan } from '../api/contract/questions.ts';
import logwords from './grammar/log-words.json' with { type: 'json' };
import { filtersOf, type Placed } from './places.ts';
import { type Means, measuresOf } from './read-measure.ts';
import { isAhead, windowOf } from './windows.ts';
import type { Words } from './words.ts';

type Of<A extends Plan['act']> = Extract<Plan, { act: A }>;

export function readSmallTalk(w: Words): Of<'small-talk'> | null {
  const [alone, more] = w.tokens;
  if (alone && !more && /^(?:ok|okay|オーケー)$/i.test(alone.text) && !/[?？]/.test(w.text)) {
    w.take('act', alone);
    return { act: 'small-talk', kind: 'thanks' };
  }
  for (const [role, kind] of [
    ['thanks', 'thanks'],
    ['bye', 'bye'],
    ['greet', 'greeting'],
  ] as const)
    if (w.has(role)) {
      w.takeAll('act', role);
      return { act: 'small-talk', kind };
    }
  return null;
}

/** A question of something else: weather, jokes, sums; or an order that nobody here may give. */
export function readOutOfScope(w: Words): Of<'out-of-scope'> | null {
  const numbers = w.tokens.filter((t) => t.number);
  const sum =
    numbers.length > 1 &&
    /[×÷*+=/]|times|plus|minus|掛け|足す|引く|割る|かける/.test(w.text) &&
    w.tokens.every(
      (t) =>
        t.number ||
        t.roles.has('empty') ||
        t.roles.has('ask:what') ||
        t.roles.has('and') ||
        t.roles.has('minus') ||
        t.roles.has('howmany:any') ||
        /^[x×]$/.test(t.text) ||
        t.roles.has('unit'),
    );
  if (!sum && !w.has('oos', 'oos!')) return null;
  // 台風で3人減ったら: the reason of what is supposed
  const supposed = w.has('cause') && (w.has('if') || w.flagged('if').length > 0) && numbers.length > 0;
  if (supposed) return null;
  for (const t of w.tokens) if (!t.name && !t.number && !t.roles.has('x')) w.take('act', t);
  for (const t of w.tokens) w.take('act', t);
  return { act: 'out-of-scope' };
}

export function readHelp(w: Words): Of<'help'> | null {
  const define = w.all('define');
  if (define.length > 0) {
    const [about] = w.like('m:').concat(w.like('w:'));
    if (!about) return null;
    w.takeAll('act', 'define', 'ask:what');
    w.take('about', about.token);
    return { act: 'help', about: about.value };
  }
  if (!w.has('help') || w.tokens.some((t) => t.name)) return null;
  w.takeAll('act', 'help', 'ask:what', 'can', 'howto');
  return { act: 'help', about: null };
}

const PEOPLE_CAUSE = [
  'm:absent',
  'dim:person',
  'm:shortage',
  'w:present',
  'm:present',
  'w:absent',
  'w:shortage',
  'none',
];
export function readWhy(w: Words, means: Means): Of<'why'> | null {
  // where do alerts come from: asks for the place
  const place = w.has('ask:location');
  const causes = w
    .all('why')
    .filter(
      (t) => !(t.roles.has('end') && !/why|made|cause/.test(t.text)) && !(place && /^come/i.test(t.text)),
    );
  const because = w.tokens.find(
    (t) =>
      /^(?:から|ため|せい|because|due to|because of)$/.test(t.text) &&
      w.near(t, (x) => x.roles.has('m:p-late') || x.flags.has('past') || x.flags.has('neg'), 2) &&
      w.has('m:p-late'),
  );
  // a people problem? システムの問題？
  const problem = w.tokens.find((t) => /^(?:問題|problem|issue|matter|fault)s?$/i.test(t.text));
  const blamed =
    problem && w.has('m:p-late')
      ? w.near(
          problem,
          (t) =>
            [...PEOPLE_CAUSE, 'dim:service', 'm:incidents', 'm:arrivals', 'w:arrivals'].some((r) =>
              t.roles.has(r),
            ),
          2,
        )
      : undefined;
  if (blamed) w.take('supposed', problem, blamed);
  // is it the people or the system?
  const sides =
    /システム|system|障害/i.test(w.text) &&
    /人の|人手|人か|人員|people|staff/i.test(w.text) &&
    w.has('or', 'dim:service', 'm:incidents') &&
    !w.has('howmany:any', 'howmany:people', 'howto');
  if (causes.length === 0 && !because && !sides && !blamed) return null;
  const plain = causes.some(
    (t) => !['improve', 'propose', 'end', 'more', 'w:p-late', 'empty', 'by'].some((r) => t.roles.has(r)),
  );
  const made =
    causes.some((t) => /^ma[dk]es?$|making/.test(t.text)) &&
    w.all('fewer', 'more', 'low', 'high', 'm:p-late').length > 0;
  if (!plain && !made && !because && !sides && !blamed) return null;
  if (sides) w.takeAll('supposed', ...PEOPLE_CAUSE, 'dim:service', 'm:incidents', 'ok', 'cmp', 'm:errors');
  const late = w.all('m:p-late').length > 0;
  const rest = w.tokens.filter((t) => t.roles.has('more') || t.roles.has('fewer'));
  const measures = measuresOf(w, means);
  // asked which of two it is, neither is supposed
  const supposed = sides
    ? null
    : w.has('m:incidents', 'dim:service', 'm:errors') &&
        (late || because) &&
        /せい|because|due|reason|cause|problem|問題|障害|システム|system/.test(w.text)
      ? 'system'
      : (because || blamed || /reason|because|せい/.test(w.text)) &&
          late &&
          w.has('m:arrivals', 'w:arrivals', 'howmany:items', 'unit')
        ? 'volume'
        : (because || blamed || /reason|because|せい/.test(w.text)) &&
            late &&
            PEOPLE_CAUSE.some((r) => w.has(r))
          ? 'people'
          : null;
  w.take('act', ...causes, because, ...rest);
  w.takeAll(
    'act',
    'ask:what',
    'ask:which',
    'm:p-late',
    'w:p-late',
    'end',
    'bad',
    'ok',
    'low',
    'high',
    'more',
    'fewer',
    'occur',
    'likely',
    'expect',
    'now',
    'actual',
    'm:deadline',
    'than',
    'trend',
    'w:backlog',
    'need',
    'can',
    'most',
    'least',
    'situation',
    'w:finished',
    'm:shortage',
    'fixed',
    'w:productivity',
    'propose',
    'only',
    'ref:place',
    'howmany:items',
    'w:arrivals',
    'm:arrivals',
    'm:finished',
    'stop',
    'alive',
    'logfind',
    'all',
  );
  if (supposed)
    w.takeAll(
      'supposed',
      ...PEOPLE_CAUSE,
      'm:incidents',
      'dim:service',
      'm:errors',
      'm:arrivals',
      'w:arrivals',
      'unit',
      'occur',
      'arrive-verb',
    );
  for (const t of w.tokens)
    if ([...t.roles].some((r) => /^dim:(?:process|location|business|person|cell)$/.test(r)))
      w.take('where', t);
  const window = windowOf(w, { ahead: false, timed: true });
  const measure =
    measures.find((m) => m !== 'p-late' && m !== 'finish' && m !== 'deadline') ??
    (late ? 'p-late' : (measures[0] ?? null));
  return {
    act: 'why',
    measure: supposed && late ? 'p-late' : measure,
    where: filtersOf(means.names),
    window,
    supposed,
  };
}

export function readImprove(w: Words, means: Means): Of<'improve'> | null {
  const verbs = w.all('improve', 'improve-verb').filter((t) => !t.flags.has('past'));
  const strong = w
    .all('improve', 'improve-verb')
    .some((t) =>
      /改善|improv|底上げ|向上|カイゼン|是正|効率化|見直し|再発|ways|countermeasure|action plan|boost/i.test(
        t.text,
      ),
    );
  const subject = w.has(
    'm:alerts',
    'm:productivity',
    'm:absent',
    'm:overtime',
    'm:errors',
    'm:p-late',
    'w:productivity',
    'situation',
    'm:throughput',
    'm:incidents',
  );
  const ways =
    w.has('howto', 'propose-verb', 'what-to-do', 'propose', 'improve') ||
    verbs.some((t) => ['purpose', 'ask', 'want'].some((f) => t.flags.has(f)) || t.flags.size === 0);
  // an alert, or what warns of one, that something is to be done about
  const alerted =
    w.has('m:alerts') ||
    (w.has('level:WARN') &&
      !w.has('m:log-lines', 'm:errors') &&
      !means.names.some((n) => n.place === 'service'));
  const acted =
    alerted &&
    !w.has('howmany:any', 'howmany:items') &&
    (verbs.length > 0 ||
      w.has('propose', 'nanto', 'what-to-do') ||
      w.all('help-verb').some((t) => !t.flags.has('past')));
  if (acted)
    w.takeAll(
      'act',
      'level:WARN',
      'help-verb',
      'nanto',
      'ask:person',
      'moved',
      'ask:location',
      'end',
      'what-to-do',
      'dim:location',
    );
  if (
    !acted &&
    (verbs.length === 0 ||
      !(strong || (subject && ways)) ||
      w.has('if', 'card:this') ||
      w.flagged('if').length > 0)
  )
    return null;
  const count = acted ? w.tokens.filter((t) => t.number?.unit === 'items') : [];
  if (w.like('cmp:').length > 0 || w.tokens.some((t) => t.number && !t.name && !count.includes(t)))
    return null;
  w.take('act', ...count);
  // 配置を見直して: another placement, a proposal
  if (
    !alerted &&
    w.has('propose', 'tomorrow-plan') &&
    verbs.every((t) => /見直/.test(t.text)) &&
    w.like('m:').length === 0
  )
    return null;
  const measures = measuresOf(w, means);
  w.takeAll(
    'act',
    'improve',
    'improve-verb',
    'howto',
    'what-to-do',
    'propose',
    'propose-verb',
    'proposal',
    'w:proposals',
    'priority',
    'expect',
    'situation',
    'ok',
    'bad',
    'can',
    'ask:what',
    'optimal',
    'need',
    'most',
    'help-verb',
    'more',
    'fewer',
    'w:productivity',
    'high',
    'low',
    'now',
    'all',
    'tomorrow-plan',
    'next',
    'm:deadline',
    'likely',
    'when-cond',
    'actual',
    'm:p-late',
    'm:shortage',
    'unit',
    'w:planned',
    'planword',
    'may',
    'least',
    'occur',
  );
  for (const t of w.tokens)
    if (t.roles.has('dim:process') || t.roles.has('dim:location') || t.roles.has('dim:business'))
      w.take('where', t);
  windowOf(w, { ahead: true, timed: false });
  return { act: 'improve', measure: measures[0] ?? null, where: filtersOf(means.names) };
}

const CLEAR_HOWTO =
  /(?:連絡|相談|報告)(?:する|すれば|し)|手順|注意|ルール|コツ|マニュアル|ノウハウ|見分け|対処|対応方法|決まり|規則|やり方|方法|procedure|rule|guide|know-?how|tips|manual|instruction|policy|best practice|checklist|protocol|異常|気を[つ付]け|基準|目安|\btell\b|decides|when should|read$|許さ|認めら|誰[をに]|どこに連絡|^どう|何を確認|何を見れば|どこを|何から|準備|心構え|の対[応処]$|normal|watch out|look out|careful|keep in mind|pay attention|precaution|informed|be told|be notified|prepare|notify|inform|contact|call|tell apart|distinguish/i;
/** A question of how things are done: its words are looked up in the know-how as they stand. */
export function readHowTo(w: Words, names: readonly Placed[]): Of<'how-to'> | null {
  const asks = w.all('howto');
  const clear = asks.some((t) => CLEAR_HOWTO.test(t.text));
  const when =
    w.has('when-cond') ||
    w.tokens.some((t) => /(?:とき|場合|時)(?:は|の|に)?$/.test(t.text)) ||
    w.flagged('if').length > 0;
  // nothing of ours is named: how can we raise the quality of corrections
  const strange =
    w.tokens.some((t) => t.unknown && !t.name) &&
    !names.some((n) => n.place === 'location') &&
    w.like('m:').length === 0;
  // a queue of ours that is late now wants a plan, not a page
  const stated = !when && names.some((n) => n.place === 'location') && w.like('m:').length > 0;
  const todo =
    w.has('what-to-do') &&
    !stated &&
    (when ||
      strange ||
      (w.flagged('purpose').length > 0 && w.like('m:').length === 0) ||
      w.tokens.some((t) => t.after === 'end'));
  const done = !w.ja && /^how (?:is|are) .*\b(?:done|carried out|performed|handled)\b/i.test(w.text);
  const may =
    (w.flagged('may').length > 0 ||
      asks.some((t) => /may|allowed|permitted|do i have to|do we have to/i.test(t.text))) &&
    w.has(
      'moved',
      'howmany:times',
      'howto',
      'not',
      'keep',
      'm:moves',
      'novice',
      'veteran',
      'm:skills',
      'more',
    );
  const steps =
    asks.some((t) =>
      /how do|how should|what do we do|what do i do|check first|should i check|should we check|who|連絡|相談/i.test(
        t.text,
      ),
    ) &&
    (when ||
      /\bask\b|頼/i.test(w.text) ||
      w.has('when-cond') ||
      w.tokens.some((t) => t.unknown) ||
      /first|before|手/.test(w.text));
  if (!clear && !todo && !may && !steps && !done) return null;
  if (
    asks.length > 0 &&
    asks.every((t) => /^(?:異常|普通|normal|usual)/i.test(t.text)) &&
    w.has('howmany:items', 'howmany:any') &&
    !done
  )
    return null;
  // propose a way: a proposal is wanted
  if (w.all('propose-verb').some((t) => /提案/.test(t.text) && (t.flags.has('te') || t.flags.has('ask'))))
    return null;
  if (asks.length > 0 && asks.every((t) => /方法/.test(t.text)) && w.has('improve', 'improve-verb'))
    return null;
  for (const t of w.tokens) w.take('topic', t);
  return {
    act: 'how-to',
    topic: w.text.slice(0, 400),
    where: filtersOf(names.filter((n) => n.side !== 'not')),
  };
}

export function readDecisions(w: Words, names: readonly Placed[]): Of<'decisions'> | null {
  if (w.tokens.some((t) => t.day && isAhead(t.day.days))) return null;
  const acts = w
    .like('decided')
    .filter(
      ({ token }) => !token.roles.has('empty') && !(token.roles.has('not') && !token.flags.has('past')),
    );
  const past =
    acts.some(
      ({ token }) => token.flags.has('past') || /(?:ed|sions?|済み?|als?|ions?|履歴)$/.test(token.text),
    ) ||
    w.has('ask:what', 'howmany:any', 'howmany:items', 'ask:person', 'ask:which') ||
    w.tokens.some((t) => t.day);
  const told = /\b(?:did|has|have)\b/i.test(w.text) && !w.tokens.some((t) => t.day && isAhead(t.day.days));
  const right = w.all('right').filter((t) => told || !/^works?$/i.test(t.text));
  if (acts.length === 0 || !past) {
    const helped = w.has('m:moves') && w.has('help-verb', 'card:effect') && (w.ja || /\bdid\b/i.test(w.text));
    if (
      (right.length === 0 && !helped) ||
      !w.has('propose', 'w:proposals', 'proposal', 'm:moves', 'moved') ||
      w.has('m:')
    )
      return null;
  }
  const kinds = new Set(acts.map(({ value }) => value.replace(/^:/, '')).filter((v) => v !== ''));
  const action =
    kinds.has('approve') && !kinds.has('reject')
      ? 'approve'
      : kinds.has('reject') && !kinds.has('approve')
        ? 'reject'
        : kinds.has('undo')
          ? 'undo'
          : null;
  const outcome = right.length > 0 || w.has('card:effect', 'm:hit-rate');
  w.take('action', ...acts.map((a) => a.token), ...right);
  w.takeAll(
    'act',
    'w:proposals',
    'proposal',
    'm:proposals',
    'm:decisions',
    'propose',
    'ask:what',
    'ask:which',
    'ask:person',
    'howmany:any',
    'howmany:items',
    'howmany:times',
    'card:effect',
    'm:hit-rate',
    'm:moves',
    'occur',
    'all',
    'help-verb',
    'moved',
    'ask:when',
    'dim:person',
    'card:this',
    'latest',
    'now',
    'm:alerts',
    'actual',
    'tomorrow-plan',
    'most',
    'w:planned',
    'right',
    'end',
  );
  const window = windowOf(w, { ahead: false, timed: true });
  return { act: 'decisions', where: filtersOf(names), window, action, outcome };
}

const CODE = /^[A-Z]{1,8}-?\d{2,6}$/i;
/** a line of a log, as it was copied */
const PASTED = /^\s*(ERROR|WARN(?:ING)?|FATAL|INFO|DEBUG)[:\s\]]\s*([\x20-\x7e]{12,}?)\s*$/;
const QUOTED = /「([^」]+)」|『([^』]+)』|“([^”]+)”|"([^"]+)"/;
const LOGWORDS = Object.entries(logwords).sort(([a], [b]) => b.length - a.length);
/** Lines of the logs: those that hold a word, the newest of a service, or whether a service still writes any. */
export function readLogs(w: Words, names: readonly Placed[]): Of<'logs'> | null {
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
    const from = words.length === 0 && context ? lower.indexOf(key) : -1;
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
  if (words.length === 0 && !isAlive && !newest && !erring && !fixedIncident) return null;
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
      ...(erring && !names.some((n) => n.place === 'level')
        ? [{ dimension: 'level' as const, values: ['ERROR'], not: false }]
        : []),
    ],
    words,
    window,
    limit: count?.number?.value ?? (erring && several === undefined ? 1 : null),
  };
}
