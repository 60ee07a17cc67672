import { api } from './base.ts';

export const backup = {
  overview: api.backup.overview.handler(({ context }) => context.services.backups.overview()),
  create: api.backup.create.handler(({ input, context }) => context.services.backups.create(input)),
  drill: api.backup.drill.handler(({ input, context }) => context.services.backups.drill(input)),
  restore: api.backup.restore.handler(({ input, context }) => context.services.backups.restore(input)),
  setPassphrase: api.backup.setPassphrase.handler(async ({ input, context }) => {
    await context.services.backups.setPassphrase(input.passphrase);
    return { ok: true as const };
  }),
};
export const health = {
  read: api.health.read.handler(({ context }) => context.services.health.read()),
  diagnostics: api.health.diagnostics.handler(({ context }) => context.services.health.diagnostics()),
};
export const updates = {
  check: api.updates.check.handler(({ input, context }) => context.services.updates.check(input.file)),
  take: api.updates.take.handler(({ input, context }) => context.services.updates.take(input.file)),
};
