import { Box, Button, CopyButton, Group, Modal, Portal, Stack, Title } from '@mantine/core';
import { IconCopy, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Handover, handoverText } from '../../main/reports/contract/reports.ts';
import { orpc } from '../engine-hooks.ts';
import { useUi } from '../stores/ui.ts';
import { ImeTextarea } from '../ui/ime.tsx';
import { Pending } from '../ui/states.tsx';
import { Fine, Note } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './handover-sheet.module.css';

/** What the next shift has to know, from any screen by one key: read, added to, copied, printed. */
export function HandoverSheet() {
  const t = useWords('frame');
  const opened = useUi((s) => s.handover);
  const show = useUi((s) => s.show);
  return (
    <Modal opened={opened} onClose={() => show('handover', false)} title={t('handover.title')} size="xl">
      <Sheet />
    </Modal>
  );
}

function Sheet() {
  const t = useWords('frame');
  const { lang } = useFormat();
  const [note, setNote] = useState('');
  const handover = useQuery({
    ...orpc.reports.handover.queryOptions(),
    staleTime: 0,
    refetchOnMount: 'always',
  });
  if (!handover.isSuccess) return <Pending of={handover} kind="text" count={8} />;
  return (
    <Stack>
      <Lines handover={handover.data} />
      <ImeTextarea
        label={t('handover.note')}
        placeholder={t('handover.notePlaceholder')}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <CopyButton value={handoverText(handover.data, lang, note)}>
          {({ copied, copy }) => (
            <Button variant="default" leftSection={<IconCopy size={15} />} onClick={copy}>
              {copied ? t('handover.copied') : t('handover.copy')}
            </Button>
          )}
        </CopyButton>
        <Button leftSection={<IconPrinter size={15} />} onClick={() => window.print()}>
          {t('handover.print')}
        </Button>
      </Group>
      <Portal reuseTargetNode={false}>
        <div className={classes['paper']} aria-hidden>
          <Lines handover={handover.data} />
          {note.trim() && (
            <section>
              <h2>{t('handover.note')}</h2>
              <p className={classes['note']}>{note.trim()}</p>
            </section>
          )}
          <div className={classes['foot']}>
            <span>{t('handover.by')}: 　　　　　　　</span>
            <span>{t('handover.to')}: 　　　　　　　</span>
          </div>
        </div>
      </Portal>
    </Stack>
  );
}

function Lines({ handover }: { readonly handover: Handover }) {
  const { lang } = useFormat();
  return (
    <>
      <header>
        <Title order={3}>{handover.title[lang]}</Title>
        <Fine>{handover.source[lang]}</Fine>
      </header>
      {handover.sections.map(({ key, title, none, lines }) => (
        <section key={key}>
          <Title order={4} size="sm">
            {title[lang]}
          </Title>
          {lines.length === 0 ? (
            <Note>{none[lang]}</Note>
          ) : (
            <Box component="ul" m="0.25rem 0 0" ps="1.2rem" fz="sm" lh={1.7}>
              {lines.map((line) => (
                <li key={line[lang]}>{line[lang]}</li>
              ))}
            </Box>
          )}
        </section>
      ))}
    </>
  );
}
