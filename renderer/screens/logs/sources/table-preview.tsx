import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LogTable } from '../../../../main/logs/contract/tables.ts';
import { orpc } from '../../../engine-hooks.ts';
import { RawText } from '../../../logs/raw-text.tsx';
import { Pending } from '../../../ui/states.tsx';
import { Note } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { PreviewTable } from './preview-table.tsx';
import type { Rules } from './rules-form.tsx';

type Props = { readonly table: LogTable; readonly rules: Omit<Rules, 'name'> };
const SHOWN_REFUSED = 3;

/** The newest rows of the table as they would be read now, and those of them that would not. */
export function TablePreview({ table, rules }: Props) {
  const t = useWords('logs');
  const format = useFormat();
  const [service] = useDebouncedValue(rules.service, 300);
  const preview = useQuery({
    // the company's server is not asked again with each letter of a name
    ...orpc.logs.previewTable.queryOptions({ input: { table, rules: { ...rules, service } } }),
    staleTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
  });
  if (!preview.isSuccess) return <Pending of={preview} count={3} />;
  const { refused, lines } = preview.data;
  return (
    <div>
      {lines.length + refused.length === 0 ? (
        <Note>{t('table.empty')}</Note>
      ) : (
        <PreviewTable preview={preview.data} />
      )}
      {refused.length > 0 && (
        <>
          <Text size="sm" mt="xs" fw={600} c="var(--watch-text)" role="status">
            {t('table.refused', { n: format.number(refused.length) })}
          </Text>
          {refused.slice(0, SHOWN_REFUSED).map(({ reason, raw }) => (
            <div key={raw}>
              <Text size="xs">{t(`dead.reasons.${reason}`)}</Text>
              <RawText>{raw}</RawText>
            </div>
          ))}
        </>
      )}
    </div>
  );
}
