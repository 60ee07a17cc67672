import { List, Text } from '@mantine/core';
import type { CellDetail } from '../../../main/analytics/contract/situation.ts';
import { type Format, useFormat } from '../../use-format.ts';
import type { Translate } from '../../words.ts';
import { useWords } from '../../words.ts';

/** The chance in words, each sentence one step of the reckoning. */
export const evidenceSentences = (
  detail: CellDetail,
  t: Translate<'situation'>,
  format: Format,
): string[] => {
  const { row, evidence } = detail;
  if (row.deadline === null) return [t('evidence.none')];
  const items = row.due ?? 0;
  const { here = 0, upstream = 0, expected = 0 } = row.dueParts ?? {};
  const sentences = [
    t('evidence.demand', {
      deadline: format.time(row.deadline),
      items: format.number(items),
      required: evidence.required === null ? t('unknown') : format.number(evidence.required),
    }),
    evidence.rate === null
      ? t('evidence.noSpeed')
      : evidence.rateCv === null
        ? t('evidence.speedOnly', { rate: format.number(evidence.rate * 60) })
        : t('evidence.speed', {
            rate: format.number(evidence.rate * 60),
            cv: format.percent(evidence.rateCv),
          }),
    t('evidence.effort', { effort: format.minutes(evidence.effortMinutes) }),
  ];
  if (upstream + expected >= 1)
    sentences.splice(
      1,
      0,
      t('evidence.parts', {
        here: format.number(here),
        upstream: format.number(upstream),
        expected: format.number(expected),
      }),
    );
  if (evidence.able !== null && evidence.sd !== null)
    sentences.push(
      t('evidence.able', { able: format.number(evidence.able), sd: format.number(evidence.sd) }),
    );
  if (row.standstillSince !== null)
    sentences.push(t('evidence.stands', { time: format.time(row.standstillSince) }));
  const room = (evidence.able ?? items) - items;
  if (row.shortItems >= 1) sentences.push(t('evidence.short', { items: format.number(row.shortItems) }));
  else if (room >= 1) sentences.push(t('evidence.enough', { items: format.number(room) }));
  return sentences;
};

export function Evidence({ detail }: { readonly detail: CellDetail }) {
  const t = useWords('situation');
  const format = useFormat();
  return (
    <List size="sm" spacing={4} type="ordered">
      {evidenceSentences(detail, t, format).map((sentence) => (
        <List.Item key={sentence}>
          <Text size="sm">{sentence}</Text>
        </List.Item>
      ))}
    </List>
  );
}
