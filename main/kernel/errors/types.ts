export type Lang = 'ja' | 'en';
export type Words = { readonly ja: string; readonly en: string };
/** `exit` follows sysexits.h: 64 usage, 65 data, 66 no input, 69 unavailable, 70 internal, 74 I/O, 75 try again, 76 some tables, 77 rights, 78 config. */
export type ErrorText = { readonly say: Words; readonly next: Words; readonly exit: number };
