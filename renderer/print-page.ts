import { useCallback, useState } from 'react';
import { reportFailure } from './failures.ts';
import { shellBridge } from './shell-bridge.ts';
import { showDone, showProblem } from './ui/undo-bar.tsx';
import { useWords } from './words.ts';

/**
 * The page as a PDF, where the person says: in the app, whose shell asks for the place; null in the browser, where the print
 * dialog does that. `saving`: until it is written.
 */
export function useSavePdf(): { readonly saving: boolean; save(name: string): Promise<void> } | null {
  const t = useWords('common');
  const [saving, setSaving] = useState(false);
  const bridge = shellBridge()?.savePdf;
  const save = useCallback(
    async (name: string): Promise<void> => {
      setSaving(true);
      try {
        if (await bridge?.(name)) showDone(t('pdfSaved'));
      } catch (error) {
        reportFailure(error);
        showProblem(t('pdfFailed'), t('pdfFailedNext'));
      } finally {
        setSaving(false);
      }
    },
    [bridge, t],
  );
  return bridge ? { saving, save } : null;
}
