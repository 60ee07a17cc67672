/** One method fitted to a series: forecasts of the `horizon` values that follow each of the origins (ascending indexes). */
export type Fitted = (origins: readonly number[], horizon: number) => Float64Array[];
/** `seasons`: lengths in values, ascending; each at most half of the series. */
export type Method = (y: Float64Array, seasons: readonly number[]) => Fitted;

export type SeriesForecast = {
  readonly forecast: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** share of each method in the forecast, largest first; sums to 1 */
  readonly weights: readonly { readonly method: string; readonly weight: number }[];
};
