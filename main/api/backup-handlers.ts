import type { Handlers } from './base.ts';

export const backup: Handlers<'backup'> = {
  overview: (_, call) => call.backups.overview(),
  create: (input, call) => call.backups.create(input),
  drill: (input, call) => call.backups.drill(input),
  restore: (input, call) => call.backups.restore(input),
  setPassphrase: (input, call) => call.backups.setPassphrase(input.passphrase),
};
export const health: Handlers<'health'> = {
  read: (_, call) => call.health.read(),
  diagnostics: (_, call) => call.health.diagnostics(),
};
export const updates: Handlers<'updates'> = {
  check: (input, call) => call.updates.check(input.file),
  take: (input, call) => call.updates.take(input.file),
};
