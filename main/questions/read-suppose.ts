import type { Plan, Supposed } from './contract/questions.ts';
import { filtersOf, type Placed, valuesOf } from './places.ts';
import type { Token } from './tokens.ts';
import { isAhead, windowOf } from './windows.ts';
import type { Words } from './words.ts';

type WhatIf = Extract<Plan, { act: 'what-if' }>;
const VOLUME = ['m:arrivals', 'w:arrivals', 'm:backlog', 'm:forecast', 'arrive-verb'];
const CHANGES = [
  'more',
  'fewer',
  'earlier',
  'later',
  'stop',
  'moved',
  'm:overtime',
  'm:absent',
  'm:arrivals',
  'w:arrivals',
  'help-verb',
  'm:p-late',
];

/** What is supposed to be otherwise and what it is asked of; null where nothing is supposed. */
/** `carried`: of a question before it; `heard`: the examples ask what would be, where no word says if. */
export function readSuppose(
  w: Words,
  names: readonly Placed[],
  { carried, heard }: { readonly carried: boolean; readonly heard: boolean },
): WhatIf | null {
  const conditional = heard || w.has('if') || w.flagged('if').length > 0;
  const enough =
    w.all('extra').length > 0 &&
    w.tokens.some((t) => t.number?.unit === 'people') &&
    w.has('w:shortage', 'm:shortage', 'm:p-late', 'end', 'ok');
  // somebody is off tomorrow, who goes where: a plan of that day
  const planned = w.has('tomorrow-plan') && w.tokens.some((t) => t.day && isAhead(t.day.days));
  if (planned && !carried && !w.tokens.some((t) => t.number)) return null;
  const verbs = w.all(...CHANGES).filter((t) => !w.isUsed(t));
  const heads = w.tokens.some((t) => t.number?.unit === 'people');
  // the effect of losing two, 2人抜いたときの影響, can we do with one less?
  const effect =
    heads &&
    verbs.length > 0 &&
    (w.has('card:effect', 'when-cond') || (!w.ja && w.has('can') && verbs.some((t) => t.roles.has('fewer'))));
  if (!conditional && !enough && !effect && !carried) return null;
  const suppose = changesOf(w, names, verbs);
  if (suppose.length === 0) return null;
  // 3人なら？ alone says neither more nor fewer: that is in the question before
  if (
    !carried &&
    verbs.length === 0 &&
    suppose.every((s) => s.what === 'people' && !s.share) &&
    !w.has('extra', 'minus') &&
    !w.tokens.some((t) => t.number && /more|extra|additional|fewer|less/i.test(t.text))
  )
    return null;
  const place = names.filter((n) => n.place !== 'person' || n.side === 'where');
  const where = filtersOf(
    place.filter((n) => n.place !== 'service' && n.place !== 'level' && n.place !== 'person'),
    // エントリ1から1人抜けたら: where they are fewer, unless they go somewhere
    suppose.some((s) => s.what === 'move') ? ['where', 'to'] : ['where', 'to', 'from'],
  );
  // 16時に間に合う？ is the hour of the deadline, not that from which it is supposed
  const dueAt = w.tokens.filter(
    (t) =>
      t.time &&
      !w.isUsed(t) &&
      w.near(
        t,
        (x) => ['m:p-late', 'end', 'm:deadline', 'ok'].some((r) => x.roles.has(r)),
        3,
        w.ja ? 'after' : 'both',
      ) &&
      !w.near(t, (x) => verbs.includes(x) && !x.roles.has('m:p-late'), 2, w.ja ? 'after' : 'both'),
  );
  w.take('act', ...dueAt);
  const window = windowOf(w, { ahead: true, timed: true, except: dueAt });
  w.takeAll(
    'act',
    'if',
    'expect',
    'ask:what',
    'ok',
    'bad',
    'm:p-late',
    'w:p-late',
    'end',
    'm:shortage',
    'w:shortage',
    'm:finish',
    'extra',
    'minus',
    'may',
    'can',
    'm:deadline',
    'now',
    'actual',
    'need',
    'card:effect',
    'likely',
    'than',
    'nanto',
    'ask:when',
    'what-to-do',
    'card:this',
    'only',
    'situation',
    'thr:>=',
    'arrive-verb',
    'unit',
    'm:present',
    'more',
    'fewer',
    'moved',
    'cause',
    'when-cond',
    'work-verb',
    'm:backlog',
    'w:backlog',
  );
  for (const { token } of w.like('howmany:')) w.take('act', token);
  for (const t of w.flagged('if')) w.take('act', t);
  return { act: 'what-if', suppose, where, window };
}

function changesOf(w: Words, names: readonly Placed[], verbs: readonly Token[]): Supposed[] {
  const out: Supposed[] = [];
  const is = (t: Token | undefined, ...roles: readonly string[]): boolean =>
    !!t && roles.some((r) => t.roles.has(r));
  const people = valuesOf(names, 'person', 'where', 'not');
  const service = valuesOf(names, 'service', 'where')[0] ?? null;
  const verb = (...roles: readonly string[]): Token | undefined => verbs.find((t) => is(t, ...roles));
  const speed = w.all('w:productivity', 'm:productivity', 'm:throughput')[0];
  const counted = w.all('howmany:items').filter((t) => /[数量]$/.test(t.text));
  const isSite = names.some((x) => x.place === 'location');
  // people do not come to a site; work does not arrive at it
  const stayAway = isSite
    ? w
        .all('fewer', 'arrive-verb')
        .filter((t) => /^(?:来|come|show)/i.test(t.text) && (is(t, 'fewer') || t.flags.has('neg')))
    : [];
  const volume = [...w.all(...VOLUME, 'unit'), ...counted].find((t) => !stayAway.includes(t));
  const deadline = w.all('m:deadline')[0];
  const nobody = w.has('none') && verb('help-verb', 'moved');
  const undone = verbs.find((t) => is(t, 'moved', 'help-verb', 'propose') && t.flags.has('neg'));
  const asIs = w.all('asis')[0] ?? w.tokens.find((t) => /このまま|as it is/.test(t.text));
  if (nobody || undone || asIs || (w.has('propose') && w.flagged('neg').length > 0)) {
    w.take('suppose', undone, asIs, ...w.all('none', 'help-verb', 'propose', 'moved'), ...w.flagged('neg'));
    return [{ what: 'nothing' }];
  }
  const heads = w.tokens.some((t) => t.number?.unit === 'people');
  const stop = verb('stop');
  const dark = stop !== undefined && /停電|切れ|power|blackout|network|connection|offline/i.test(stop.text);
  const line = names.some((n) => n.place === 'process' || n.place === 'business');
  if (stop && (service || dark || line || w.has('dim:service', 'm:incidents')) && people.length === 0) {
    const length = w.tokens.find((t) => t.number?.unit === 'minutes' || t.number?.unit === 'hours');
    const minutes = length?.number
      ? Math.round(length.number.value * (length.number.unit === 'hours' ? 60 : 1))
      : null;
    w.take('suppose', stop, length, ...w.all('dim:service', 'm:incidents'));
    return [{ what: 'outage', service, minutes }];
  }
  const late = verb('earlier', 'later');
  const overtime = w.all('m:overtime')[0];
  const move = verb('moved');
  const from = names.filter((n) => n.side === 'from');
  const to = names.filter((n) => n.side === 'to');
  for (const t of w.tokens) {
    const n = t.number;
    if (!n || w.isUsed(t)) continue;
    const near = nearestVerb(w, t, verbs);
    const sign = /fewer|less/i.test(`${t.text} ${w.at(w.index(t) + 1)?.text ?? ''}`)
      ? -1
      : is(near, 'fewer') && !is(near, 'more')
        ? -1
        : is(near, 'more') && !is(near, 'fewer')
          ? 1
          : w.has('minus', 'w:absent') || is(near, 'fewer', 'm:absent')
            ? -1
            : 1;
    if (n.unit === 'minutes' || n.unit === 'hours') {
      const minutes = Math.round(n.value * (n.unit === 'hours' ? 60 : 1));
      if (
        overtime ||
        (is(late, 'later') &&
          !deadline &&
          (/longer/i.test(late?.text ?? '') || w.has('all', 'dim:person', 'm:present', 'w:present')))
      ) {
        out.push({ what: 'overtime', minutes, until: null });
        w.take(
          'suppose',
          t,
          overtime,
          late,
          ...w.all('all', 'dim:person', 'm:present', 'w:present', 'unit', 'none'),
          near,
        );
      } else if (deadline || late) {
        out.push({ what: 'deadline', minutes: is(late, 'earlier') ? -minutes : minutes, to: null });
        w.take('suppose', t, deadline, late);
      }
    } else if (
      n.unit === 'people' ||
      (n.unit === 'plain' && near && !deadline && !speed && !volume && !heads)
    ) {
      // two more people go to Yokohama: from nowhere in particular
      const added = from.length === 0 && /more|extra|additional/i.test(t.text);
      if (is(near, 'moved') && (from.length > 0 || to.length > 0) && !is(near, 'm:absent') && !added) {
        out.push({
          what: 'move',
          count: n.value,
          people: [],
          from: filtersOf(from, ['from']),
          to: filtersOf(to, ['to']),
        });
      } else out.push({ what: 'people', amount: sign * n.value, share: false });
      w.take('suppose', t, near, ...w.all('dim:person', 'w:present', 'extra', 'm:absent', 'w:absent'));
    } else if (n.unit === 'items' || (n.unit === 'plain' && volume)) {
      out.push({ what: 'arrivals', amount: sign * n.value, share: false });
      w.take('suppose', t, near, ...w.all(...VOLUME, 'unit', 'extra', 'than', 'now'));
    } else if (n.unit === 'percent' || n.unit === 'count') {
      const share = n.unit === 'percent' ? n.value / 100 : n.value - 1;
      // half of them: the other half is gone, unless it says more
      const halved =
        /hal[fv]|半/i.test(t.text) && !w.all('more').some((x) => !/^(?:had|have|has|get|got)$/i.test(x.text));
      const away = stayAway[0] && n.unit === 'percent' ? (w.has('only') ? share - 1 : -share) : null;
      const amount = away ?? (halved ? -share : n.unit === 'percent' ? sign * share : share);
      // of a site that is halved by nothing else, it is its people (台風で横浜が半分)
      const staff =
        w.all('dim:person', 'w:present', 'm:present', 'm:absent')[0] ??
        stayAway[0] ??
        (halved && isSite ? (near ?? t) : undefined);
      if (speed) out.push({ what: 'speed', share: amount });
      else if (staff && !volume)
        out.push({ what: 'people', amount: is(staff, 'm:absent') ? -Math.abs(amount) : amount, share: true });
      else out.push({ what: 'arrivals', amount, share: true });
      w.take(
        'suppose',
        t,
        near,
        speed,
        ...w.all(...VOLUME, 'unit'),
        ...counted,
        ...(speed || volume ? [] : [staff, ...stayAway, ...w.all('w:absent')]),
        ...w.all('expect'),
      );
    }
  }
  const time = w.tokens.find((t) => t.time && !w.isUsed(t));
  if (out.length === 0 && deadline && time?.time) {
    out.push({ what: 'deadline', minutes: null, to: time.time.at ?? time.time.end ?? time.time.start });
    w.take('suppose', time, deadline, late);
  }
  if (out.length === 0 && overtime && time?.time) {
    out.push({ what: 'overtime', minutes: null, until: time.time.end ?? time.time.at });
    w.take('suppose', time, overtime, ...w.all('all', 'dim:person'));
  }
  if (people.length > 0 && !out.some((s) => s.what === 'people')) {
    const gone =
      verbs.find((t) => is(t, 'fewer', 'm:absent')) ??
      w.all('w:absent', 'm:late-people')[0] ??
      names.find((n) => n.place === 'person' && n.side === 'not')?.token;
    if (move && to.length > 0 && !is(move, 'fewer')) {
      out.push({
        what: 'move',
        count: null,
        people,
        from: filtersOf(from, ['from']),
        to: filtersOf(to, ['to']),
      });
      w.take('suppose', move);
    } else if (gone) {
      out.push({ what: 'absence', people });
      w.take('suppose', gone, ...w.all('m:absent', 'fewer'));
    }
  }
  return out;
}
/** The change word that a number belongs to: after it in Japanese, on either side in English. */
function nearestVerb(w: Words, t: Token, verbs: readonly Token[]): Token | undefined {
  const after = w.near(t, (x) => verbs.includes(x), 5, 'after');
  const before = w.near(t, (x) => verbs.includes(x), 5, 'before');
  if (w.ja) return after ?? before;
  return before && (!after || w.index(t) - w.index(before) <= w.index(after) - w.index(t))
    ? before
    : (after ?? before);
}
