import { AppError } from '../kernel/errors.ts';
import { api } from './base.ts';
import { CELL_SEPARATOR } from './contract/common.ts';

export const forecast = {
  day: api.forecast.day.handler(({ input, context }) => {
    const [location, businessId, process, more] = input.cellId.split(CELL_SEPARATOR);
    if (!location || !businessId || !process || more !== undefined)
      throw new AppError('not-found', { what: input.cellId.split(CELL_SEPARATOR).join(' ') });
    return context.services.forecasts.day({ location, businessId, process, date: input.date });
  }),
};
