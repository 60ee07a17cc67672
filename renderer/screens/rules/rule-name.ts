import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** A rule's path (`switchMinutes.farSite`) as it is called in the form. */
export function useRuleName(): (path: string) => string {
  const { t } = useTranslation('rules');
  return useMemo(() => {
    const names: Record<string, string> = {
      maxMoves: t('maxMoves'),
      maxReleaseShare: t('maxReleaseShare'),
      maxMovesPerDay: t('maxMovesPerDay'),
      maxMovesPer30Days: t('maxMovesPer30Days'),
      rampMinutes: t('rampMinutes'),
      rampLoss: t('rampLoss'),
      experience: t('experience'),
      minSkill: t('minSkill'),
      minStaff: t('minStaff'),
      'checkpoint.minutesBefore': t('checkpointMinutes'),
      'checkpoint.minStaff': t('checkpointStaff'),
      seniorsPerCell: t('seniors'),
      sourceBuffer: t('sourceBuffer'),
      nearSites: t('nearSites'),
      priorities: t('priorities'),
      breaks: t('breaks'),
      constraints: t('constraints'),
      locked: t('locked'),
      safety: t('safety'),
    };
    const groups: Record<string, string> = { switchMinutes: t('switching'), costs: t('costs') };
    return (path) => names[path] ?? groups[path.split('.')[0] ?? ''] ?? path;
  }, [t]);
}
