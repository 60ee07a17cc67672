// The policy of the page forbids code made from strings; zod would otherwise try it once, and the try is reported.
(globalThis as { __zod_globalConfig?: { jitless: boolean } }).__zod_globalConfig = { jitless: true };

export {};
