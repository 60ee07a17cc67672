/** How long a wait for what will be so may take, ms: it costs time only where something is wrong, so it is long. */
export const WAIT_MS = 120_000;
/** How long one test may take, ms, on a machine that has much else to do. */
export const TEST_MS = 600_000;
