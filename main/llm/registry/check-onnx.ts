import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import { FileWindow } from '../gguf/file-window.ts';
import { fileError } from './file-errors.ts';

/** What an ONNX file asks of whoever loads it. */
export type OnnxFacts = {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** names, inside its folder, of the files that hold its weights, if they are not in it */
  readonly external: readonly string[];
  /** elements of its weights */
  readonly parameters: number;
};

const MAX_FIELDS = 2_000_000;
const MAX_NAME = 4096;
const LENGTH = 2;
// field numbers of onnx.proto
const MODEL = { irVersion: 1, graph: 7, opset: 8 } as const;
const GRAPH = { initializer: 5, input: 11, output: 12 } as const;
const TENSOR = { dims: 1, externalData: 13, dataLocation: 14 } as const;

type Field = { readonly number: number; readonly wire: number; readonly value: number; readonly end: number };

/**
 * Walks over the fields of an ONNX file (protobuf) without loading it: that the lengths add up to the file, that there is a graph,
 * what goes in and out, and that weights kept outside lie beside it.
 * @throws AppError `models.bad-onnx`
 */
export async function checkOnnx(file: string): Promise<OnnxFacts> {
  const name = path.basename(file);
  const bad = (detail: string): AppError => new AppError('models.bad-onnx', { file: name, detail });
  try {
    await using handle = await open(file, 'r');
    const { size } = await handle.stat();
    return await new Walk(handle, size, bad).model();
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'models.bad-cut-header') throw bad('it ends too early');
    throw fileError(thrown, file);
  }
}

class Walk {
  private readonly w: FileWindow;
  private readonly bad: (detail: string) => AppError;
  private fields = 0;
  private readonly inputs: string[] = [];
  private readonly outputs: string[] = [];
  private readonly external = new Set<string>();
  private parameters = 0;
  constructor(handle: FileHandle, size: number, bad: (detail: string) => AppError) {
    this.w = new FileWindow(handle, size, Number.MAX_SAFE_INTEGER);
    this.bad = bad;
  }

  async model(): Promise<OnnxFacts> {
    const { w } = this;
    if (w.size === 0) throw new AppError('models.bad-empty');
    await w.need(Math.min(24, w.size));
    if (w.bytesAsText(Math.min(24, w.size)).startsWith('version https://git-lfs'))
      throw new AppError('models.bad-lfs-pointer');
    w.at = 0;
    const seen = new Set<number>();
    await this.each(w.size, async (field) => {
      seen.add(field.number);
      if (field.number === MODEL.irVersion && (field.wire !== 0 || field.value < 3 || field.value > 100))
        throw this.bad('ir_version');
      if (field.number === MODEL.graph) {
        if (field.wire !== LENGTH) throw this.bad('graph');
        await this.graph(field.end);
      }
    });
    if (!seen.has(MODEL.irVersion)) throw this.bad('no ir_version');
    if (!seen.has(MODEL.graph)) throw this.bad('no graph');
    if (!seen.has(MODEL.opset)) throw this.bad('no opset');
    return {
      inputs: this.inputs,
      outputs: this.outputs,
      external: [...this.external],
      parameters: this.parameters,
    };
  }
  private graph(end: number): Promise<void> {
    return this.each(end, async (field) => {
      if (field.wire !== LENGTH) return;
      if (field.number === GRAPH.initializer) await this.tensor(field.end);
      else if (field.number === GRAPH.input) this.inputs.push(await this.valueName(field.end));
      else if (field.number === GRAPH.output) this.outputs.push(await this.valueName(field.end));
    });
  }
  /** ValueInfoProto: its name is field 1 */
  private async valueName(end: number): Promise<string> {
    let name = '';
    await this.each(end, async (field) => {
      if (field.number === 1 && field.wire === LENGTH) name = await this.text(field);
    });
    return name;
  }
  private async tensor(end: number): Promise<void> {
    let elements = 1;
    let isOutside = false;
    let location: string | null = null;
    await this.each(end, async (field) => {
      if (field.number === TENSOR.dims && field.wire === 0) elements *= field.value;
      if (field.number === TENSOR.dims && field.wire === LENGTH)
        while (this.w.at < field.end) elements *= await this.varint();
      if (field.number === TENSOR.dataLocation && field.value === 1) isOutside = true;
      if (field.number === TENSOR.externalData && field.wire === LENGTH)
        location = (await this.entry(field.end)) ?? location;
    });
    this.parameters += Number.isSafeInteger(elements) ? elements : 0;
    if (!isOutside) return;
    if (location === null) throw this.bad('weights outside, place not said');
    this.external.add(location);
  }
  /** StringStringEntryProto {key, value}: the value of `location` */
  private async entry(end: number): Promise<string | null> {
    let key = '';
    let value = '';
    await this.each(end, async (field) => {
      if (field.wire !== LENGTH) return;
      if (field.number === 1) key = await this.text(field);
      if (field.number === 2) value = await this.text(field);
    });
    return key === 'location' ? value : null;
  }
  private async text(field: Field): Promise<string> {
    const bytes = field.end - this.w.at;
    if (bytes > MAX_NAME) throw this.bad(`text of ${bytes} bytes`);
    await this.w.need(bytes);
    return this.w.utf8(bytes);
  }
  /** Every field up to `end`, which it must reach exactly. */
  private async each(end: number, visit: (field: Field) => Promise<void>): Promise<void> {
    const { w } = this;
    while (w.at < end) {
      if (++this.fields > MAX_FIELDS) throw this.bad('too many fields');
      const tag = await this.varint();
      const wire = tag % 8;
      const number = Math.floor(tag / 8);
      if (number < 1 || number > 536_870_911) throw this.bad(`field ${number}`);
      let value = 0;
      let next = w.at;
      if (wire === 0) {
        value = await this.varint();
        next = w.at;
      } else if (wire === 1) next = w.at + 8;
      else if (wire === 5) next = w.at + 4;
      else if (wire === LENGTH) {
        const length = await this.varint();
        next = w.at + length;
      } else throw this.bad(`wire type ${wire}`);
      if (next > end) throw this.bad('a part is longer than the whole');
      await visit({ number, wire, value, end: next });
      w.skip(next - w.at);
    }
    if (w.at !== end) throw this.bad('parts do not add up');
  }
  private async varint(): Promise<number> {
    const { w } = this;
    let value = 0;
    for (let shift = 0; shift < 10; shift++) {
      if (!w.has(1)) await w.need(1);
      const byte = w.u8();
      // ten bytes are a negative number: larger than anything that is followed
      value += (byte & 0x7f) * 2 ** (7 * shift);
      if (byte < 0x80) return value;
    }
    throw this.bad('number of more than ten bytes');
  }
}
