// Loaded before anything else in a process under test: its clock runs on from another moment (see moved-clock.ts).
const offset = Number(process.env.TEST_CLOCK_OFFSET_MS);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RealDate.now() + offset] : given));
  }
  static now() {
    return RealDate.now() + offset;
  }
};
