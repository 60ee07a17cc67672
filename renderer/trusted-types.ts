// The page's one Trusted Types policy. Imported before anything else.
// Mantine fills <style> elements through innerHTML and ECharts clears its box with ''; both are plain CSS or nothing.
const plain = (text: string): string => {
  if (/[<&]/.test(text)) throw new TypeError('markup from strings is not allowed in this app');
  return text;
};
type Factory = { createPolicy(name: string, rules: { createHTML: (text: string) => string }): unknown };
(globalThis as { trustedTypes?: Factory }).trustedTypes?.createPolicy('default', { createHTML: plain });

export {};
