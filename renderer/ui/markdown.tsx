import { Anchor, Typography } from '@mantine/core';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';

const components: Components = {
  // only what stays inside the app is a link
  a: ({ href, children }) =>
    href?.startsWith('#/') ? (
      <Anchor href={href} fz="inherit">
        {children}
      </Anchor>
    ) : (
      children
    ),
};

/** Markdown as elements: no string becomes markup, no picture is loaded, no link leaves the app. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <Typography>
      <ReactMarkdown remarkPlugins={[remarkGfm]} disallowedElements={['img']} components={components}>
        {text}
      </ReactMarkdown>
    </Typography>
  );
}
