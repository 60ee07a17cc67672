import './style.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import '@fontsource-variable/noto-sans-jp/index.css';
import './csp-nonce.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect } from './engine-client.ts';
import { reportFailures } from './failures.ts';
import { takeToken, watchForToken } from './loopback-client.ts';
import { onOpenRequest } from './shell-bridge.ts';
import { refuseStrayDrops } from './stray-drops.ts';
import { installImeGuard } from './ui/ime.tsx';
import { startLang } from './words.ts';

export function start(): void {
  startLang();
  installImeGuard(window);
  refuseStrayDrops(window);
  takeToken();
  watchForToken();
  reportFailures();
  connect();
  onOpenRequest((route) => {
    window.location.hash = route;
  });
  const host = document.getElementById('root');
  if (host) createRoot(host).render(<App />);
}
