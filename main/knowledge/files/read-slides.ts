import { type FileText, type Progress, TextWriter } from './file-text.ts';
import type { Package } from './open-package.ts';
import { parseXml } from './parse-xml.ts';

/** the second form of what has two, and readings over characters */
const SKIPPED = new Set(['Fallback', 'rt']);
/** what a master puts on every slide */
const RUNNING = new Set(['sldNum', 'dt', 'ftr', 'hdr', 'sldImg']);

type Shape = { readonly placeholder: string | null; readonly paragraphs: string[] };

/** The words of the slides that are shown, each with its number and what its speaker noted. */
export async function readSlides(file: Package, progress: Progress): Promise<FileText> {
  const order = readOrder((await file.text(file.main)) ?? '');
  const relations = await file.relations(file.main);
  const writer = new TextWriter();
  for (const [i, relation] of order.entries()) {
    progress(i, order.length);
    const part = relations.find(({ id }) => id === relation)?.part;
    const xml = part === undefined ? null : await file.text(part);
    if (part === undefined || xml === null) continue;
    const { shapes, isShown } = readShapes(xml);
    if (!isShown) continue;
    writer.at({ kind: 'slide', first: i + 1, last: i + 1 });
    const isTitle = ({ placeholder }: Shape): boolean =>
      placeholder === 'title' || placeholder === 'ctrTitle';
    const title = shapes
      .filter(isTitle)
      .flatMap((shape) => shape.paragraphs)
      .join(' ');
    if (title !== '') writer.paragraph(`# ${title}`);
    for (const shape of shapes) if (!isTitle(shape)) writer.paragraph(shape.paragraphs.join('\n'));
    const notes = (await file.relations(part)).find(({ type }) => type === 'notesSlide')?.part;
    const noted = notes === undefined ? null : await file.text(notes);
    if (noted !== null)
      for (const { placeholder, paragraphs } of readShapes(noted).shapes)
        if (placeholder === 'body') writer.paragraph(paragraphs.join('\n'));
  }
  progress(order.length, order.length);
  return writer.done(await file.author());
}

function readOrder(xml: string): string[] {
  const order: string[] = [];
  parseXml(xml, {
    open(element) {
      // `id` is a number of its own; the relation's is the prefixed one
      if (element.name === 'sldId') order.push(element.attribute('r:id') ?? '');
    },
  });
  return order;
}

function readShapes(xml: string): { shapes: Shape[]; isShown: boolean } {
  const shapes: Shape[] = [];
  let shape: { placeholder: string | null; paragraphs: string[] } | null = null;
  let row: string[] | null = null;
  let cell: string[] | null = null;
  let paragraph: string | null = null;
  let inText = false;
  let isShown = true;
  parseXml(
    xml,
    {
      open(element) {
        switch (element.name) {
          case 'sld':
            isShown = !/^(?:0|false)$/.test(element.attribute('show') ?? '');
            return;
          case 'sp':
          case 'graphicFrame':
          case 'cxnSp':
            shape = { placeholder: null, paragraphs: [] };
            return;
          case 'ph':
            if (shape) shape.placeholder = element.attribute('type') ?? 'body';
            return;
          case 'tr':
            row = [];
            return;
          case 'tc':
            cell = [];
            return;
          case 'p':
            paragraph = '';
            return;
          case 't':
            inText = true;
            return;
          case 'br':
            if (paragraph !== null) paragraph += '\n';
            return;
        }
      },
      text(text) {
        if (inText && paragraph !== null) paragraph += text;
      },
      close(name) {
        if (name === 't') inText = false;
        else if (name === 'p') {
          const told = (paragraph ?? '').trim();
          if (told !== '') (cell ?? shape?.paragraphs)?.push(told);
          paragraph = null;
        } else if (name === 'tc') {
          if (cell && cell.length > 0) row?.push(cell.join(' '));
          cell = null;
        } else if (name === 'tr') {
          if (row && row.length > 0) shape?.paragraphs.push(row.join('、'));
          row = null;
        } else if (name === 'sp' || name === 'graphicFrame' || name === 'cxnSp') {
          if (shape && shape.paragraphs.length > 0 && !RUNNING.has(shape.placeholder ?? ''))
            shapes.push(shape);
          shape = null;
        }
      },
    },
    SKIPPED,
  );
  return { shapes, isShown };
}
