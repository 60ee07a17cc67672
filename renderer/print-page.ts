import { useCallback, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
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

/**
 * Paper that is drawn only while it is printed or saved: asked for by a button (`put`), or by Ctrl+P. `sheet`: what the paper takes,
 * null while there is none; `saving`: whether a PDF is being written, null where only the print dialog makes one. `name`: the PDF's.
 */
export function usePaper(name: string) {
  const [on, setOn] = useState<'print' | 'pdf' | 'asked' | null>(null);
  const onDone = useCallback(() => setOn(null), []);
  useEffect(() => {
    // Ctrl+P: there is no second chance to draw before the page is taken
    const asked = (): void => flushSync(() => setOn((now) => now ?? 'asked'));
    window.addEventListener('beforeprint', asked);
    return () => window.removeEventListener('beforeprint', asked);
  }, []);
  const pdf = useSavePdf();
  const savePdf = pdf?.save;
  const save = useMemo(() => savePdf && (() => savePdf(name)), [savePdf, name]);
  return {
    put: (as: 'print' | 'pdf'): void => setOn(as),
    saving: pdf?.saving ?? null,
    sheet: on && { save: on === 'asked' ? null : on === 'pdf' ? save : undefined, onDone },
  };
}
