import { Anchor, Button, Group, Modal, Radio, Stack } from '@mantine/core';
import {
  IconBook2,
  IconCheck,
  IconEye,
  IconHandStop,
  IconListSearch,
  IconPrinter,
  IconRotate2,
  IconTimeline,
} from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IncidentDetail } from '../../../main/anomalies/contract/anomalies.ts';
import { orpc } from '../../engine-hooks.ts';
import { linesHref } from '../../logs/log-address.ts';
import { useSavePdf } from '../../print-page.ts';
import { href } from '../../router.ts';
import { DialogActions } from '../../ui/confirm-dialog.tsx';
import { ImeTextarea, ImeTextInput } from '../../ui/ime.tsx';
import { Failed } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { aroundOf, linesOf } from './incident-words.ts';
import classes from './incidents.module.css';
import { RemedyRecord } from './remedy-record.tsx';
import type { IncidentActs } from './use-incident.ts';

type Props = { readonly detail: IncidentDetail; readonly acts: IncidentActs; readonly now: number };

/** What can be done about an incident; only what its state allows. */
export function IncidentActions({ detail, acts, now }: Props) {
  const t = useWords('incidents');
  const format = useFormat();
  const pdf = useSavePdf();
  const [resolving, setResolving] = useState(false);
  const { incident } = detail;
  const { state } = incident;
  const isLive = state === 'open' || state === 'acknowledged';
  return (
    <>
      <Group gap="xs" className="no-print">
        {isLive && (
          <Button
            leftSection={<IconCheck size={16} />}
            disabled={acts.busy}
            onClick={() => setResolving(true)}
          >
            {t('act.resolve')}
          </Button>
        )}
        {state === 'open' && (
          <Button
            variant="default"
            leftSection={<IconEye size={16} />}
            disabled={acts.busy}
            onClick={() => acts.set({ state: 'acknowledged' })}
          >
            {t('act.acknowledge')}
          </Button>
        )}
        {isLive && (
          <Button
            variant="default"
            leftSection={<IconHandStop size={16} />}
            disabled={acts.busy}
            onClick={() => acts.set({ state: 'dismissed' })}
          >
            {t('act.dismiss')}
          </Button>
        )}
        {state !== 'open' && (
          <Button
            variant="default"
            leftSection={<IconRotate2 size={16} />}
            disabled={acts.busy}
            onClick={() => acts.set({ state: 'open' })}
          >
            {t('act.reopen')}
          </Button>
        )}
        <Button
          component="a"
          variant="subtle"
          leftSection={<IconListSearch size={16} />}
          href={linesHref(...linesOf(incident, now))}
        >
          {t('act.lines')}
        </Button>
        <Button
          component="a"
          variant="subtle"
          leftSection={<IconTimeline size={16} />}
          href={href('timeline', null, aroundOf(incident, now))}
        >
          {t('act.timeline')}
        </Button>
        <Button
          variant="subtle"
          leftSection={<IconPrinter size={16} />}
          loading={pdf?.saving ?? false}
          onClick={() => (pdf ? void pdf.save(format.pick(incident.title)) : window.print())}
        >
          {t(pdf ? 'common:savePdf' : 'common:print')}
        </Button>
        {incident.knowledgeId === null ? (
          <Button
            variant="subtle"
            leftSection={<IconBook2 size={16} />}
            disabled={acts.busy}
            onClick={acts.toKnowledge}
          >
            {t('act.toKnowledge')}
          </Button>
        ) : (
          <Anchor size="sm" href={href('knowledge', incident.knowledgeId)}>
            {t('act.knowledge')}
          </Anchor>
        )}
      </Group>
      <ResolveDialog opened={resolving} detail={detail} acts={acts} onClose={() => setResolving(false)} />
    </>
  );
}

type ResolveDialogProps = {
  readonly opened: boolean;
  readonly detail: IncidentDetail;
  readonly acts: IncidentActs;
  readonly onClose: () => void;
};
const NONE = '-none';
const NEW = '-new';

/** What fixed it: chosen from what is known, or written down now, so that the next time it is recommended. */
function ResolveDialog({ opened, onClose, detail, acts }: ResolveDialogProps) {
  const t = useWords('incidents');
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t('resolve.title')}>
      <Form detail={detail} acts={acts} onClose={onClose} />
    </Modal>
  );
}

function Form({ detail, acts, onClose }: Omit<ResolveDialogProps, 'opened'>) {
  const t = useWords('incidents');
  const { incident, recommendations } = detail;
  const known = useQuery(orpc.incidents.remedies.queryOptions()).data ?? [];
  const others = known.filter(({ id }) => !recommendations.some((remedy) => remedy.id === id));
  const [choice, setChoice] = useState(
    incident.remedyId ?? (recommendations.length + others.length === 0 ? NEW : ''),
  );
  const [note, setNote] = useState(incident.note ?? '');
  const [title, setTitle] = useState('');
  const [steps, setSteps] = useState('');
  const save = useMutation(orpc.incidents.saveRemedy.mutationOptions());
  const finish = (remedyId: string | null): void => {
    acts.set({ state: 'resolved', note: note.trim() || null, remedyId });
    onClose();
  };
  const isReady = choice === NEW ? title.trim() !== '' : choice !== '';
  const act = (): void => {
    if (!isReady || save.isPending) return;
    if (choice === NEW)
      save.mutate(
        { incidentId: incident.id, title: title.trim(), steps: steps.trim() },
        { onSuccess: ({ id }) => finish(id) },
      );
    else finish(choice === NONE ? null : choice);
  };
  return (
    <Stack>
      <Radio.Group label={t('resolve.which')} value={choice} onChange={setChoice}>
        <Stack gap={6} mt={6}>
          {[...recommendations, ...others].map((remedy) => (
            <Radio
              key={remedy.id}
              value={remedy.id}
              label={
                <span className={classes['choice']}>
                  {remedy.title}
                  <RemedyRecord remedy={remedy} />
                </span>
              }
            />
          ))}
          <Radio value={NEW} label={t('resolve.new')} />
          <Radio value={NONE} label={t('resolve.none')} />
        </Stack>
      </Radio.Group>
      {choice === NEW && (
        <>
          <ImeTextInput
            label={t('remedy.title')}
            placeholder={t('remedy.titlePlaceholder')}
            value={title}
            maxLength={300}
            onChange={(event) => setTitle(event.currentTarget.value)}
            onEnter={act}
          />
          <ImeTextarea
            label={t('remedy.steps')}
            placeholder={t('remedy.stepsPlaceholder')}
            minRows={3}
            value={steps}
            maxLength={20_000}
            with="ctrl-enter"
            onChange={(event) => setSteps(event.currentTarget.value)}
            onEnter={act}
          />
        </>
      )}
      <ImeTextarea
        label={t('resolve.note')}
        placeholder={t('notePlaceholder')}
        value={note}
        maxLength={5000}
        with="ctrl-enter"
        onChange={(event) => setNote(event.currentTarget.value)}
        onEnter={act}
      />
      {choice !== NONE && choice !== '' && <Fine>{t('resolve.help')}</Fine>}
      <Failed of={save} />
      <DialogActions
        confirm={t('resolve.save')}
        onClose={onClose}
        disabled={!isReady}
        loading={save.isPending}
        onConfirm={act}
      />
    </Stack>
  );
}
