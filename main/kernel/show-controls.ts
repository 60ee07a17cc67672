/** Control characters as their pictures (U+2400 …; those from U+0080 as U+FFFD), but for tabs and line feeds: a log line must not steer a terminal. */
export const showControls = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (c) => {
    const code = c.charCodeAt(0);
    if (code >= 0x80) return '\ufffd';
    return code === 0x7f ? '\u2421' : String.fromCharCode(0x2400 + code);
  });

/** Into a file or a pipe as it is; on a terminal nothing in it acts. */
export const writeShown = (out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>, text: string): void =>
  void out.write(out.isTTY ? showControls(text) : text);
