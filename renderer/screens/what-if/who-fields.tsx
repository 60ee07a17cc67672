import { MultiSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SituationRow } from '../../../main/api/contract/situation.ts';
import type { Who } from '../../../main/api/contract/what-if.ts';
import { orpc } from '../../engine-hooks.ts';
import { CommitNumber } from '../../ui/commit-input.tsx';
import type { PartProps } from './change-dialog.tsx';
import type { ChangeForm } from './change-form.ts';
import { isIn } from './scope-fields.tsx';

const KINDS = ['number', 'share', 'named'] as const satisfies readonly Who['kind'][];

/** Which of the people there: so many, a share, or by name. */
export function WhoFields({ form, onForm, rows }: PartProps & { readonly rows: readonly SituationRow[] }) {
  const { t } = useTranslation('whatIf');
  const { where } = form;
  const isOne = where.location !== undefined && where.businessId !== undefined && where.process !== undefined;
  const cell = isOne ? rows.find((row) => isIn(row, where)) : undefined;
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={500} mb={4}>
          {t('dialog.who')}
        </Text>
        <SegmentedControl
          aria-label={t('dialog.who')}
          value={form.whoKind}
          onChange={(whoKind) => onForm({ whoKind })}
          data={KINDS.map((value) => ({ value, label: t(`dialog.whoKind.${value}`) }))}
        />
      </div>
      {form.whoKind === 'number' && (
        <CommitNumber
          label={t('dialog.count')}
          min={1}
          max={999}
          value={form.count}
          onCommit={(count) => onForm({ count })}
        />
      )}
      {form.whoKind === 'share' && (
        <CommitNumber
          label={t('dialog.share')}
          percent
          min={0}
          max={100}
          value={form.share}
          onCommit={(share) => onForm({ share })}
        />
      )}
      {form.whoKind === 'named' && (
        <People cellId={cell?.cellId ?? null} named={form.named} onNamed={(named) => onForm({ named })} />
      )}
    </Stack>
  );
}

type PeopleProps = {
  readonly cellId: string | null;
  readonly named: ChangeForm['named'];
  readonly onNamed: (named: ChangeForm['named']) => void;
};
function People({ cellId, named, onNamed }: PeopleProps) {
  const { t } = useTranslation('whatIf');
  const detail = useQuery(
    orpc.situation.cell.queryOptions({ input: { cellId: cellId ?? '' }, enabled: cellId !== null }),
  );
  // whoever was named before stays on the list, at work or not
  const known = new Map([...named, ...(detail.data?.people ?? [])].map((one) => [one.operatorId, one.name]));
  return (
    <MultiSelect
      label={t('dialog.people')}
      {...(cellId === null && { description: t('dialog.peopleHint') })}
      searchable
      disabled={cellId === null && named.length === 0}
      value={named.map((person) => person.operatorId)}
      data={[...known].map(([value, label]) => ({ value, label }))}
      onChange={(ids) =>
        onNamed(ids.map((operatorId) => ({ operatorId, name: known.get(operatorId) ?? '' })))
      }
    />
  );
}
