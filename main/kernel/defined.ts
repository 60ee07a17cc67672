/** Only what was given, so that defaults stay when spread over them. */
export const defined = <T extends object>(
  given: T | undefined,
): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
