import path from 'node:path';

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** A name for files and folders that every system and every native loader takes: lower-case ASCII. */
export function slugOf(text: string): string {
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60)
    .replace(/[-.]+$/g, '');
  return slug === '' || RESERVED.test(slug) ? 'model' : slug;
}

/** What people call it: the known model's name, else what the file says with its quantisation, else the file's own name. */
export function nameModel(o: {
  readonly known: string | null;
  readonly title: string | null;
  readonly quantisation: string | null;
  readonly file: string;
}): string {
  if (o.known !== null) return o.known;
  const base = path.basename(o.file).replace(/\.(gguf|onnx)$/i, '');
  const name = o.title ?? base;
  const has = o.quantisation !== null && name.toLowerCase().includes(o.quantisation.toLowerCase());
  return (o.quantisation === null || has ? name : `${name} (${o.quantisation})`).slice(0, 200);
}

/** `wanted`, or with the first number that makes it free. */
export function freeId(wanted: string, isTaken: (id: string) => boolean): string {
  if (!isTaken(wanted)) return wanted;
  for (let n = 2; ; n++) if (!isTaken(`${wanted}-${n}`)) return `${wanted}-${n}`;
}
