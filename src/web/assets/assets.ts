import { createHash } from 'node:crypto';
import { exitScript } from './exit-script.js';
import { baseStyle } from './base-style.js';
import { onCallStyle } from './on-call-style.js';
import { participantStyle } from './participant-style.js';
import { staffStyle } from './staff-style.js';

export interface Asset {
  type: string;
  text: string;
}

const styles = baseStyle + participantStyle + staffStyle + onCallStyle;
const style = asset('handrail', 'css', 'text/css', styles);
/** A handrail beside three steps: says nothing about what the page is for. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="none"
  stroke="#0d5c63" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"
  d="M4 28h8v-6h8v-6h8M4 16 24 4h4"/></svg>`;
const icon = asset('icon', 'svg', 'image/svg+xml', drawing);
const script = asset('exit', 'js', 'text/javascript', exitScript);

/** The name carries a hash of the content, so browsers may keep a file for good. */
function asset(name: string, ending: string, type: string, text: string): [string, Asset] {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return [`${name}-${hash}.${ending}`, { type: `${type}; charset=utf-8`, text }];
}

export const assets: ReadonlyMap<string, Asset> = new Map([style, script, icon]);
export const styleAddress = `/assets/${style[0]}`;
export const iconAddress = `/assets/${icon[0]}`;
export const exitScriptAddress = `/assets/${script[0]}`;
