// Run once when a segment version is released: `node test/legacy/make-segment-fixture.ts` writes segment-N.json, a block of the newest version
// and the records in it. Such a file is never made again: it is what that version left on people's disks.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LogRecord } from '../../main/logs/pipeline-types.ts';
import { encodeSegment } from '../../main/logs/segments/encode-segment.ts';
import { drawFrom, linesOf, STYLES } from '../unit/logs/styles.ts';

const START = Date.UTC(2026, 10, 21, 3, 0, 0);
const draw = drawFrom(9);
const uuid = (): string => [8, 4, 4, 4, 12].map((n) => draw.hex(n)).join('-');
const lines = Object.values(STYLES).flatMap((cases) => linesOf(cases, 7).map((l) => l.line).filter((_, i) => i % 16 === 0));
const texts = lines.flatMap((line, i) => [
  line,
  ...(i % 3 ? [] : [`block blk_${draw.int(1, 2) === 1 ? '-' : ''}${draw.int(1e8, 9e8)}${draw.int(1e8, 9e8)} of task ${uuid()} went to /${draw.ip()}:${draw.int(1024, 65000)}`]),
  ...(i % 5 ? [] : [`受付${draw.int(1, 9)} の応答が ${draw.int(100, 9000)} ミリ秒ありません (${draw.hex(8)})`]),
]);
const records = texts.map((line, i): LogRecord => {
  const at = START + i * 1737;
  const iso = new Date(at + 9 * 3_600_000).toISOString();
  const micro = String(draw.int(0, 999)).padStart(3, '0');
  const stamp = i % 4 === 0 ? `${Math.floor(at / 1000)} ${iso.slice(0, 10)}-${iso.slice(11, 19).replaceAll(':', '.')}.${iso.slice(20, 23)}${micro}` : iso.replace('T', ' ').slice(0, 23);
  return {
    id: 1000 + 2 * i,
    at,
    atGuessed: i % 50 === 49,
    level: i % 7 ? 'info' : 'error',
    service: i % 9 ? `svc-${i % 3}` : null,
    host: i % 6 ? 'h7.example' : null,
    template: 1 + (i % 23),
    text: i % 8 ? `${stamp} [worker-${i % 4}] ${line}` : line,
    ending: i % 60 === 59 ? 'crlf' : 'lf',
    lines: i % 40 === 39 ? 2 : 1,
    attributes: i % 30 === 29 ? '{"a":1}' : i % 4 ? '' : JSON.stringify({ who: `${draw.hex(3)}さん 担当`, trace: draw.hex(16), at: iso }),
    raw: i % 70 === 69 ? Uint8Array.of(0x82, 0xa0, 0xff) : null,
  };
});
const { bytes, checksum } = encodeSegment({ sourceId: 's', partition: '2026-11-21', encoding: 'utf-8', records });
const file = path.join(import.meta.dirname, `segment-${bytes[4]}.json`);
if (existsSync(file)) throw new Error(`${file} is there already`);
const kept = records.map(({ raw, ...record }) => ({ ...record, raw: raw && Buffer.from(raw).toString('hex') }));
writeFileSync(file, `${JSON.stringify({ checksum, bytes: Buffer.from(bytes).toString('base64'), records: kept })}\n`);
