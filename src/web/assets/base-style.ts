/** Colors, type and controls of every page; nothing is loaded from elsewhere. */
export const baseStyle = `
:root {
  color-scheme: light dark;
  --paper: #f6f4ef; --sheet: #ffffff; --ink: #1d2a2f; --soft: #4a5a61; --line: #d3d9d6;
  --field: #7b8a8d; --accent: #0d5c63; --accent-ink: #ffffff; --accent-soft: #e3f0ef;
  --danger: #8f2d22; --danger-ink: #ffffff; --danger-soft: #fbece7;
  --warn: #7a4a00; --warn-soft: #fdf1dc; --good: #22613a; --good-soft: #e4f2e8; --focus: #14508c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #10181b; --sheet: #19242a; --ink: #e9efee; --soft: #b3c1c4; --line: #33444b;
    --field: #7f9298; --accent: #7fd1cc; --accent-ink: #08292b; --accent-soft: #17353a;
    --danger: #f2a99b; --danger-ink: #3a0d06; --danger-soft: #3a211d;
    --warn: #f0c27a; --warn-soft: #36290f; --good: #9ad9ae; --good-soft: #16331f; --focus: #9cc9ff;
  }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none; }
html { scroll-padding-top: 5rem; text-size-adjust: 100%; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
h1, h2, h3 { line-height: 1.2; margin: 0; font-weight: 650; text-wrap: balance; }
h1 { font-size: 1.65rem; }
h2 { font-size: 1.2rem; }
h3 { font-size: 1.0625rem; }
p { margin: 0; }
ul, ol, dl, dd { margin: 0; padding: 0; }
a { color: var(--accent); text-underline-offset: .18em; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: .35rem; }
.button, button { font: inherit; font-weight: 600; min-height: 3rem; padding: .65rem 1.2rem;
  border-radius: .75rem; border: 2px solid var(--accent); background: var(--accent);
  color: var(--accent-ink); cursor: pointer; text-decoration: none; display: inline-flex;
  align-items: center; justify-content: center; text-align: center; }
.button.quiet, button.quiet { background: transparent; color: var(--accent); }
button.grave { border-color: var(--danger); background: var(--danger); color: var(--danger-ink); }
.button:hover, button:hover { filter: brightness(1.08); }
label, legend { font-weight: 600; padding: 0; }
.field { display: grid; gap: .3rem; grid-template-columns: minmax(0, 1fr); }
input, select, textarea { font: inherit; font-weight: 400; color: inherit; width: 100%;
  background: var(--sheet); min-height: 3rem; padding: .6rem .75rem;
  border: 1px solid var(--field); border-radius: .6rem; }
textarea { min-height: 5.5rem; resize: vertical; }
input[type='checkbox'], input[type='radio'] { width: 1.5rem; height: 1.5rem; min-height: 0;
  flex: none; margin: 0; accent-color: var(--accent); }
.check { display: flex; align-items: center; gap: .75rem; min-height: 3rem; font-weight: 400; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
summary { cursor: pointer; min-height: 3rem; padding: .7rem 0; font-weight: 600;
  color: var(--accent); }
.soft { color: var(--soft); }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--sheet); padding: .5rem 1rem; z-index: 3; }
@media (prefers-reduced-motion: no-preference) {
  .button, button { transition: filter .15s; }
}
`;
