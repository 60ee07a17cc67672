import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogSource } from '../../../../main/api/contract/logs.ts';
import { orpc, useRefresh } from '../../../engine-hooks.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { showDone } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { LineSum } from '../accounting-line.tsx';
import { type Rules, RulesForm } from './rules-form.tsx';
import { useFormatNames } from './source-words.ts';

type Props = { readonly source: LogSource | null; readonly onClose: () => void };

export function RulesDrawer({ source, onClose }: Props) {
  const { t } = useTranslation(['logs', 'common']);
  return (
    <Drawer
      opened={source !== null}
      onClose={onClose}
      size="lg"
      title={t('rules.title', { name: source?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {source && <Body key={source.id} source={source} onClose={onClose} />}
    </Drawer>
  );
}

function Body({ source, onClose }: { readonly source: LogSource; readonly onClose: () => void }) {
  const { t } = useTranslation(['logs', 'common']);
  const format = useFormat();
  const { titleOf } = useFormatNames();
  const refresh = useRefresh();
  const { name, format: chosen, encoding, timeZone, skewMs, service, pattern } = source;
  const [rules, setRules] = useState<Rules>({
    name,
    format: chosen,
    encoding,
    timeZone,
    skewMs,
    service,
    pattern,
  });
  const save = useMutation(
    orpc.logs.updateSource.mutationOptions({
      onSuccess: () => {
        refresh('logs');
        showDone(t('common:saved'));
        onClose();
      },
    }),
  );
  return (
    <Stack>
      <Facts
        facts={[
          [
            t('sources.path'),
            (source.kind === 'import' ? null : source.path) ?? t(`sources.kind.${source.kind}`),
          ],
          [
            t('sources.lines'),
            <LineSum key="sum" {...source} addsUp={source.lines === source.templated + source.unparsed} />,
          ],
          [
            t('sources.format'),
            source.usedFormat === null
              ? t('common:unknown')
              : `${titleOf(source.usedFormat)}${
                  source.formatRate === null
                    ? ''
                    : ` (${t('sources.rate', { rate: format.percent(source.formatRate) })})`
                }`,
          ],
          [t('sources.first'), <TimeText key="first" at={source.firstAt} />],
          [t('sources.last'), <TimeText key="last" at={source.lastAt} />],
        ]}
      />
      <RulesForm
        kind={source.kind}
        rules={rules}
        detected={{ format: source.usedFormat, encoding: source.usedEncoding }}
        onChange={setRules}
      />
      <Text size="xs" c="dimmed">
        {t('rules.applies')}
      </Text>
      {save.error && <ErrorState error={save.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          disabled={rules.name.trim() === ''}
          loading={save.isPending}
          onClick={() => save.mutate({ id: source.id, rules: { ...rules, name: rules.name.trim() } })}
        >
          {t('common:save')}
        </Button>
      </Group>
    </Stack>
  );
}
