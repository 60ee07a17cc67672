import { expect, test } from 'vitest';
import { ProposalScope, Rules } from '../../../main/placement/contract/placement.ts';
import { DEFAULT_RULES } from '../../../main/placement/index.ts';
import { rulesAgainst } from '../../../main/placement/rules/match-rules.ts';
import { rulesNow } from '../../../main/placement/rules/rules.ts';
import { withinLimits } from '../../../main/placement/within-limits.ts';
import { generate } from '../../helpers/placement/generate.ts';

const { constraints: _, ...others } = DEFAULT_RULES;

test('rules of before keep who stayed and what a process needs, as rules against moves', () => {
  const before = {
    ...others,
    costs: { ...others.costs, junior: 0.3 },
    locked: ['OP-7'],
    experience: [
      { process: 'エントリ1', months: 24, hard: false },
      { process: '目検', months: 6, hard: true },
      { process: '補正', months: 0, hard: true },
    ],
  };
  expect(Rules.parse(rulesNow(before))).toEqual({
    ...others,
    constraints: [
      { id: 'stays 1', operatorId: 'OP-7', hard: true, weight: 0 },
      { id: 'experience 1', toProcess: 'エントリ1', monthsBelow: 24, hard: false, weight: 0.3 },
      { id: 'experience 2', toProcess: '目検', monthsBelow: 6, hard: true, weight: 0 },
    ],
  });
  expect(rulesNow(DEFAULT_RULES)).toBe(DEFAULT_RULES);
});

test('who may not leave a site may still go to another process of it', () => {
  const instance = generate({ operators: 40, cells: 10, seed: 1, rules: { constraints: [] } });
  const [home] = instance.cells;
  const site = home?.cell.location ?? '';
  const limited = withinLimits(instance, ProposalScope.parse({ limits: { notFrom: [site] } }));
  const person = limited.operators.find((p) => limited.cells[p.cell]?.cell.location === site);
  if (!person) throw new Error('nobody there');
  const barred = limited.cells.flatMap(({ cell }, c) =>
    rulesAgainst(limited, person, c).length > 0 ? [cell.location] : [],
  );
  const elsewhere = limited.cells.map(({ cell }) => cell.location).filter((location) => location !== site);
  expect(barred).toEqual(elsewhere);
});
