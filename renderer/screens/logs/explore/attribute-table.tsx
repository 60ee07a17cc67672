import { ActionIcon, Group, Title } from '@mantine/core';
import { IconFilter, IconFilterMinus } from '@tabler/icons-react';
import { CUT_FIELD } from '../../../../main/logs/contract/tables.ts';
import { RawText } from '../../../logs/raw-text.tsx';
import { Fine } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './explore.module.css';

const CUT = `${CUT_FIELD}.`;

type Props = {
  /** as the line carries them: a JSON object, or text */
  readonly json: string;
  readonly onField: (key: string, value: string, not: boolean) => void;
};
/** Names and values of a structured line, without the empty ones; nested ones with their path. */
export function attributesOf(json: string): (readonly [string, string])[] {
  const walk = (value: unknown, path: string): (readonly [string, string])[] => {
    if (typeof value !== 'object' || value === null) return [[path, String(value)]];
    return Object.entries(value).flatMap(([key, inner]) => walk(inner, path ? `${path}.${key}` : key));
  };
  try {
    return walk(JSON.parse(json), '').filter(
      ([key, value]) => key !== '' && value !== 'null' && value !== '',
    );
  } catch {
    return [];
  }
}

export function AttributeTable({ json, onField }: Props) {
  const t = useWords('logs');
  const format = useFormat();
  const all = attributesOf(json);
  const names = new Set(all.map(([key]) => key));
  // a field of this name that tells of no other is the company's own
  const isNote = (key: string): boolean => key.startsWith(CUT) && names.has(key.slice(CUT.length));
  const attributes = all.filter(([key]) => !isNote(key));
  const lengths = new Map(all.flatMap(([key, n]) => (isNote(key) ? [[key.slice(CUT.length), n]] : [])));
  return (
    <section>
      <Title order={3} mb={4}>
        {t('detail.attributes')}
      </Title>
      {attributes.length === 0 && <RawText>{json}</RawText>}
      <table className={classes['attributes']}>
        <tbody>
          {attributes.map(([key, value]) => (
            <tr key={key}>
              <th scope="row">{key}</th>
              <td>
                {value}
                {lengths.has(key) && (
                  <Fine>{t('detail.cut', { n: format.number(Number(lengths.get(key))) })}</Fine>
                )}
              </td>
              <td>
                <Group gap={2} wrap="nowrap" justify="flex-end">
                  <ActionIcon
                    size="sm"
                    aria-label={`${key}: ${t('value.only')}`}
                    title={t('value.only')}
                    onClick={() => onField(key, value, false)}
                  >
                    <IconFilter size={14} />
                  </ActionIcon>
                  <ActionIcon
                    size="sm"
                    aria-label={`${key}: ${t('value.without')}`}
                    title={t('value.without')}
                    onClick={() => onField(key, value, true)}
                  >
                    <IconFilterMinus size={14} />
                  </ActionIcon>
                </Group>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
