/** When the night's report is made, minutes from local midnight; it is about the day that ended. */
export const REPORT_MINUTE = 120;
/** A night missed this many days ago is still caught up with. */
export const CATCH_UP_DAYS = 7;
/** So many minutes awake a night waits for the company's rows of its day; then it is made of what is here. */
export const PATIENCE_MINUTES = 30;
/** Rows kept of a list; the table says how many there are in all. */
export const KEPT = 1_000;
