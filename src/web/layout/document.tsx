import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { exitScriptAddress, iconAddress, styleAddress } from '../assets/assets.js';

export interface DocumentProps {
  title: string;
  language: string;
  class: string;
  /** With the script by which a page is left fast. */
  exit?: boolean;
  /** The browser asks again after so many seconds. */
  refreshSeconds?: number;
  children: ComponentChildren;
}

/** A whole page that needs no script and asks no other host for anything. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}

export const htmlType = 'text/html; charset=utf-8';

export function Document(props: DocumentProps) {
  return (
    <html lang={props.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        {props.refreshSeconds && <meta http-equiv="refresh" content={`${props.refreshSeconds}`} />}
        <title>{props.title}</title>
        <link rel="icon" href={iconAddress} />
        <link rel="stylesheet" href={styleAddress} />
        {props.exit && <script src={exitScriptAddress} defer />}
      </head>
      <body class={props.class}>{props.children}</body>
    </html>
  );
}
