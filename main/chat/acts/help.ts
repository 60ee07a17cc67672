import type { Bilingual } from '../../api/contract/common.ts';
import { DIMENSION_NAMES } from '../../measures/contract/measures.ts';
import { type Draft, enumerate } from '../draft.ts';
import { examplesNow } from '../examples-now.ts';
import { both } from '../facts.ts';
import about from './about.json' with { type: 'json' };
import type { ActContext, ActRun } from './act.ts';
import sentences from './words/help.json' with { type: 'json' };

const ABOUT: Readonly<Record<string, { readonly ja: string; readonly en: string }>> = about;

/** What one can ask; or what a measure is. */
export const help: ActRun<'help'> = async (plan, context) => {
  const info = context.means.measures.list().find((m) => m.id === plan.about);
  if (info) sayMeasure(info.id, context);
  else sayAll(context);
  context.state.body.next = examplesNow(context.means);
};

function sayMeasure(id: string, { draft, book, means }: ActContext): void {
  const info = means.measures.list().find((m) => m.id === id);
  const what = ABOUT[id];
  if (!info || !what) return;
  const said = book.words(what, both(info.name.ja, info.name.en));
  const by = info.dimensions.filter((d) => d !== 'cell').map((d) => DIMENSION_NAMES[d]);
  draft.say(`「${info.name.ja}」とは、${said}のことです。`, `“${info.name.en.toLowerCase()}”: ${said}.`);
  const split = book.words(
    both(
      by.map((d) => d.ja).join('・'),
      enumerate(
        by.map((d) => d.en.toLowerCase()),
        'en',
      ),
    ),
    both('分けられるもの', 'Can be split by'),
  );
  draft.tell(sentences.measure, { split });
  const [first] = by;
  const own = first
    ? [both(`${first.ja}別の${info.name.ja}は？`, `${info.name.en} by ${first.en.toLowerCase()}?`)]
    : [];
  sayExamples([...own, ...examplesNow(means)], draft);
}
function sayExamples(examples: readonly Bilingual[], draft: Draft): void {
  for (const example of examples) {
    const said = draft.book.words(example, both('質問の例', 'Example'));
    draft.entry(said, said);
  }
}

function sayAll({ draft, means }: ActContext): void {
  draft.tell(sentences.all);
  for (const { ja, en } of KINDS) draft.entry(ja, en);
  draft.paragraph();
  draft.tell(sentences['people-decide']);
  sayExamples(examplesNow(means), draft);
}
const KINDS = [
  both(
    '数字：残件、到着、処理、予測、生産性、出勤と欠勤、スキル、アラート、障害、エラー（拠点・業務・工程・人・時間ごと、比較、順位、条件つき）',
    'Figures: backlog, arrivals, finished items, forecast, productivity, attendance, skills, alerts, incidents, errors; by site, business, process, person or time, compared, ranked, within limits',
  ),
  both(
    '見通し：納期に間に合うか、いつ終わるか、なぜ遅れているか',
    'Outlook: whether deadlines are met, when work ends, why it is late',
  ),
  both(
    '配置：応援の案、条件つきの案、もし人が減ったら、翌日の配置',
    'Placement: moves that help, within your limits, what-ifs, the plan of the next day',
  ),
  both('ログ：エラー、障害、サービスが動いているか', 'Logs: errors, incidents, whether a service is alive'),
  both(
    '手順：登録されたノウハウ、これまでの判断とその結果',
    'Procedures: registered know-how, past decisions and what came of them',
  ),
];
