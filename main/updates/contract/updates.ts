import { z } from 'zod';
import { GivenPath } from '../../api/contract/common.ts';
import { base } from '../../api/contract/procedure.ts';

const Update = z.object({ version: z.string(), platform: z.string(), name: z.string(), bytes: z.number() });
const file = z.object({ file: GivenPath.pipe(z.string().min(1)) });
export const updates = {
  /** reads a signed update to its end */
  check: base.input(file).output(Update),
  /** a backup, then the installer beside the data */
  take: base.input(file).output(Update.extend({ installer: z.string(), backup: z.string() })),
};
