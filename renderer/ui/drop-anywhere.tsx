import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import classes from './ui.module.css';

type Props = {
  /** what letting go does */
  readonly label: string;
  /** called within the event: the transfer is empty after it */
  readonly onDrop: (data: DataTransfer) => void;
};

/** Files and folders may be let go anywhere in the window while this is shown. A button is the keyboard's way. */
export function DropAnywhere({ label, onDrop }: Props) {
  const [isOver, setIsOver] = useState(false);
  const dropped = useEffectEvent(onDrop);
  useEffect(() => {
    const filesOf = (event: DragEvent): DataTransfer | null =>
      !event.defaultPrevented && event.dataTransfer?.types.includes('Files') ? event.dataTransfer : null;
    const over = (event: DragEvent): void => {
      const data = filesOf(event);
      if (!data) return;
      event.preventDefault();
      data.dropEffect = 'copy';
      setIsOver(true);
    };
    // into nothing: out of the window, or given up
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent): void => {
      setIsOver(false);
      const data = filesOf(event);
      if (!data) return;
      event.preventDefault();
      dropped(data);
    };
    const listening = new AbortController();
    const options = { signal: listening.signal };
    document.addEventListener('dragenter', over, options);
    document.addEventListener('dragover', over, options);
    document.addEventListener('dragleave', leave, options);
    document.addEventListener('drop', drop, options);
    return () => listening.abort();
  }, []);
  if (!isOver) return null;
  return (
    <div className={classes['dropOver']} role="status">
      <IconFileImport size={40} stroke={1.5} aria-hidden />
      {label}
    </div>
  );
}
