import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LogLine } from '../../../../main/api/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { showUndoBar } from '../../../ui/undo-bar.tsx';

export type Bookmark = {
  readonly busy: boolean;
  readonly error: unknown;
  /** what was written on a line goes with its mark: there is a way back */
  mark(line: LogLine, on: boolean): void;
  /** what is written marks its line, so that it is found again; null takes the note away */
  write(line: LogLine, note: string | null): void;
  /** the same for what was written when the person went on without saving, with a way back */
  keepWritten(line: LogLine, note: string | null): void;
};

/** Marks on lines and the notes that go with them. `onChanged` is told the line as it is then. */
export function useBookmark(onChanged: (line: LogLine) => void): Bookmark {
  const { t } = useTranslation(['logs', 'common']);
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation(
    orpc.logs.bookmark.mutationOptions({
      onSuccess: (line) => {
        onChanged(line);
        void client.invalidateQueries({ queryKey: orpc.logs.context.key() });
      },
    }),
  );
  /** As it was before. */
  const offerBack = (message: string, { id, bookmarked, note }: LogLine): void =>
    showUndoBar({
      message,
      undoLabel: t('common:undo'),
      undo: () => mutate({ lineId: id, on: bookmarked, note }),
    });
  const written = (line: LogLine, note: string | null) => ({
    lineId: line.id,
    on: note !== null || line.bookmarked,
    note,
  });
  return {
    busy: isPending,
    error,
    mark: (line, on) =>
      mutate(
        { lineId: line.id, on, note: line.note },
        { onSuccess: () => !on && line.note !== null && offerBack(t('detail.noteGone'), line) },
      ),
    write: (line, note) => mutate(written(line, note)),
    keepWritten: (line, note) =>
      mutate(written(line, note), { onSuccess: () => offerBack(t('detail.noteKept'), line) }),
  };
}
