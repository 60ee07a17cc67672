import { Anchor, Button, Flex, Group } from '@mantine/core';
import { IconPlus, IconThumbDown, IconThumbUp, IconTool } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IncidentDetail, Remedy } from '../../../main/anomalies/contract/anomalies.ts';
import { orpc } from '../../engine-hooks.ts';
import { href } from '../../router.ts';
import { Fine, Note, Strong } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './incidents.module.css';
import { RemedyDialog } from './remedy-dialog.tsx';
import { RemedyRecord } from './remedy-record.tsx';
import type { IncidentActs } from './use-incident.ts';

type Props = { readonly detail: IncidentDetail; readonly acts: IncidentActs };

/** Remedies that fit, best first, each with its record; whether one worked this time changes the next recommendation. */
export function Recommendations({ detail, acts }: Props) {
  const t = useWords('incidents');
  const [writing, setWriting] = useState(false);
  const { incident, recommendations } = detail;
  const known = useQuery(orpc.incidents.remedies.queryOptions()).data;
  // recommended is what worked elsewhere; what a person chose for this one stands above it
  const own = known?.find(({ id }) => id === incident.remedyId);
  const others = recommendations.filter(({ id }) => id !== incident.remedyId);
  return (
    <>
      {own === undefined && others.length === 0 ? (
        <div className={classes['noRemedy']}>
          <IconTool size={20} stroke={1.6} aria-hidden />
          <div>
            <Strong>{t('remedy.none')}</Strong>
            <Note>{t('remedy.noneText')}</Note>
          </div>
          <Button variant="default" size="compact-sm" onClick={() => setWriting(true)}>
            {t('remedy.write')}
          </Button>
        </div>
      ) : (
        <>
          <Flex component="ul" direction="column" gap={8} m={0} p={0} style={{ listStyle: 'none' }}>
            {own && <RemedyItem remedy={own} acts={acts} />}
            {others.map((remedy) => (
              <RemedyItem
                key={remedy.id}
                remedy={remedy}
                from={{ incident: remedy.fromIncident, similarity: remedy.similarity }}
                acts={acts}
              />
            ))}
          </Flex>
          <Group gap="sm" mt="xs">
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPlus size={14} />}
              onClick={() => setWriting(true)}
            >
              {t('remedy.write')}
            </Button>
            <Fine>{t('remedy.smallNote')}</Fine>
          </Group>
        </>
      )}
      <RemedyDialog opened={writing} incidentId={incident.id} onClose={() => setWriting(false)} />
    </>
  );
}

type ItemProps = {
  readonly remedy: Remedy;
  /** the incident it worked for, and how like this one that was; absent: it is this incident's own */
  readonly from?: { readonly incident: string | null; readonly similarity: number };
  readonly acts: IncidentActs;
};
function RemedyItem({ remedy, from, acts }: ItemProps) {
  const t = useWords('incidents');
  const format = useFormat();
  const [said, setSaid] = useState<boolean | null>(null);
  const say = (worked: boolean): void => {
    setSaid(worked);
    acts.feedback(remedy.id, worked);
  };
  return (
    <li className={classes['remedy']} aria-label={remedy.title}>
      <div className={classes['remedyHead']}>
        <b>{remedy.title}</b>
        <Fine span>
          {from ? t('remedy.similarity', { share: format.percent(from.similarity) }) : t('remedy.thisOne')}{' '}
          {from?.incident != null && (
            <Anchor size="xs" href={href('incidents', from.incident)}>
              {t('remedy.fromIncident')}
            </Anchor>
          )}
        </Fine>
      </div>
      {remedy.steps.trim() !== '' && <p className={classes['steps']}>{remedy.steps}</p>}
      <Flex wrap="wrap" align="flex-end" justify="space-between" gap="8px 16px">
        <RemedyRecord remedy={remedy} />
        <Group gap={6} role="group" aria-label={remedy.title} wrap="nowrap">
          <Button
            size="compact-sm"
            variant={said === true ? 'filled' : 'default'}
            color="teal"
            aria-pressed={said === true}
            leftSection={<IconThumbUp size={14} />}
            disabled={acts.busy}
            onClick={() => say(true)}
          >
            {t('remedy.worked')}
          </Button>
          <Button
            size="compact-sm"
            variant={said === false ? 'filled' : 'default'}
            color="gray"
            aria-pressed={said === false}
            leftSection={<IconThumbDown size={14} />}
            disabled={acts.busy}
            onClick={() => say(false)}
          >
            {t('remedy.failed')}
          </Button>
        </Group>
      </Flex>
    </li>
  );
}
