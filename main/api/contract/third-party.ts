import { z } from 'zod';

/** One thing that others wrote and that ships with the app. */
export const ThirdParty = z.object({
  name: z.string(),
  version: z.string(),
  /** the package it lies in, for what comes within another */
  inside: z.string().nullable(),
  /** SPDX id or expression, where it has one */
  licence: z.string(),
  site: z.string(),
  /** index into the texts */
  text: z.number().int(),
});
export type ThirdParty = z.infer<typeof ThirdParty>;
export const ThirdPartyList = z.object({ parts: z.array(ThirdParty), texts: z.array(z.string()) });
export type ThirdPartyList = z.infer<typeof ThirdPartyList>;
