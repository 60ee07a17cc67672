import { Box, Flex } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconBolt,
  IconCircleCheck,
  IconCircleDashed,
  IconFileUnknown,
  IconHelpCircle,
  IconLoader2,
  IconShieldOff,
} from '@tabler/icons-react';
import type { ModelFit, ModelView } from '../../../main/llm/contract/models.ts';
import { ToneBadge } from '../../ui/badges.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

const MB = 1_000_000;
const STATE = {
  ready: { icon: IconCircleCheck, tone: 'calm' },
  loading: { icon: IconLoader2, tone: 'calm' },
  loaded: { icon: IconBolt, tone: 'ok' },
  quarantined: { icon: IconShieldOff, tone: 'danger' },
  broken: { icon: IconAlertTriangleFilled, tone: 'danger' },
  missing: { icon: IconFileUnknown, tone: 'watch' },
} as const;
export function StateBadge({ state }: { readonly state: ModelView['state'] }) {
  const t = useWords('models');
  return <ToneBadge {...STATE[state]} label={t(`state.${state}`)} />;
}

const CHECKSUM = {
  matches: { icon: IconCircleCheck, tone: 'ok' },
  differs: { icon: IconAlertTriangleFilled, tone: 'danger' },
  'other-size': { icon: IconAlertTriangleFilled, tone: 'watch' },
  unknown: { icon: IconHelpCircle, tone: 'calm' },
} as const;
export function ChecksumBadge({ checksum }: { readonly checksum: ModelView['checksum'] }) {
  const t = useWords('models');
  return (
    <ToneBadge
      {...CHECKSUM[checksum]}
      label={t(`checksum.${checksum}`)}
      title={t(`checksum.help.${checksum}`)}
    />
  );
}

const FIT = {
  fits: { icon: IconCircleCheck, tone: 'ok' },
  tight: { icon: IconCircleDashed, tone: 'watch' },
  'too-big': { icon: IconAlertTriangleFilled, tone: 'danger' },
} as const;
/** Whether a model goes into memory: icon, words and colour, then the numbers. */
export function FitBadge({ fit, whole = false }: { readonly fit: ModelFit; readonly whole?: boolean }) {
  const t = useWords('models');
  const { bytes } = useFormat();
  const numbers = {
    need: bytes(fit.needMb * MB),
    free: bytes(fit.freeMb * MB),
    total: bytes(fit.totalMb * MB),
  };
  return (
    <Flex component="span" display="inline-flex" wrap="wrap" align="center" gap="0.1rem 0.5rem">
      <ToneBadge {...FIT[fit.verdict]} label={t(`fit.verdict.${fit.verdict}`)} />
      <Box component="span" fz="xs" c="dimmed">
        {t(whole ? 'fit.ofTotal' : 'fit.numbers', numbers)}
      </Box>
    </Flex>
  );
}
