/** Of a day, or of the month in which a block of several days begins. */
const PARTITION = /^\d{4,6}-\d{2}(-\d{2})?$/;

/**
 * Which file a block stands in: that of its day, and of several days (quiet ones, of few lines) that of the month it begins in, so
 * that what is over the time to live goes file by file.
 */
export const partitionOf = (firstDay: string, lastDay: string): string =>
  firstDay === lastDay ? firstDay : firstDay.slice(0, -'-DD'.length);

export const isPartition = (text: string): boolean => PARTITION.test(text);
/** Whether blocks of several days stand in it. */
export const isOfMonth = (partition: string): boolean => partition.split('-').length === 2;
