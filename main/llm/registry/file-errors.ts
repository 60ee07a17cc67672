import path from 'node:path';
import { AppError, Cancelled } from '../../kernel/errors.ts';

/** What the operating system says about a file, as what happened to the person: a stick pulled out, a full disk, no right to read. */
export function fileError(thrown: unknown, file: string): AppError | Cancelled {
  if (thrown instanceof AppError || thrown instanceof Cancelled) return thrown;
  const code = (thrown as { code?: unknown } | null)?.code;
  const params = { file: path.basename(file), detail: typeof code === 'string' ? code : String(thrown) };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENODEV':
    case 'ENXIO':
    case 'ESTALE':
      return new AppError('models.source-gone', { file: params.file }, { cause: thrown });
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new AppError('models.disk-full', {}, { cause: thrown });
    case 'EIO':
      return new AppError('models.read-error', params, { cause: thrown });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EBUSY':
    case 'EISDIR':
    case 'ELOOP':
    case 'ENAMETOOLONG':
    case 'EMFILE':
      return new AppError('models.unreadable', params, { cause: thrown });
    default:
      return typeof code === 'string'
        ? new AppError('models.unreadable', params, { cause: thrown })
        : new AppError('internal', {}, { cause: thrown });
  }
}
