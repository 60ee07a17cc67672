// The acts that are not a figure: a cause, a proposal within its limits, a supposition, a card, a piece of know-how, a refusal.
import type { Proposal } from '../../../main/placement/contract/placement.ts';
import type { Answer } from '../../bench/ask-toride.ts';
import { dateForms, headOf, mentions, numbersOf, says, scopeMissing } from './judge-answer.ts';
import { daysOf, type Plan, plain, type Question, type Values } from './question.ts';
import { at, type Stage, TODAY } from './stage.ts';

type Failure = string | null;
const need = (held: boolean, failure: string): Failure => (held ? null : failure);
const firstOf = (failures: readonly Failure[]): Failure => failures.find((f) => f !== null) ?? null;
const clock = (instant: number): string => new Date(instant + 9 * 3_600_000).toISOString().slice(11, 16);
const inScope = (
  cell: { location: string; businessName: string; process: string },
  where: Values = {},
): boolean =>
  (where.site ?? [cell.location]).includes(cell.location) &&
  (where.business ?? [cell.businessName]).includes(cell.businessName) &&
  (where.process ?? [cell.process]).includes(cell.process);
const rowsIn = (stage: Stage, plan: Plan) =>
  stage.engine.services.analytics
    .situation()
    .rows.filter((r) =>
      inScope({ location: r.location, businessName: r.businessName, process: r.process }, plan.where),
    );
const saysTime = (text: string, instants: readonly (number | null)[]): boolean =>
  instants.some((instant) => {
    if (instant === null) return false;
    const time = clock(instant);
    const [h = '', m = ''] = time.split(':');
    return (
      text.includes(time) ||
      (m === '00' && new RegExp(`(?<!\\d)${Number(h)}時(?!\\d)`).test(text)) ||
      (m === '00' && new RegExp(`\\b${Number(h) % 12 || 12} ?[ap]m`, 'i').test(text))
    );
  });

/** Measures that are no count of rows. */
function measure(stage: Stage, name: string, plan: Plan, answer: Answer): Failure {
  const head = headOf(answer.text);
  const scope = scopeMissing(plan, head);
  const rows = rowsIn(stage, plan);
  switch (name) {
    case 'finish': {
      const ends = rows.flatMap((r) => [r.dueFinishAt, r.allFinishAt]);
      const never =
        rows.some((r) => r.allFinishAt === null) &&
        /終わりません|終わらない|終えられ|not .*(finish|done)|within/i.test(head);
      return scope ?? need(never || saysTime(head, ends), 'the time it ends is not in the first sentence');
    }
    case 'deadline': {
      const lots = rows.flatMap((r) => [r.deadline, ...r.lots.map((l) => l.deadline)]);
      const now = stage.engine.services.clock.now();
      const soonest = Math.min(...lots.filter((d): d is number => d !== null && d > now));
      return scope ?? need(saysTime(head, [soonest]), `${clock(soonest)} is not in the first sentence`);
    }
    case 'free': {
      const idle = new Set(rows.filter((r) => r.risk === 'ok').map((r) => r.location));
      const named = stage.engine.services.analytics
        .operatorNames()
        .filter((o) => mentions(answer.text, o.name));
      const away = stage.rows<{ name: string; site: string }>(
        'SELECT operator_name AS name, location_name AS site FROM operators',
      );
      const stranger = named.find((o) => {
        const site = away.find((a) => a.name === o.name)?.site ?? '';
        return (
          (plan.where?.site && !plan.where.site.includes(site)) ||
          (idle.size > 0 && !idle.has(site) && !plan.where?.site)
        );
      });
      if (stranger) return `${stranger.name} is not of this scope`;
      return (
        scope ??
        need(
          /空い|余|手が|free|spare|available/i.test(head) &&
            (named.length > 0 || numbersOf(head).length > 0 || /いません|nobody|no one|none/i.test(head)),
          'who is free is not told',
        )
      );
    }
    case 'overtime':
      return scope ?? need(/残業|overtime/i.test(head), 'overtime is not told');
    case 'hit-rate':
      return need(
        /的中|当た|予測どおり|見通しどおり|まだ|held|hit|right|predict|yet|no /i.test(head) &&
          /%|％|件|ありません|まだ|回|no |yet|of/i.test(head),
        'how often it held is not told',
      );
    case 'last-line': {
      const service = plan.where?.service?.[0] ?? '';
      const [row] = stage.rows<{ at: number }>(
        'SELECT max(logged_at) AS at FROM system_logs WHERE service = ?',
        service,
      );
      const last = row?.at ?? 0;
      const minutes = Math.round((stage.engine.services.clock.now() - last) / 60_000);
      const near =
        [minutes - 1, minutes, minutes + 1].some((n) => new RegExp(`(?<!\\d)${n} ?(分|min)`).test(head)) ||
        /秒前|seconds? ago/.test(head);
      return (
        scope ??
        need(saysTime(head, [last]) || near, `its last line (${clock(last)}) is not in the first sentence`)
      );
    }
    default:
      return `nothing to judge ${name} by`;
  }
}

const SIDE: Readonly<Record<string, RegExp>> = {
  people: /人員|人手|人が|人数|欠勤|people|person|staff/i,
  system: /システム|障害|system/i,
  volume: /件数|増え|多く|量|volume|work|items|more/i,
};
const NOT_LATE =
  /遅れて(は)?い(ない|ません)|遅れは(見つかり|あり)ません|遅れ.{0,10}(ありません|いません)|間に合|落ちて(い)?(は)?(い)?ません|予定どおり|not (late|behind)|no delay|on time|has not (fallen|dropped)|nothing .*late/i;
function why(stage: Stage, plan: Plan, answer: Answer): Failure {
  const head = headOf(answer.text);
  const alert = stage.engine.services.alerts.list({ states: ['open'] }).alerts.find(
    (a) =>
      a.cell &&
      inScope(a.cell, {
        ...(plan.where?.site ? { site: plan.where.site } : {}),
        ...(plan.where?.business ? { business: plan.where.business } : {}),
      }),
  );
  const { process: _, ...where } = plan.where ?? {};
  const scope = scopeMissing({ ...plan, where }, head);
  if (!alert) return scope ?? need(NOT_LATE.test(head), 'that there is no delay is not said first');
  const sides = alert.verdict?.sides ?? [];
  return (
    scope ??
    need(
      sides.every((side) => SIDE[side]?.test(head)),
      `${sides.join(' and ')} is not said first`,
    )
  );
}

const VETERAN = 4;
function veterans(stage: Stage): Set<string> {
  return new Set(
    stage
      .rows<{ id: string }>(
        'SELECT operator_id AS id FROM operator_process_capabilities GROUP BY 1 HAVING max(skill_level) >= ?',
        VETERAN,
      )
      .map((r) => r.id),
  );
}
/** What speaks against a plan's moves under what was asked. */
function breaks(stage: Stage, plan: Plan, { moves }: Proposal): Failure {
  const { where = {}, source = {}, notSource = {}, not = {}, caps = {} } = plan;
  const most = caps.people ?? caps.exactly;
  const outside = moves.find(
    (m) => !inScope(m.to, where.site || where.business || where.process ? where : {}),
  );
  const from = moves.find((m) => !inScope(m.from, source));
  const fromNot = moves.find(
    (m) =>
      notSource.site?.includes(m.from.location) ||
      not.site?.includes(m.from.location) ||
      notSource.process?.includes(m.from.process),
  );
  const excluded = moves.find((m) => not.person?.some((p) => plain(p) === plain(m.name)));
  const least = plan.threshold?.[0];
  const weak = least ? moves.find((m) => m.skill < least.value) : undefined;
  const own = caps.keep === 'veteran' ? moves.find((m) => veterans(stage).has(m.operatorId)) : undefined;
  const near = new Set(
    [
      ['札幌', '盛岡'],
      ['品川', '横浜'],
    ].flatMap(([a, b]) => [`${a}${b}`, `${b}${a}`, `${a}${a}`, `${b}${b}`]),
  );
  const far = caps.near ? moves.find((m) => !near.has(`${m.from.location}${m.to.location}`)) : undefined;
  return firstOf([
    need(most === undefined || moves.length <= most, `${moves.length} people, not ${most}`),
    need(!outside, `${outside?.name} goes to ${outside?.to.location} ${outside?.to.process}`),
    need(!from, `${from?.name} comes from ${from?.from.location} ${from?.from.process}`),
    need(!fromNot, `${fromNot?.name} comes from ${fromNot?.from.location}`),
    need(!excluded, `${excluded?.name} was excluded`),
    need(!weak, `${weak?.name} has skill ${weak?.skill}`),
    need(!own, `${own?.name} is a veteran`),
    need(!far, `${far?.name} comes from afar`),
  ]);
}
/** Each limit is told, so that none was dropped in silence. */
const LIMITS = (plan: Plan): [string, RegExp][] => [
  ...(plan.caps?.people !== undefined || plan.caps?.exactly !== undefined
    ? ([
        [
          'people',
          new RegExp(
            `${plan.caps.people ?? plan.caps.exactly} ?(名|人|people|person|move)|one person|two people|four moves|1人|2人`,
          ),
        ],
      ] as [string, RegExp][])
    : []),
  ...(plan.caps?.overtime !== undefined ? ([['overtime', /残業|overtime/i]] as [string, RegExp][]) : []),
  ...(plan.caps?.near ? ([['near', /近隣|近く|近い|near/i]] as [string, RegExp][]) : []),
  ...(plan.caps?.keep === 'veteran'
    ? ([['veterans', /ベテラン|熟練|スキル4|veteran|senior|experienced|skill 4/i]] as [string, RegExp][])
    : []),
  ...(plan.caps?.keep === 'novice'
    ? ([['novices', /新人|経験|novice|experience/i]] as [string, RegExp][])
    : []),
  ...(plan.threshold?.length ? ([['skill', /スキル|レベル|skill|level/i]] as [string, RegExp][]) : []),
  ...(plan.window?.until
    ? ([
        [
          'time',
          new RegExp(
            `${Number(plan.window.until.slice(0, 2))}(:00|時)|${Number(plan.window.until.slice(0, 2)) % 12} ?pm`,
            'i',
          ),
        ],
      ] as [string, RegExp][])
    : []),
];
function propose(stage: Stage, plan: Plan, answer: Answer): Failure {
  const { text, proposal } = answer;
  if (proposal?.scope.horizon === 'next-day') return 'it plans another day';
  const untold = LIMITS(plan).find(([, told]) => !told.test(text));
  const most = plan.caps?.people ?? plan.caps?.exactly ?? Number.POSITIVE_INFINITY;
  const more = [...text.matchAll(/(\d+)名の配置変更を提案|I propose moving (\d+) p/g)]
    .map(([, ja, en]) => Number(ja ?? en))
    .find((n) => n > most);
  const people = (plan.not?.person ?? []).find((p) => !mentions(text, p));
  const sites = plan.where?.site?.find((site) => !mentions(text, site));
  return firstOf([
    need(
      proposal !== null ||
        /案はありません|動かせる人|見つかりません|できる人はいません|no (plan|move|one)|nobody/i.test(text),
      'no proposal',
    ),
    need(!sites, `${sites} is not spoken of`),
    proposal ? breaks(stage, plan, proposal) : null,
    need(more === undefined, `a plan of ${more} people is told, too`),
    need(!untold, `the limit (${untold?.[0]}) is not told`),
    need(!people, `that ${people} stays is not told`),
  ]);
}

const CHANGED: Readonly<Record<string, RegExp>> = {
  people: /人|名|people|person/i,
  person: /抜け|いない|休|帰|早退|without|leave|absent|home|人|名/i,
  arrivals: /到着|入|届|件数|items|arriv/i,
  deadline: /納期|締|deadline/i,
  speed: /速|生産性|speed|slow|fast|pace/i,
  overtime: /残業|延長|overtime|longer/i,
  move: /移|動か|応援|move/i,
  outage: /止ま|障害|stop|down|outage/i,
};
const MORE = /増|% more|more work/i;
const FEWER = /減|fewer|less/i;
const MET = /納期は守れる|間に合う見込み|should (still )?be met/i;
/** The deadlines of what is supposed that would be missed all the same; saying that it is in time is then untrue. */
const missedAfter = ({ message }: Answer): string[] =>
  message.body.tables
    .filter((table) => table.query === 'what-if')
    .flatMap(({ rows }) => rows)
    .filter((row) => typeof row['pAfter'] === 'number' && row['pAfter'] < 0.5)
    .map((row) => `${row['cell']} at ${clock(Number(row['deadline']))}`);
function whatIf(_: Stage, plan: Plan, answer: Answer): Failure {
  const { text } = answer;
  const head = headOf(text);
  const { what = '', amount } = plan.change ?? {};
  const said =
    amount === undefined ||
    what === 'person' ||
    says(text.split('\n').slice(0, 3).join(' '), Math.abs(amount)) ||
    (/1時間|an hour|1 h(?:our)?\b/.test(text) && Math.abs(amount) === 60);
  const turned = what === 'arrivals' && amount !== undefined && (amount < 0 ? MORE : FEWER).test(head);
  return firstOf([
    scopeMissing(plan, head),
    need(!turned, 'more is taken for less'),
    need(answer.proposal === null || answer.proposal.scope.assume?.length !== 0, 'it proposes instead'),
    need(what === 'none' || CHANGED[what]?.test(head) === true, `the change (${what}) is not said first`),
    need(said, `the amount (${amount}) is not said`),
    need(
      missedAfter(answer).length === 0 || !MET.test(head),
      `that it is in time is said first, and ${missedAfter(answer)[0]} is missed`,
    ),
    need(/確率|間に合|遅れ|終わ|%|likely|time|late|finish/i.test(text), 'what it would do is not told'),
  ]);
}

function tomorrow(_: Stage, plan: Plan, answer: Answer): Failure {
  const [date] = daysOf(plan.window?.span ?? 'tomorrow', TODAY);
  const { proposal, text } = answer;
  const told = [...dateForms(date), ...(plan.window ? [] : ['明日', 'tomorrow'])].some((f) =>
    text.toLowerCase().includes(f.toLowerCase()),
  );
  const closed = /休業|休み|名簿|予定が(まだ)?(あり|入って)|no roster|not .*roster|closed/i.test(text);
  const excluded = plan.not?.person?.find((p) => !mentions(text, p));
  return firstOf([
    need(told, `the day (${date}) is not named`),
    need(
      proposal?.scope.horizon === 'next-day' ||
        closed ||
        /足り|不要|必要|enough|short|no change/i.test(headOf(text)),
      'no plan for that day',
    ),
    need(
      !proposal?.day || proposal.scope.date === undefined || proposal.scope.date === date,
      'it plans another day',
    ),
    scopeMissing({ act: [], where: plan.where ?? {} }, text),
    need(!excluded, `${excluded} is not spoken of`),
    excluded || !proposal ? null : breaks({} as Stage, { act: [], not: plan.not ?? {} }, proposal),
  ]);
}

const TOPIC: Readonly<Record<string, RegExp>> = {
  effect: /案.*([%％]|間に合|残り)|plan.*(%|finish|on time)/i,
  source: /元の|出す側|出した側|余裕|影響|source|spare|sending|still/i,
  approve: /承認|approve/i,
  reject: /却下|reject/i,
  count: /名|人|people|person/i,
};
function card(stage: Stage, plan: Plan, answer: Answer): Failure {
  const head = headOf(answer.text);
  const [before] = answer.earlier;
  const { proposal } = answer;
  const failures = (plan.topic ?? []).map((topic): Failure => {
    const moved = before?.moves ?? [];
    switch (topic) {
      case 'why-person': {
        const person = plan.where?.person?.[0] ?? '';
        return need(
          mentions(head, person) &&
            /ため|から|ので|余裕|スキル|経験|because|spare|skill|experience|as |since/i.test(head),
          `why ${person} is not said first`,
        );
      }
      case 'without':
      case 'at-most':
        return proposal && proposal.id !== before?.id
          ? (breaks(stage, { ...plan, where: {} }, proposal) ?? limitTold(plan, answer))
          : need(
              /解け|できません|見つかりません|no plan|cannot|not possible/i.test(head),
              'it is not solved again',
            );
      case 'other':
        return need(
          proposal !== null &&
            proposal.id !== before?.id &&
            proposal.moves.map((m) => m.operatorId).join() !== moved.map((m) => m.operatorId).join(),
          'nobody else is proposed',
        );
      case 'compare': {
        const places = answer.earlier.map(
          (p) => p.effects.find((e) => e.role === 'target')?.cell.location ?? p.id,
        );
        return need(
          places.length > 1 &&
            places.every((p) => mentions(answer.text, p)) &&
            /[%％]|名|people|納期|deadline/i.test(answer.text),
          'the two are not compared',
        );
      }
      case 'when':
        return need(
          saysTime(
            head,
            moved.map((m) => m.startsAt),
          ),
          'when they leave is not said first',
        );
      case 'who':
        return need(
          moved.length > 0 &&
            moved.every((m) => mentions(answer.text, m.name)) &&
            numbersOrNames(
              head,
              moved.map((m) => m.name),
            ),
          'who moves is not said first',
        );
      case 'count':
        return need(
          says(head, moved.length) && /名|人|people|person/i.test(head),
          `${moved.length} is not said first`,
        );
      case 'approve':
      case 'reject': {
        const decided = stage.rows<{ n: number }>(
          'SELECT count(*) AS n FROM decisions WHERE proposal_id = ?',
          before?.id ?? '',
        );
        return firstOf([
          need(decided[0]?.n === 0, 'a question decided'),
          need(
            TOPIC[topic]?.test(head) === true && /カード|ボタン|card|button/i.test(answer.text),
            'where a person decides is not said first',
          ),
          need(proposal === null || proposal.id === before?.id, 'it proposes anew'),
        ]);
      }
      default:
        return firstOf([
          need(TOPIC[topic]?.test(head) === true, `${topic} is not said first`),
          need(proposal === null || proposal.id === before?.id, 'it proposes anew'),
        ]);
    }
  });
  return failures.includes(null) ? null : (failures[0] ?? 'no topic');
}
const numbersOrNames = (head: string, names: readonly string[]): boolean =>
  says(head, names.length) || names.some((n) => mentions(head, n));
const limitTold = (plan: Plan, answer: Answer): Failure => {
  const untold = LIMITS(plan).find(([, told]) => !told.test(answer.text));
  return need(!untold, `the limit (${untold?.[0]}) is not told`);
};

const CAN = /残件|アラート|応援|配置|backlog|alert|placement|moves/i;
function act(stage: Stage, name: string, plan: Plan, answer: Answer, question: Question): Failure {
  const { text, message } = answer;
  const head = headOf(text);
  switch (name) {
    case 'why':
      return why(stage, plan, answer);
    case 'propose':
      return propose(stage, plan, answer);
    case 'what-if':
      return whatIf(stage, plan, answer);
    case 'tomorrow':
      return tomorrow(stage, plan, answer);
    case 'about-card':
      return card(stage, plan, answer);
    case 'improve':
      return firstOf([
        need((message.body.sections?.length ?? 0) >= 6, 'it has not the six parts'),
        scopeMissing({ act: [], where: plan.where ?? {} }, text),
      ]);
    case 'how-to': {
      const cited = message.body.citations.some(
        (c) =>
          plain(c.title).includes(plain(plan.doc ?? '')) || plain(c.excerpt).includes(plain(plan.doc ?? '')),
      );
      const paragraph = text.split(/\n\s*\n/)[0] ?? '';
      return firstOf([
        need(cited, `${plan.doc} is not cited`),
        need(
          paragraph.includes('ノウハウ') ||
            /know-how/i.test(paragraph) ||
            message.body.citations.some((c) => paragraph.includes(c.excerpt.slice(0, 8))),
          'the know-how does not come first',
        ),
      ]);
    }
    case 'help':
      return need(
        CAN.test(text) && !/お答えできません|cannot answer|can't answer/i.test(head),
        'what can be asked is not told',
      );
    case 'thanks':
      return need(/どういたしまして|お役に|welcome|glad/i.test(head), 'thanks are not answered');
    case 'out-of-scope':
      return firstOf([
        need(
          /できません|対象外|扱って|cannot|can't|not something|only/i.test(head),
          'that it cannot is not said first',
        ),
        need(CAN.test(text), 'what it can do instead is not told'),
      ]);
    case 'situation':
      return scopeMissing(plan, head) ?? need(numbersOf(head).length > 0, 'no figure');
    case 'decisions': {
      const today = stage.rows<{ n: number }>(
        'SELECT count(*) AS n FROM decisions WHERE decided_at >= ?',
        at(0),
      );
      return need(
        /承認|却下|決定|approv|reject|decid/i.test(head) &&
          (says(head, today[0]?.n ?? 0) || /ありません|no |none/i.test(head)),
        'what was decided is not said first',
      );
    }
    case 'logs':
      return need(/ログ|行|log|line/i.test(head), 'no log lines');
    default:
      return `${name}: nothing to judge ${question.id} by`;
  }
}
export const judgeOther = { measure, act };
