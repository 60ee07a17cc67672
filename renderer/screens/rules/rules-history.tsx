import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { Rules, RulesVersion } from '../../../main/placement/contract/placement.ts';
import { orpc } from '../../engine-hooks.ts';
import { type Column, DataTable, textColumn, timeColumn } from '../../ui/data-table.tsx';
import { EmptyState, Pending } from '../../ui/states.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { changedRules } from './draft.ts';

type Version = z.infer<typeof RulesVersion>;
type Row = Version & { readonly changes: readonly string[] | null };

/** Who changed which rule when and why; any version's values can be taken up again. */
export function RulesHistory({ onUse }: { readonly onUse: (rules: Rules) => void }) {
  const t = useWords('rules');
  const format = useFormat();
  const history = useQuery(orpc.placement.rulesHistory.queryOptions());
  const nameOf = useRuleName();
  const rows = useMemo<Row[]>(() => {
    const versions = [...(history.data ?? [])].sort((a, b) => b.version - a.version);
    return versions.map((version, i) => {
      const before = versions[i + 1];
      return { ...version, changes: before ? changedRules(before.rules, version.rules) : null };
    });
  }, [history.data]);
  const columns = useMemo<Column<Row>[]>(
    () => [
      textColumn('version', t('version'), (r) => r.version, { width: '4rem' }),
      timeColumn('at', t('at'), (r) => r.changedAt),
      { key: 'by', label: t('by'), sort: (r) => r.changedBy, render: (r) => r.changedBy || '—' },
      { key: 'why', label: t('reason'), render: (r) => r.why ?? '—' },
      {
        key: 'changes',
        label: t('changed'),
        render: (r) => (
          <Text size="xs" span>
            {r.changes === null ? t('firstVersion') : [...new Set(r.changes.map(nameOf))].join(format.dot)}
          </Text>
        ),
      },
      {
        key: 'use',
        label: t('useVersion'),
        labelHidden: true,
        align: 'right',
        render: (r) => (
          <Button size="compact-xs" variant="default" onClick={() => onUse(r.rules)}>
            {t('useVersion')}
          </Button>
        ),
      },
    ],
    [t, format, nameOf, onUse],
  );
  if (!history.isSuccess) return <Pending of={history} count={3} />;
  return (
    <Stack gap="xs">
      <DataTable
        label={t('history')}
        columns={columns}
        rows={rows}
        rowKey={(r) => String(r.version)}
        empty={<EmptyState kind="never" title={t('historyEmpty')} />}
      />
    </Stack>
  );
}

/** A rule's path (`switchMinutes.farSite`) as it is called in the form. */
function useRuleName(): (path: string) => string {
  const t = useWords('rules');
  return useMemo(() => {
    const names: Record<string, string> = {
      maxMoves: t('maxMoves'),
      maxReleaseShare: t('maxReleaseShare'),
      maxMovesPerDay: t('maxMovesPerDay'),
      maxMovesPer30Days: t('maxMovesPer30Days'),
      rampMinutes: t('rampMinutes'),
      rampLoss: t('rampLoss'),
      minSkill: t('minSkill'),
      minStaff: t('minStaff'),
      'checkpoint.minutesBefore': t('checkpointMinutes'),
      'checkpoint.minStaff': t('checkpointStaff'),
      seniorsPerCell: t('seniors'),
      sourceBuffer: t('sourceBuffer'),
      nearSites: t('nearSites'),
      priorities: t('priorities'),
      breaks: t('breaks'),
      constraints: t('constraints'),
      safety: t('safety'),
    };
    const groups: Record<string, string> = { switchMinutes: t('switching'), costs: t('costs') };
    return (path) => names[path] ?? groups[path.split('.')[0] ?? ''] ?? path;
  }, [t]);
}
