// Backs up a data folder, or restores a backup, until it is killed: `backup DATA` or `restore FILE DIR`.
import { restoreBackup } from '../../../main/backup/index.ts';
import { startEngine } from '../../../main/engine.ts';

const [, , what, first = '', second = ''] = process.argv;
if (what === 'backup') {
  const { services } = await startEngine({ dataDir: first, schedule: false });
  for (let i = 0; ; i++) {
    console.log('working');
    await services.approvals.judge(
      () => ({ actor: '佐藤', action: 'rules.changed', subject: String(i), body: {} }),
      () => services.settings.set({}),
    );
    await services.backups.create();
  }
}
console.log('working');
await restoreBackup({ file: first, dir: second, passphrase: null });
