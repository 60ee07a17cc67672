// The host writes a fresh nonce into index.html with every load and allows only that in its style-src.
import { setNonce } from 'get-nonce';

const found = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
/** '' where no host replaced the placeholder (the development server, which sends no policy) */
export const styleNonce = found.startsWith('__') ? '' : found;
if (styleNonce) setNonce(styleNonce);
