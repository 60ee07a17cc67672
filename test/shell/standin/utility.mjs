// runs inside the process that stands in for utilityProcess: gives the script process.parentPort, then loads it
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const say = (message) => process.send(message, () => {}); // a shell that has gone hears nothing

class Port extends EventEmitter {
  constructor(id) {
    super();
    this.id = id;
    this.started = false;
    this.queue = [];
  }
  postMessage(data, transfer = []) {
    if (transfer.length) throw new Error('stand-in: ports cannot be transferred over a tunnelled port');
    say({ op: 'port', id: this.id, data });
  }
  deliver(data) {
    this.started ? this.emit('message', { data, ports: [] }) : this.queue.push(data);
  }
  start() {
    this.started = true;
    for (const d of this.queue.splice(0)) this.deliver(d);
  }
  close() {
    say({ op: 'close', id: this.id });
  }
}
// as in the packed app: `electron` has little to offer here, and the executable would start the app again instead of running a script
Object.defineProperty(process.versions, 'electron', { value: '45.4.1' });
process.execPath = './the-app-itself';
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: 'data:text/javascript,export const net = {}', shortCircuit: true }
      : next(specifier, context),
});

const ports = new Map();
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message) => say({ op: 'parent', message }),
  start() {},
  pause() {},
});
process.parentPort = parentPort;
// as Electron's: nothing is delivered before the script listens
let early = [];
parentPort.on('newListener', (name) => {
  if (name !== 'message' || !early) return;
  const queue = early;
  early = null;
  process.nextTick(() => {
    for (const e of queue) parentPort.emit('message', e);
  });
});
process.on('message', (m) => {
  if (m.op === 'parent') {
    const e = { data: m.message, ports: m.ports.map((id) => ports.set(id, new Port(id)).get(id)) };
    early ? early.push(e) : parentPort.emit('message', e);
  } else if (m.op === 'port') ports.get(m.id)?.deliver(m.data);
  else if (m.op === 'close') {
    ports.get(m.id)?.emit('close');
    ports.delete(m.id);
  }
});
process.on('disconnect', () => process.exit(0));
const script = process.argv[2];
process.argv.splice(1, 1);
await import(pathToFileURL(script).href);
