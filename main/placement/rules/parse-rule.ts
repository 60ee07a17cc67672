import { newId } from '../../kernel/ids.ts';
import { NOVICE_MONTHS } from '../config.ts';
import type { Constraint, RuleChange } from '../contract/placement.ts';

/** The names that a text may mention. */
export type RuleNames = {
  readonly locations: readonly string[];
  readonly processes: readonly string[];
  readonly businesses: readonly { readonly id: string; readonly name: string }[];
  readonly operators: readonly { readonly id: string; readonly name: string }[];
};
export type ReadRule = { readonly text: string; readonly change: RuleChange };

/** How strongly a wish weighs that is not an order, in ordinary moves. */
const SOFT_WEIGHT = 2;
/** Weights of a business that comes first, and of one that is to be preferred (1 is ordinary). */
const FIRST_WEIGHT = 3;
const PREFERRED_WEIGHT = 2;
/** A text of know-how is read so far. */
const MOST_SENTENCES = 5_000;
const MOST_DRAFTS = 20;

/** A word for moving people, negated: 動かさない, 送ってはいけない, 移動は不可, 応援に出すのは避ける. */
const REFUSED_JA =
  /(?:動か|送|出|行か|入れ|回|移|移動|応援|配置|派遣|異動)(?:さ|し|ら|せ|す|る|れ|っ|て|こと|の|は|が|を|も|に|いけ|なら|ほしく|出|行か|送)*(?:ない|ません|禁止|不可|だめ|ダメ|駄目|やめ|控え|避け)/;
const REFUSED_EN =
  /\b(?:do not|don'?t|never|not|no|nobody|avoid|stop)\b[^.]{0,60}?\b(?:mov|send|sent|lend|lent|put|assign|transfer)/i;
/** What takes people out of a place, and not from one process of it to another. */
const LENT = /出[さしすせ]|外[にへ]|派遣|異動|\b(?:lend|lent|leave)\b/i;
const WISHED = /なるべく|できれば|できるだけ|極力|避け|控え|\b(?:if possible|preferably|avoid|rather not)\b/i;
const FIRST = /最優先|何より優先|\b(?:top priority|comes? first|above all)\b/i;
const PREFERRED = /優先|\bpriorit/i;
const NEEDED =
  /(?=.*(?:経験|従事|experience)).*(?:以上|必要|必須|\b(?:at least|minimum|needs?|requires?)\b)/i;
/** People with little experience: 新人, 経験3か月未満, less than 6 months of experience. */
const NEW_PEOPLE =
  /新人|新入|初心者|未経験|不慣れ|\b(?:novices?|newcomers?|beginners?|inexperienced|new (?:people|hires?|staff))\b/i;
const LESS = /未満|満たない|\b(?:less|fewer) than\b|\bunder\b/i;
/** A place by a name that is none of the master data. */
const STRANGE_PLACE = /\b(?:to|into|from)\s+(?:the\s+)?[A-Z][a-z]/;
/** Conditions that a rule cannot have: all but these, days, hours until a time. */
const UNKNOWN_TO_RULES =
  /以外|除[いきく]|午前|平日|週末|休日|祝日|月初|月末|[月火水木金土日]曜|(?:時(?:半|\d+分)?|:\d{2})\s*(?:まで|以前|より前)|\b(?:except|unless|other than|mornings?|week(?:days?|ends?)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:until|before)\s+\d+)\b/i;
/** A sentence that takes something from the one before it. */
const TAKES_BACK = /^(?:ただし|ただ、|但し|例外|but\b|except\b|unless\b|however\b)/i;
const DURATION = /(\d+)\s*(年|か月|ヶ月|カ月|ヵ月|ケ月|years?\b|months?\b)/i;

/**
 * The rules that a text seems to ask for, sentence by sentence, from fixed patterns and the names of the master data. Reads only:
 * what comes out is a form for a person to check. A sentence that names nothing known, or two people of one name, yields nothing.
 */
export function readRules(text: string, names: RuleNames): ReadRule[] {
  const sentences = text
    .normalize('NFKC')
    .split(/[。．\n!！;；]|\.(?:\s|$)/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 1 && sentence.length <= 300)
    .slice(0, MOST_SENTENCES);
  return sentences
    .flatMap((sentence, i) => {
      const change = TAKES_BACK.test(sentences[i + 1] ?? '') ? null : readSentence(sentence, names);
      return change ? [{ text: sentence, change }] : [];
    })
    .slice(0, MOST_DRAFTS);
}

function readSentence(sentence: string, names: RuleNames): RuleChange | null {
  const isRefused = REFUSED_JA.test(sentence) || REFUSED_EN.test(sentence);
  const duration = NEEDED.test(sentence) ? DURATION.exec(sentence) : null;
  const isFirst = PREFERRED.test(sentence) || FIRST.test(sentence);
  if (!isRefused && !duration && !isFirst) return null;
  const places = placesIn(sentence, names);
  const isWish = WISHED.test(sentence);
  const strength = { id: newId(), hard: !isWish, weight: isWish ? SOFT_WEIGHT : 0 };
  const constraint = (named: Partial<Constraint>): RuleChange => ({
    kind: 'constraint',
    constraint: { ...named, ...strength },
  });

  if (duration) {
    const target = places.find((place) => place.process !== undefined);
    if (!target) return null;
    const monthsBelow = monthsOf(duration);
    return monthsBelow === null ? null : constraint({ ...toPlace(target), monthsBelow });
  }
  if (isRefused) {
    const person = personIn(sentence, names.operators);
    const below = monthsBelowIn(sentence);
    const isStrange = STRANGE_PLACE.test(sentence) && !places.some(({ role }) => role !== null);
    // a form without what it could not read would forbid more than was asked
    if (person === 'several' || below === 'unread' || isStrange || UNKNOWN_TO_RULES.test(sentence))
      return null;
    const after = minuteIn(sentence);
    const from = places.find((place) => place.role === 'from');
    const to = places.find((place) => place.role === 'to');
    const plain = places.find((place) => place.role === null && place !== from && place !== to);
    // 「札幌は動かさない」 keeps people there; 「目検には入れない」 has its mark
    const source = from ?? plain;
    const isLeaving = source !== undefined && !to && (source === from || LENT.test(sentence));
    const named: Partial<Constraint> = {
      ...(person && { operatorId: person.id, operatorName: person.name }),
      ...(source && fromPlace(source)),
      ...(isLeaving && { leaving: true }),
      ...(to && toPlace(to)),
      ...(after !== null && { after }),
      ...(below !== null && { monthsBelow: below }),
    };
    return Object.keys(named).length > 0 ? constraint(named) : null;
  }
  const business = places.find((place) => place.business !== undefined)?.business;
  const known = names.businesses.find(({ id }) => id === business);
  if (!known) return null;
  const weight = FIRST.test(sentence) ? FIRST_WEIGHT : PREFERRED_WEIGHT;
  return { kind: 'priority', businessId: known.id, businessName: known.name, weight };
}

function monthsOf([, count, unit = '']: RegExpExecArray): number | null {
  const months = Number(count) * (/年|year/i.test(unit) ? 12 : 1);
  return months < 1 || months > 600 ? null : months;
}
/** Whom a rule is about, by experience: with fewer months; `unread` where a sentence says so in a way that is not understood. */
function monthsBelowIn(sentence: string): number | 'unread' | null {
  const duration = LESS.test(sentence) ? DURATION.exec(sentence) : null;
  if (duration) return monthsOf(duration) ?? 'unread';
  if (NEW_PEOPLE.test(sentence)) return NOVICE_MONTHS;
  return /経験|\bexperience/i.test(sentence) ? 'unread' : null;
}

type NamedPlace = {
  readonly location?: string;
  readonly business?: string;
  readonly process?: string;
  readonly role: 'from' | 'to' | null;
};
const fromPlace = (p: NamedPlace): Partial<Constraint> => ({
  ...(p.location !== undefined && { fromLocation: p.location }),
  ...(p.business !== undefined && { fromBusiness: p.business }),
  ...(p.process !== undefined && { fromProcess: p.process }),
});
const toPlace = (p: NamedPlace): Partial<Constraint> => ({
  ...(p.location !== undefined && { toLocation: p.location }),
  ...(p.business !== undefined && { toBusiness: p.business }),
  ...(p.process !== undefined && { toProcess: p.process }),
});

type Mention = {
  readonly at: number;
  readonly end: number;
  readonly part: 'location' | 'business' | 'process';
  readonly value: string;
};
const JOINED = /^(?:\s*の\s*|\s*[・/]\s*|\s+|'s\s+)?$/;

/** Site, business and process named one after the other are one place; the particle behind it (or the word before) says its role. */
function placesIn(sentence: string, names: RuleNames): NamedPlace[] {
  const folded = fold(sentence);
  const candidates = [
    ...names.locations.map((value) => ({ part: 'location' as const, value, name: value })),
    ...names.processes.map((value) => ({ part: 'process' as const, value, name: value })),
    ...names.businesses.flatMap(({ id, name }) => [
      { part: 'business' as const, value: id, name },
      { part: 'business' as const, value: id, name: id },
    ]),
  ].sort((a, b) => b.name.length - a.name.length);
  const taken: Mention[] = [];
  for (const { part, value, name } of candidates) {
    const wanted = fold(name);
    if (wanted === '') continue;
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
      const end = at + wanted.length;
      const isWord =
        !/[a-z]|^\d+$/.test(wanted) || !/[a-z0-9]/.test(`${folded[at - 1] ?? ''}${folded[end] ?? ''}`);
      if (isWord && !taken.some((m) => at < m.end && m.at < end)) taken.push({ at, end, part, value });
    }
  }
  taken.sort((a, b) => a.at - b.at);
  const groups: Mention[][] = [];
  for (const mention of taken) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const isNext =
      last !== undefined &&
      JOINED.test(folded.slice(last.end, mention.at)) &&
      !group?.some(({ part }) => part === mention.part);
    if (isNext) group?.push(mention);
    else groups.push([mention]);
  }
  return groups.map((group) => {
    const before = folded.slice(0, group[0]?.at ?? 0);
    const behind = folded.slice(group.at(-1)?.end ?? 0);
    return {
      ...Object.fromEntries(group.map(({ part, value }) => [part, value])),
      role: roleOf(before, behind),
    };
  });
}
function roleOf(before: string, behind: string): NamedPlace['role'] {
  if (/^(?:の人|の者)?(?:から|より)/.test(behind) || /\b(?:from|out of)\s+(?:the\s+)?$/.test(before))
    return 'from';
  if (/^(?:へ|に|まで)/.test(behind) || /\b(?:to|into|in)\s+(?:the\s+)?$/.test(before)) return 'to';
  return null;
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The person named in full, by id, or by a surname that only one person has; `several` when it could be more than one. */
function personIn(
  sentence: string,
  operators: RuleNames['operators'],
): RuleNames['operators'][number] | 'several' | null {
  const folded = fold(sentence);
  const packed = folded.replace(/\s/g, '');
  const isNamed = ({ id, name }: RuleNames['operators'][number]): boolean => {
    const whole = fold(name).replace(/\s/g, '');
    if (whole.length > 1 && packed.includes(whole)) return true;
    return new RegExp(`(?<![a-z0-9-])${literally(fold(id))}(?![a-z0-9-])`).test(folded);
  };
  const exact = operators.filter(isNamed);
  if (exact.length > 0) return exact.length === 1 ? (exact[0] ?? null) : 'several';
  const bySurname = operators.filter(({ name }) => {
    const [surname = ''] = fold(name).split(/\s+/);
    return surname !== '' && new RegExp(`${literally(surname)}(?:さん|氏|くん|君|様|ちゃん)`).test(packed);
  });
  return bySurname.length > 1 ? 'several' : (bySurname[0] ?? null);
}
const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `15時以降`, `15:30から`, `午後3時以降`, `after 3 pm`, `午後は`: the local minute of the day, or null. */
function minuteIn(sentence: string): number | null {
  const ja =
    /(午後|夕方)?\s*(\d{1,2})(?:時(?:(半)|(\d{1,2})分)?|:(\d{2}))\s*(?:以降|以後|過ぎ|より後|から|を過ぎ)/.exec(
      sentence,
    );
  const en = /\bafter\s+(\d{1,2})(?::(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?/i.exec(sentence);
  if (!ja && !en)
    return /午後(?!\s*\d)|\bin the afternoons?\b|\bafter (?:noon|lunch)\b/i.test(sentence) ? NOON : null;
  const hour = Number(ja?.[2] ?? en?.[1]);
  const minute = ja?.[3] ? 30 : Number(ja?.[4] ?? ja?.[5] ?? en?.[2] ?? 0);
  const isAfternoon = (ja?.[1] !== undefined || /^p/i.test(en?.[3] ?? '')) && hour < 12;
  const at = (isAfternoon ? hour + 12 : hour) * 60 + minute;
  return at <= 2880 && minute < 60 ? at : null;
}
const NOON = 12 * 60;
