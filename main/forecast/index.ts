export { dayKinds } from './calendar.ts';
export { bestForecast } from './compare-day.ts';
export { forecastSeries } from './forecast-series.ts';
export { createForecasts, type Forecasts } from './forecasts.ts';
export { fillHoles, readSeries } from './read-series.ts';
