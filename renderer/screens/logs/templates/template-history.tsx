import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { type TemplateChange, TemplateMark } from '../../../../main/logs/contract/logs.ts';
import { Fine, TimeText } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './templates.module.css';

type Props = { readonly history: readonly TemplateChange[]; readonly onOpen: (id: number) => void };
/** What happened to a template, newest first. */
export function TemplateHistory({ history, onOpen }: Props) {
  const t = useWords('logs');
  const detailOf = (what: TemplateChange['what'], detail: string): string => {
    const mark = what === 'marked' ? TemplateMark.safeParse(detail) : null;
    return mark?.success ? t(`mark.${mark.data}`) : detail;
  };
  return (
    <section>
      <Title order={3} mb="xs">
        {t('history.title')}
      </Title>
      <ol className={classes['history']}>
        {history
          .toSorted((a, b) => b.at - a.at)
          .map((change, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: several changes can share their instant
            <li key={i}>
              <Fine span>
                <TimeText at={change.at} />
              </Fine>
              <span>
                {t(`history.${change.what}`)}
                {change.detail && ` — ${detailOf(change.what, change.detail)}`}{' '}
                {change.others.slice(0, 10).map((id) => (
                  <Anchor
                    key={id}
                    component="button"
                    type="button"
                    size="sm"
                    mr={8}
                    onClick={() => onOpen(id)}
                  >
                    {t('template.number', { id: String(id) })}
                  </Anchor>
                ))}
              </span>
              <Fine span>{change.actor ?? t('history.itself')}</Fine>
            </li>
          ))}
      </ol>
    </section>
  );
}

type MergedPartsProps = {
  readonly parts: readonly { readonly id: number; readonly text: string }[];
  readonly onUnmerge: (id: number) => void;
};
/** What was merged into this template by a person, each with the way out. */
export function MergedParts({ parts, onUnmerge }: MergedPartsProps) {
  const t = useWords('logs');
  const format = useFormat();
  return (
    <section>
      <Title order={3} mb="xs">
        {t('merge.parts', { n: parts.length })}
      </Title>
      <Stack gap={4}>
        {parts.map(({ id, text }) => (
          <Group key={id} gap="sm" wrap="nowrap" justify="space-between">
            <Text size="xs" truncate title={text}>
              {t('template.number', { id: String(id) })}
              {format.dot}
              {text}
            </Text>
            <Button size="compact-xs" variant="default" flex="none" onClick={() => onUnmerge(id)}>
              {t('merge.takeOut')}
            </Button>
          </Group>
        ))}
      </Stack>
    </section>
  );
}
