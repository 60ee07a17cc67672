import { Anchor, Button, Group } from '@mantine/core';
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
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentDetail } from '../../../main/api/contract/anomalies.ts';
import { linesHref } from '../../logs/log-address.ts';
import { useSavePdf } from '../../print-page.ts';
import { href } from '../../router.ts';
import { useFormat } from '../../use-format.ts';
import { aroundOf, linesOf } from './incident-words.ts';
import { ResolveDialog } from './resolve-dialog.tsx';
import type { IncidentActs } from './use-incident.ts';

type Props = { readonly detail: IncidentDetail; readonly acts: IncidentActs; readonly now: number };

/** What can be done about an incident; only what its state allows. */
export function IncidentActions({ detail, acts, now }: Props) {
  const { t } = useTranslation(['incidents', 'common']);
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
