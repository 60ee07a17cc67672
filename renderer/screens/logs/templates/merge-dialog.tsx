import { Modal, Radio, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { LogTemplate } from '../../../../main/logs/contract/logs.ts';
import { orpc, useEngine } from '../../../engine-hooks.ts';
import { TemplateText } from '../../../logs/template-text.tsx';
import { DialogActions } from '../../../ui/confirm-dialog.tsx';
import { Failed } from '../../../ui/states.tsx';
import { Fine } from '../../../ui/text.tsx';
import { showUndoBar } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';

type Props = {
  readonly templates: readonly LogTemplate[];
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** Several templates as one: which of them stays. Can be taken back. */
export function MergeDialog({ templates, opened, onClose, onDone }: Props) {
  const t = useWords('logs');
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t('merge.title', { n: templates.length })}>
      {opened && <Body templates={templates} onClose={onClose} onDone={onDone} />}
    </Modal>
  );
}

function Body({ templates, onClose, onDone }: Omit<Props, 'opened'>) {
  const t = useWords('logs');
  const format = useFormat();
  const engine = useEngine();
  const most = templates.toSorted((a, b) => b.lines - a.lines)[0];
  const [into, setInto] = useState(String(most?.id ?? ''));
  const undo = useMutation({
    mutationKey: orpc.logs.key(),
    mutationFn: async (ids: readonly number[]) => {
      for (const id of ids) await engine.logs.unmergeTemplate({ id });
    },
  });
  const merge = useMutation(
    orpc.logs.mergeTemplates.mutationOptions({
      onSuccess: (_, { ids }) => {
        onDone();
        showUndoBar(t('merge.done', { n: ids.length + 1 }), () => undo.mutate(ids));
      },
    }),
  );
  return (
    <Stack>
      <Text size="sm">{t('merge.text')}</Text>
      <Radio.Group label={t('merge.keep')} value={into} onChange={setInto}>
        <Stack gap="xs" mt="xs">
          {templates.map((template) => (
            <Radio
              key={template.id}
              value={String(template.id)}
              label={
                <>
                  {template.name !== null && <strong>{template.name} </strong>}
                  <TemplateText parts={template.parts} />
                  <Fine span> {t('merge.lines', { n: format.number(template.lines) })}</Fine>
                </>
              }
            />
          ))}
        </Stack>
      </Radio.Group>
      <Failed of={merge} />
      <Failed of={undo} />
      <DialogActions
        confirm={t('templates.merge')}
        onClose={onClose}
        loading={merge.isPending}
        disabled={templates.length < 2 || into === ''}
        onConfirm={() =>
          merge.mutate({
            into: Number(into),
            ids: templates.map((template) => template.id).filter((id) => id !== Number(into)),
          })
        }
      />
    </Stack>
  );
}
