import { expect, it } from 'vitest';
import { systemClock } from '../../../main/kernel/clock.ts';
import { createSettings } from '../../../main/settings/index.ts';
import { openStore } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';

it('two changes at the same time are both kept', async () => {
  const store = await openStore(tempDir());
  const open = () => createSettings({ store, clock: systemClock, defaults: {} });
  const settings = open();
  await Promise.all([settings.set({ userName: '佐藤 花子' }), settings.set({ theme: 'dark' })]);
  expect(open().get()).toMatchObject({ userName: '佐藤 花子', theme: 'dark' });
  await store.close();
});

it('a change that is refused does not stand in the way of the next', async () => {
  const store = await openStore(tempDir());
  const settings = createSettings({ store, clock: systemClock, defaults: {} });
  const refused = settings.set({ timeZone: 'Nowhere/Never' });
  const kept = settings.set({ lang: 'en' });
  await expect(refused).rejects.toMatchObject({ code: 'input.invalid' });
  expect(await kept).toMatchObject({ lang: 'en', timeZone: 'Asia/Tokyo' });
  await store.close();
});
