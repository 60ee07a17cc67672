// Injected at document start. MAIN: the page's own world. ISOLATED: where the real built preload runs, as in Electron.
function standinMain() {
  const calls = new Map();
  let last;
  addEventListener('standin:expose', (e) => {
    const { key, api } = JSON.parse(e.detail);
    const build = (shape, path) => {
      if (shape.t === 'fn')
        return (...args) => {
          if (args.some((a) => typeof a === 'function'))
            throw new Error('stand-in: callbacks do not cross the bridge');
          const id = Math.random();
          last = undefined;
          dispatchEvent(new CustomEvent('standin:call', { detail: JSON.stringify({ id, key, path, args }) }));
          if (last.error) throw new Error(last.error);
          return last.promise ? new Promise((res, rej) => calls.set(id, { res, rej })) : last.value;
        };
      if (shape.t === 'obj')
        return Object.freeze(
          Object.fromEntries(Object.entries(shape.v).map(([k, s]) => [k, build(s, [...path, k])])),
        );
      return shape.v;
    };
    Object.defineProperty(window, key, { value: build(api, []), enumerable: true }); // neither writable nor configurable, as in Electron
  });
  // Electron's Chromium tells a page's port that its other end is closed; plain Chromium does not
  addEventListener('message', ({ ports }) => {
    for (const port of ports) {
      port.addEventListener('message', (m) => {
        if (m.data !== 'standin:closed') return;
        m.stopImmediatePropagation();
        port.dispatchEvent(new Event('close'));
      });
      port.close = () => {
        port.postMessage('standin:closed');
        MessagePort.prototype.close.call(port);
      };
    }
  });
  addEventListener('standin:return', (e) => {
    last = JSON.parse(e.detail);
  });
  addEventListener('standin:settle', (e) => {
    const { id, error, value } = JSON.parse(e.detail);
    error ? calls.get(id)?.rej(new Error(error)) : calls.get(id)?.res(value);
    calls.delete(id);
  });
}
function standinIsolated(preload) {
  const say = (m) => globalThis.__standin(JSON.stringify(m));
  const fire = (type, detail) => dispatchEvent(new CustomEvent(type, { detail: JSON.stringify(detail) }));
  const listeners = new Map(),
    pending = new Map(),
    tunnels = new Map(),
    exposed = new Map();
  const b64 = (u8) => {
    let s = '';
    for (let i = 0; i < u8.length; i += 32768) s += String.fromCharCode(...u8.subarray(i, i + 32768));
    return btoa(s);
  };
  const enc = (d) =>
    typeof d === 'string'
      ? { s: d }
      : d instanceof ArrayBuffer || ArrayBuffer.isView(d)
        ? { b: b64(new Uint8Array(d.buffer ?? d, d.byteOffset ?? 0, d.byteLength)) }
        : { j: d };
  const dec = (d) => ('s' in d ? d.s : 'b' in d ? Uint8Array.from(atob(d.b), (c) => c.charCodeAt(0)) : d.j);
  globalThis.__standinReceive = (m) => {
    if (m.op === 'event') {
      const ports = m.ports.map((id) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = (e) =>
          say(e.data === 'standin:closed' ? { op: 'close', id } : { op: 'port', id, data: enc(e.data) });
        tunnels.set(id, port1);
        return port2;
      });
      for (const f of listeners.get(m.channel) ?? []) f({ ports, sender: ipcRenderer }, ...m.args);
    } else if (m.op === 'reply') {
      const p = pending.get(m.id);
      pending.delete(m.id);
      m.error ? p.rej(new Error(m.error)) : p.res(m.value);
    } else if (m.op === 'port') tunnels.get(m.id)?.postMessage(dec(m.data));
    else if (m.op === 'close') {
      tunnels.get(m.id)?.postMessage('standin:closed');
      tunnels.delete(m.id);
    }
  };
  let n = 0;
  const strict = (name, o) =>
    new Proxy(o, {
      get: (t, k) => {
        if (!(k in t)) throw new Error(`stand-in: no ${name}.${String(k)}`);
        return t[k];
      },
    });
  const ipcRenderer = strict('ipcRenderer', {
    send: (channel, ...args) => say({ op: 'send', channel, args }),
    invoke: (channel, ...args) =>
      new Promise((res, rej) => {
        pending.set(++n, { res, rej });
        say({ op: 'invoke', id: n, channel, args });
      }),
    on: (channel, f) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), f]);
    },
  });
  const shape = (v) =>
    typeof v === 'function'
      ? { t: 'fn' }
      : v && typeof v === 'object'
        ? { t: 'obj', v: Object.fromEntries(Object.entries(v).map(([k, x]) => [k, shape(x)])) }
        : { t: 'val', v };
  const contextBridge = strict('contextBridge', {
    exposeInMainWorld: (key, api) => {
      exposed.set(key, api);
      fire('standin:expose', { key, api: shape(api) });
    },
  });
  // a file that was made by a script lies nowhere, as in Electron
  const webUtils = strict('webUtils', { getPathForFile: () => '' });
  addEventListener('standin:call', (e) => {
    const { id, key, path, args } = JSON.parse(e.detail);
    try {
      const r = path.reduce((o, k) => o[k], exposed.get(key))(...args);
      const promise = r instanceof Promise;
      fire('standin:return', { promise, value: promise ? undefined : r });
      if (promise)
        r.then(
          (value) => fire('standin:settle', { id, value }),
          (x) => fire('standin:settle', { id, error: x.message }),
        );
    } catch (x) {
      fire('standin:return', { error: x.message });
    }
  });
  let title = '';
  new MutationObserver(() => {
    if (document.title !== title) say({ op: 'title', title: (title = document.title) });
  }).observe(document, { subtree: true, childList: true, characterData: true });
  // a sandboxed preload has this require and nothing else of Node's
  const require = (name) => {
    if (name === 'electron') return strict('electron', { contextBridge, ipcRenderer, webUtils });
    throw new Error(`stand-in: module not found in a sandboxed preload: ${name}`);
  };
  preload(
    require,
    strict('process', { platform: 'linux', versions: {}, contextIsolated: true, sandboxed: true }),
  );
}
