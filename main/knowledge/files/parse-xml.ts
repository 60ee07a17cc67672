import { SaxesParser } from 'saxes';

/** An element, its names without their prefixes: producers choose those as they like. */
export type Element = { readonly name: string; attribute(name: string): string | null };
export type XmlReader = {
  open?(element: Element): void;
  /** of an element that `open` told of */
  close?(name: string): void;
  text?(text: string): void;
};

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads well-formed XML front to back. A document type is refused, so that no entity can be declared or fetched; elements named in
 * `skip` are passed over with all that is in them.
 * @throws Error where the XML is not well formed
 */
export function parseXml(xml: string, reader: XmlReader, skip: ReadonlySet<string> = new Set()): void {
  const parser = new SaxesParser();
  let skipping = 0;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('a document type');
  });
  parser.on('opentag', ({ name, attributes }) => {
    const local = localName(name);
    if (skipping > 0 || skip.has(local)) {
      skipping++;
      return;
    }
    reader.open?.({
      name: local,
      attribute: (wanted) =>
        attributes[wanted] ??
        Object.entries(attributes).find(([key]) => localName(key) === wanted)?.[1] ??
        null,
    });
  });
  parser.on('closetag', ({ name }) => {
    if (skipping > 0) skipping--;
    else reader.close?.(localName(name));
  });
  const text = (given: string): void => {
    if (skipping === 0) reader.text?.(given);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.write(xml).close();
}
