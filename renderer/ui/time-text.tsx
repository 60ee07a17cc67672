import { useFormat } from '../use-format.ts';

type Props = {
  /** epoch ms; null or 0 (never) shows a dash */
  readonly at: number | null;
  readonly kind?: 'time' | 'date' | 'dateTime';
};
/** An instant in the site's zone; the full date and time on hover. */
export function TimeText({ at, kind = 'dateTime' }: Props) {
  const format = useFormat();
  if (!at) return <span aria-hidden>—</span>;
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={`${format.date(at)} ${format.time(at)} (${format.zone})`}
    >
      {format[kind](at)}
    </time>
  );
}
