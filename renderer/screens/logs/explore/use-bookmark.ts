import { useMutation, useQueryClient } from '@tanstack/react-query';
import { wordError } from '../../../../main/api/contract/errors.ts';
import type { LogLine } from '../../../../main/logs/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { isCancelled, toWordable } from '../../../errors.ts';
import { showProblem, showUndoBar } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';

export type Bookmark = {
  readonly busy: boolean;
  /** what came of the last act on this line; of a line left behind it is told in a notice that stays */
  errorOf(lineId: number): unknown;
  /** what was written on a line goes with its mark: there is a way back */
  mark(line: LogLine, on: boolean): void;
  /** what is written marks its line, so that it is found again; null takes the note away */
  write(line: LogLine, note: string | null): void;
  /** the same for what was written when the person went on without saving, with a way back */
  keepWritten(line: LogLine, note: string | null): void;
};

/** Marks on lines and the notes that go with them. `onChanged` is told the line as it is then. */
export function useBookmark(onChanged: (line: LogLine) => void): Bookmark {
  const t = useWords('logs');
  const client = useQueryClient();
  const { lang } = useFormat();
  const { mutate, isPending, error, variables } = useMutation(
    orpc.logs.bookmark.mutationOptions({
      onSuccess: (line) => {
        onChanged(line);
        void client.invalidateQueries({ queryKey: orpc.logs.context.key() });
      },
    }),
  );
  /** In a notice that stays: the line it is about may not be on screen. */
  const tellOf = (what: string) => (thrown: unknown) => {
    if (isCancelled(thrown)) return;
    const { say, next } = wordError(toWordable(thrown), lang);
    showProblem(what, `${say} ${next}`);
  };
  /** As it was before. */
  const offerBack = (message: string, { id, bookmarked, note }: LogLine): void =>
    showUndoBar(message, () =>
      mutate({ lineId: id, on: bookmarked, note }, { onError: tellOf(t('detail.notUndone')) }),
    );
  const written = (line: LogLine, note: string | null) => ({
    lineId: line.id,
    on: note !== null || line.bookmarked,
    note,
  });
  return {
    busy: isPending,
    errorOf: (lineId) => (variables?.lineId === lineId ? error : null),
    mark: (line, on) =>
      mutate(
        { lineId: line.id, on, note: line.note },
        { onSuccess: () => !on && line.note !== null && offerBack(t('detail.noteGone'), line) },
      ),
    write: (line, note) => mutate(written(line, note)),
    keepWritten: (line, note) =>
      mutate(written(line, note), {
        onSuccess: () => offerBack(t('detail.noteKept'), line),
        // what was written would be lost with the field it stood in
        onError: tellOf(note === null ? t('detail.noteNotKept') : t('detail.noteLost', { note })),
      }),
  };
}
