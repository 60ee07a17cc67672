/** A tar of these files, as GNU and BSD pack it. */
export function tarOf(files: readonly { readonly name: string; readonly text: string }[]): Buffer {
  const blocks = files.flatMap(({ name, text }) => {
    const body = Buffer.from(text);
    const entry = [headerOf(name, body.length, '0'), padded(body)];
    if (name.length <= 100) return entry;
    const long = Buffer.from(`${name}\0`);
    return [headerOf('././@LongLink', long.length, 'L'), padded(long), ...entry];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
const padded = (body: Buffer): Buffer =>
  Buffer.concat([body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
function headerOf(name: string, size: number, type: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name.slice(0, 100), 0);
  header.write('0000644\0', 100);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write(`${Math.floor(Date.UTC(2026, 10, 21) / 1000).toString(8)}\0`, 136);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  header.write('        ', 148);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
