export { type DayKind, dayKinds, holidayOn } from './calendar.ts';
export { forecastSeries } from './forecast-series.ts';
export { fillHoles, readSeries } from './read-series.ts';
