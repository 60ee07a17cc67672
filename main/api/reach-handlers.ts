import path from 'node:path';
import { outboundAttempts } from '../kernel/outbound.ts';
import type { Call, Handlers } from './base.ts';
import type { Reach } from './contract/reach.ts';

async function foldersOf(call: Call): Promise<Reach['folders']> {
  const { dataDir, settings, logs, knowledge, models, access } = call;
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

export const reach: Handlers<'reach'> = {
  read: async (_, call) => {
    const { host } = call;
    const { connection } = call.sync.view();
    const { settings, process: models } = await call.models.overview();
    const tried = outboundAttempts();
    const sum = (isRefused: boolean): number =>
      tried.reduce((n, one) => n + ((one.purpose === null) === isRefused ? one.count : 0), 0);
    return {
      since: call.startedAt,
      sockets: [
        { what: 'company', address: connection && `${connection.host}:${connection.port}` },
        { what: 'server', address: settings.server.enabled ? settings.server.url : null },
        { what: 'logs', address: call.logs.clickHouse() },
        { what: 'page', address: host === 'browser' ? '127.0.0.1' : null },
      ],
      processes: [
        { what: 'engine', pid: process.pid },
        { what: 'models', pid: models.pid },
        ...(host === 'electron' ? [{ what: 'window' as const, pid: process.ppid }] : []),
      ],
      folders: await foldersOf(call),
      tried,
      outbound: sum(false),
      refused: sum(true),
    };
  },
};
