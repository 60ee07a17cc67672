import { IconFileImport } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filesOf } from './dropped-files.ts';
import classes from './logs.module.css';

type Props = {
  readonly className: string;
  /** as high as the window, for what scrolls in itself */
  readonly fill: boolean;
  readonly onFiles: (files: File[]) => void;
  readonly children: ReactNode;
};
const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** Files and folders may be dropped anywhere on the screen; the import button is the keyboard's way. */
export function DropZone({ className, fill, onFiles, children }: Props) {
  const { t } = useTranslation('logs');
  const [depth, setDepth] = useState(0);
  const onDrop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setDepth(0);
    void filesOf(event.dataTransfer).then((files) => files.length > 0 && onFiles(files));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has the import button as its keyboard way
    <div
      className={className}
      data-fill={fill || undefined}
      onDragEnter={(event) => hasFiles(event) && setDepth(depth + 1)}
      onDragLeave={(event) => hasFiles(event) && setDepth(Math.max(0, depth - 1))}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDrop={onDrop}
    >
      {children}
      {depth > 0 && (
        <div className={classes['over']}>
          <IconFileImport size={40} stroke={1.5} aria-hidden />
          {t('dropHere')}
        </div>
      )}
    </div>
  );
}
