import path from 'node:path';
import { outboundAttempts } from '../kernel/outbound.ts';
import { api } from './base.ts';
import type { Reach } from './contract/reach.ts';
import type { Context } from './services.ts';

async function foldersOf({ services }: Context): Promise<Reach['folders']> {
  const { dataDir, settings, logs, knowledge, models, access } = services;
  const { models: known } = await models.overview();
  const reads = (what: Reach['folders'][number]['what'], paths: readonly (string | null | undefined)[]) =>
    [...new Set(paths.filter((one) => one))].map((one) => ({ what, path: String(one), writes: false }));
  const backup = settings.get().backup.folder;
  return [
    { what: 'data', path: dataDir, writes: true },
    ...(backup ? [{ what: 'backup' as const, path: backup, writes: true }] : []),
    ...reads(
      'logs',
      logs.sources().map((source) => source.path),
    ),
    ...reads(
      'knowledge',
      knowledge.folders().map((folder) => folder.path),
    ),
    ...reads(
      'models',
      known.map((model) => (model.storage === 'link' ? model.path : null)),
    ),
    ...reads('policy', [access.view().file]),
    ...reads('app', [path.dirname(import.meta.dirname)]),
  ];
}

export const reach = {
  read: api.reach.read.handler(async ({ context }) => {
    const { services, host } = context;
    const { connection } = services.sync.view();
    const { settings, process: models } = await services.models.overview();
    const tried = outboundAttempts();
    const sum = (isRefused: boolean): number =>
      tried.reduce((n, one) => n + ((one.purpose === null) === isRefused ? one.count : 0), 0);
    return {
      since: services.startedAt,
      sockets: [
        { what: 'company', address: connection && `${connection.host}:${connection.port}` },
        { what: 'server', address: settings.server.enabled ? settings.server.url : null },
        { what: 'page', address: host === 'browser' ? '127.0.0.1' : null },
      ],
      processes: [
        { what: 'engine', pid: process.pid },
        { what: 'models', pid: models.pid },
        ...(host === 'electron' ? [{ what: 'window' as const, pid: process.ppid }] : []),
      ],
      folders: await foldersOf(context),
      tried,
      outbound: sum(false),
      refused: sum(true),
    };
  }),
};
