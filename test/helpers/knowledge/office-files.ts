// Word, Excel and PowerPoint files with nothing in them but what is asked for, as the programs write them.
import { zipOf } from '../logs/zip.ts';

type Part = { readonly name: string; readonly text: string };
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const relations = (list: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${list
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** A package around its main part; `type` is what its list of contents says of that. */
export const packageOf = (
  main: string,
  type: string,
  parts: readonly Part[],
  author: string | null = null,
): Buffer =>
  zipOf([
    {
      name: '[Content_Types].xml',
      text: `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${main}" ContentType="${type}"/></Types>`,
    },
    {
      name: '_rels/.rels',
      text: relations([
        ['rId1', `${OFFICE}/officeDocument`, main],
        ['rId2', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
      ]),
    },
    ...(author === null
      ? []
      : [
          {
            name: 'docProps/core.xml',
            text: `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>テンプレート</dc:title><dc:creator>${author}</dc:creator></cp:coreProperties>`,
          },
        ]),
    ...parts,
  ]);

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const W =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';
const STYLES = `${XML}<w:styles ${W}><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="own"><w:name w:val="章見出し"/><w:basedOn w:val="2"/></w:style><w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style></w:styles>`;
const NUMBERING = `${XML}<w:numbering ${W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="手順%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%2"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>`;

/** A run of plain words. */
export const run = (text: string, settings = ''): string =>
  `<w:r>${settings && `<w:rPr>${settings}</w:rPr>`}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
/** A paragraph; `style`: 1 and 2 are headings, `own` is based on 2, 11 is a line of the table of contents. */
export const paragraph = (inside: string, style: string | null = null, more = ''): string =>
  `<w:p><w:pPr>${style === null ? '' : `<w:pStyle w:val="${style}"/>`}${more}</w:pPr>${inside.startsWith('<') ? inside : run(inside)}</w:p>`;
/** An item of list 1 (numbered) or 2 (bullets). */
export const item = (text: string, list: 1 | 2, level = 0): string =>
  paragraph(text, null, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`);
/** A Word file of these paragraphs. */
export const docxOf = (
  body: string,
  {
    author = null,
    type = WORD,
    more = [],
  }: { author?: string | null; type?: string; more?: readonly Part[] } = {},
): Buffer =>
  packageOf(
    'word/document.xml',
    type,
    [
      { name: 'word/document.xml', text: `${XML}<w:document ${W}><w:body>${body}</w:body></w:document>` },
      {
        name: 'word/_rels/document.xml.rels',
        text: relations([
          ['rId1', `${OFFICE}/styles`, 'styles.xml'],
          ['rId2', `${OFFICE}/numbering`, '/word/numbering.xml'],
        ]),
      },
      { name: 'word/styles.xml', text: STYLES },
      { name: 'word/numbering.xml', text: NUMBERING },
      ...more,
    ],
    author,
  );

const BOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
const S = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"`;
/** Cell formats: 0 plain, 1 a day, 2 a person's own day and time, 3 hundredths. */
const CELL_STYLES = `${XML}<styleSheet ${S}><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\\ h:mm"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="9"/></cellXfs></styleSheet>`;
/** What a cell holds: words, a number, a number in a format, or XML of its own. */
export type SheetCell =
  | string
  | number
  | readonly [value: number, style: 1 | 2 | 3]
  | { readonly xml: string }
  | null;
export type Sheet = {
  readonly name: string;
  /** row 1 first; null: an empty row */
  readonly rows: readonly (readonly SheetCell[] | null)[];
  readonly merged?: readonly string[];
  readonly hidden?: boolean;
};
/** An Excel file; words with `<` at their beginning are put as the XML of a shared string. */
export function xlsxOf(sheets: readonly Sheet[]): Buffer {
  const shared: string[] = [];
  const cellOf = (cell: SheetCell, at: string): string => {
    if (cell === null) return '';
    if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
    if (typeof cell === 'object' && 'xml' in cell) return cell.xml.replace('<c', `<c r="${at}"`);
    if (typeof cell !== 'string') return `<c r="${at}" s="${cell[1]}"><v>${cell[0]}</v></c>`;
    shared.push(cell.startsWith('<') ? cell : `<t>${escapeXml(cell)}</t>`);
    return `<c r="${at}" t="s"><v>${shared.length - 1}</v></c>`;
  };
  const sheetOf = ({ rows, merged = [] }: Sheet): string =>
    `${XML}<worksheet ${S}><sheetData>${rows
      .map((row, r) =>
        row === null
          ? ''
          : `<row r="${r + 1}">${row.map((cell, c) => cellOf(cell, `${String.fromCharCode(65 + c)}${r + 1}`)).join('')}</row>`,
      )
      .join(
        '',
      )}</sheetData>${merged.length === 0 ? '' : `<mergeCells>${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`}</worksheet>`;
  const parts = sheets.map((sheet, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, text: sheetOf(sheet) }));
  return packageOf('xl/workbook.xml', BOOK, [
    {
      name: 'xl/workbook.xml',
      text: `${XML}<workbook ${S}><sheets>${sheets.map(({ name, hidden }, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: relations([
        ...sheets.map(
          (_, i) => [`rId${i + 1}`, `${OFFICE}/worksheet`, `worksheets/sheet${i + 1}.xml`] as const,
        ),
        ['rIdS', `${OFFICE}/sharedStrings`, 'sharedStrings.xml'],
        ['rIdF', `${OFFICE}/styles`, 'styles.xml'],
      ]),
    },
    ...parts,
    { name: 'xl/styles.xml', text: CELL_STYLES },
    {
      name: 'xl/sharedStrings.xml',
      text: `${XML}<sst ${S}>${shared.map((inside) => `<si>${inside}</si>`).join('')}</sst>`,
    },
  ]);
}

const DECK = 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml';
const P = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${OFFICE}"`;
export type Slide = {
  readonly title?: string;
  readonly lines: readonly string[];
  readonly table?: readonly (readonly string[])[];
  readonly notes?: string;
  readonly hidden?: boolean;
};
const words = (lines: readonly string[]): string =>
  lines.map((line) => `<a:p><a:r><a:t>${escapeXml(line)}</a:t></a:r></a:p>`).join('');
const shape = (placeholder: string, lines: readonly string[]): string =>
  `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${placeholder}"/></p:nvPr></p:nvSpPr><p:txBody>${words(lines)}</p:txBody></p:sp>`;
/** A PowerPoint file; its parts are numbered backwards, so that only its own list tells the order. */
export function pptxOf(slides: readonly Slide[]): Buffer {
  const numberOf = (i: number): number => slides.length - i;
  return packageOf('ppt/presentation.xml', DECK, [
    {
      name: 'ppt/presentation.xml',
      text: `${XML}<p:presentation ${P}><p:sldIdLst>${slides.map((_, i) => `<p:sldId id="${256 + i}" r:id="rId${i + 1}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    },
    {
      name: 'ppt/_rels/presentation.xml.rels',
      text: relations(
        slides.map((_, i) => [`rId${i + 1}`, `${OFFICE}/slide`, `slides/slide${numberOf(i)}.xml`] as const),
      ),
    },
    ...slides.flatMap(({ title, lines, table, notes, hidden }, i) => [
      {
        name: `ppt/slides/slide${numberOf(i)}.xml`,
        text: `${XML}<p:sld ${P}${hidden ? ' show="0"' : ''}><p:cSld><p:spTree>${shape('body', lines)}${title === undefined ? '' : shape('title', [title])}${table === undefined ? '' : `<p:graphicFrame><a:graphic><a:graphicData><a:tbl>${table.map((row) => `<a:tr>${row.map((cell) => `<a:tc><a:txBody>${words([cell])}</a:txBody></a:tc>`).join('')}</a:tr>`).join('')}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`}${shape('sldNum', ['7'])}</p:spTree></p:cSld></p:sld>`,
      },
      ...(notes === undefined
        ? []
        : [
            {
              name: `ppt/slides/_rels/slide${numberOf(i)}.xml.rels`,
              text: relations([['rId1', `${OFFICE}/notesSlide`, `../notesSlides/notesSlide${i}.xml`]]),
            },
            {
              name: `ppt/notesSlides/notesSlide${i}.xml`,
              text: `${XML}<p:notes ${P}><p:cSld><p:spTree>${shape('body', [notes])}${shape('sldNum', ['7'])}</p:spTree></p:cSld></p:notes>`,
            },
          ]),
    ]),
  ]);
}
