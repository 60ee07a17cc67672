// Electron's MessagePortMain shape over a worker_threads MessagePort: EventEmitter, ({data, ports}) events,
// and nothing delivered before start(). Used by the transport tests and the stand-in.
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

export class MessagePortMain extends EventEmitter {
  private started = false;
  private queue: unknown[] = [];
  readonly raw: MessagePort;
  constructor(raw: MessagePort) {
    super();
    this.raw = raw;
    raw.on('message', (data) =>
      this.started ? this.emit('message', { data, ports: [] }) : this.queue.push(data),
    );
    raw.on('close', () => this.emit('close'));
  }
  postMessage(message: unknown, transfer: MessagePortMain[] = []): void {
    this.raw.postMessage(
      message,
      transfer.map((p) => p.raw),
    );
  }
  start(): void {
    this.started = true;
    for (const data of this.queue.splice(0)) this.emit('message', { data, ports: [] });
  }
  close(): void {
    this.raw.close();
  }
}
export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}
