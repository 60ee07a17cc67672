import { useQuery } from '@tanstack/react-query';
import type { Proposal } from '../../main/api/contract/placement.ts';
import { wordRuleRate, wordSiteRate } from '../../main/api/contract/words/outcomes.ts';
import { wordConstraint } from '../../main/api/contract/words/placement.ts';
import { orpc } from '../engine-hooks.ts';
import { Fine } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';

/** How often proposals for these sites, and moves against these soft rules, came out as promised so far. */
export function HitRateLine({ moves }: Pick<Proposal, 'moves'>) {
  const { lang } = useFormat();
  const outcomes = useQuery(orpc.placement.outcomes.queryOptions({ input: { limit: 1 } }));
  const rules = useQuery(orpc.placement.rules.queryOptions());
  const lookup = useQuery(orpc.system.lookup.queryOptions());
  if (!outcomes.data || moves.length === 0) return null;
  const { sites, rules: rates } = outcomes.data;
  const locations = [...new Set(moves.map((move) => move.to.location))];
  const against = [...new Set(moves.flatMap((move) => move.against ?? []))];
  const businessOf = (id: string): string => lookup.data?.businesses.find((b) => b.id === id)?.name ?? id;
  const aboutRules = against.flatMap((id) => {
    const rule = rules.data?.rules.constraints.find((constraint) => constraint.id === id);
    const rate = rates.find(({ ruleId }) => ruleId === id)?.rate;
    return rule && rate ? (wordRuleRate(wordConstraint(rule, lang, businessOf), rate, lang) ?? []) : [];
  });
  const lines = [
    ...locations.map((location) =>
      wordSiteRate(location, sites.find((site) => site.location === location)?.rate, lang),
    ),
    ...aboutRules,
  ];
  return (
    <div>
      {lines.map((line) => (
        <Fine key={line}>{line}</Fine>
      ))}
    </div>
  );
}
