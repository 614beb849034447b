import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';

export interface PageProps {
  title: string;
  language: string;
  children: ComponentChildren;
}

/** A whole page that needs no script and asks no other host for anything. */
export function renderPage(page: preact.JSX.Element): string {
  return `<!doctype html>${renderToString(page)}`;
}

export function Page({ title, language, children }: PageProps) {
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <link rel="stylesheet" href="/assets/handrail.css" />
      </head>
      <body>
        <main>{children}</main>
      </body>
    </html>
  );
}
