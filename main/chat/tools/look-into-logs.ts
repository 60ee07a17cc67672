import type { Anomalies } from '../../anomalies/index.ts';
import type { Incident } from '../../api/contract/anomalies.ts';
import type { LogLevel } from '../../api/contract/logs.ts';
import type { Clusters } from '../../clusters/index.ts';
import type { Logs } from '../../logs/index.ts';
import type { LogInquiry, LogQuestion } from '../pipeline-types.ts';

const HOUR = 60 * 60_000;
const WINDOW = HOUR;
const LATELY = 24 * HOUR;
const INCIDENTS = 5;
const HITS = 5;
const SERVICES = 50;
const ERRORS: LogLevel[] = ['error', 'fatal'];
const GRAVITY: Record<Incident['severity'], number> = { high: 0, medium: 1, low: 2 };

/** Words of a question about logs that name nothing to be found in one. */
const FILLER_JA =
  /システム|サーバー?|サービス|エラー|ログ(?!イン|アウト|オン|オフ)|障害|不具合|異常|原因|記録|状況|内容|拠点|工程|調べて|調査|確認|見せて|教えて|探して|検索|表示|ください|下さい|お願い|します|いたします|出て|起きて|増えて|続いて|急増|んです|います|いる|いない|ある|ありますか|ありません|ますか|ですか|でしょうか|か[？?]|何か|なにか|なぜ|どう|どんな|どこ|最近|直近|今朝|今日|今|について|に関する|という|など|して|した|する|です|ます|[？?。、！!「」『』（）()]|[のをがはにへとでもやかねよ](?![ぁ-ん])/g;
const FILLER_EN =
  /\b(?:the|a|an|any|are|is|was|were|there|in|of|on|at|to|for|from|with|about|and|or|me|my|our|we|i|do|does|did|have|has|show|list|check|find|search|look|into|investigate|see|please|what|why|which|how|when|where|system|server|service|log|logs|logged|line|lines|error|errors|incident|incidents|outage|problem|problems|new|recent|lately|today|now|cause|caused|happened|happening|going)\b|[?!.,"“”']/gi;

/** What a question asks the logs for, without what every such question says; null when nothing is left. */
export function wordsToFind(text: string, names: readonly string[]): string | null {
  let rest = text.normalize('NFKC');
  for (const name of names) if (name) rest = rest.replaceAll(name, ' ');
  rest = rest.replace(FILLER_EN, ' ').replace(FILLER_JA, ' ').replace(/\s+/g, ' ').trim();
  return /[\p{L}]{2,}/u.test(rest) ? rest.slice(0, 200) : null;
}

/** What the logs say of the time asked about, or now and of late. Each part that cannot be read is left out; nothing here writes. */
export async function lookIntoLogs(
  o: {
    logs: Pick<Logs, 'counts'>;
    anomalies: Pick<Anomalies, 'incidents' | 'incident'>;
    clusters: Pick<Clusters, 'search'>;
    /** epoch ms */
    at: number;
    /** names of the question that are not about logs: sites, processes */
    names: readonly string[];
  },
  { text, span }: LogQuestion,
): Promise<LogInquiry> {
  const { from, to } = span ?? { from: o.at - WINDOW, to: o.at };
  const count = (span: { from: number; to: number }, levels?: LogLevel[]): Map<string, number> =>
    new Map(
      o.logs
        .counts({
          filter: { ...span, ...(levels ? { levels } : {}) },
          by: 'service',
          buckets: 1,
          top: SERVICES,
        })
        .series.map((s) => [s.key, s.total]),
    );
  const lines = count({ from, to });
  const now = count({ from, to }, ERRORS);
  const before = count({ from: from - (to - from), to: from }, ERRORS);
  const services = [...new Set([...lines.keys(), ...before.keys()])]
    .map((service) => ({
      service,
      now: now.get(service) ?? 0,
      before: before.get(service) ?? 0,
      lines: lines.get(service) ?? 0,
    }))
    .sort((a, b) => b.now - a.now || b.before - a.before || (a.service < b.service ? -1 : 1));
  const recent = o.anomalies
    .incidents({ from: span ? from : o.at - LATELY, to })
    .filter((i) => i.state !== 'dismissed')
    .sort(
      (a, b) =>
        Number(a.to !== null) - Number(b.to !== null) ||
        GRAVITY[a.severity] - GRAVITY[b.severity] ||
        b.from - a.from,
    );
  const asked = wordsToFind(text, o.names);
  const [incidents, { hits, withoutMeaning }] = await Promise.all([
    Promise.all(recent.slice(0, INCIDENTS).map((i) => o.anomalies.incident(i.id))),
    asked === null
      ? { hits: [], withoutMeaning: null }
      : o.clusters.search({ text: asked, ...(span ? { from } : {}), to, limit: HITS }),
  ]);
  return {
    from,
    to,
    named: span !== null,
    services,
    incidents: incidents.map(({ incident, similar, recommendations }) => ({
      incident,
      similar,
      recommendations,
    })),
    asked,
    hits: hits.filter((hit) => hit.kind === 'template'),
    withoutMeaning,
  };
}
