const hoursInDay = 24;

/** A block of a day is as wide as it is long; styles within a page are not allowed. */
const widths = Array.from(
  { length: hoursInDay },
  (_, at) => `.blocks > .wide-${at + 1} { flex-grow: ${at + 1}; }`,
).join('\n');

/** Pages about on call: days as rows, a week as a strip. */
export const onCallStyle = `
.place { display: grid; gap: .35rem; }
.tabs, .programs, .choices { display: flex; flex-wrap: wrap; gap: .5rem; }
.tabs { border-bottom: 1px solid var(--line); gap: 0 1.5rem; margin-top: .4rem; }
.tabs a { min-height: 3rem; display: inline-flex; align-items: center; text-decoration: none;
  font-weight: 600; border-bottom: .25rem solid transparent; }
.tabs a[aria-current] { color: var(--ink); border-color: var(--accent); }
.programs a, .choices a { min-height: 2.75rem; padding: .2rem .9rem; border-radius: 2rem;
  border: 1px solid var(--line); display: inline-flex; align-items: center;
  text-decoration: none; }
.choices a[aria-current] { background: var(--accent); border-color: var(--accent);
  color: var(--accent-ink); font-weight: 600; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.steps { list-style: none; display: grid; gap: 0; }
.steps > li { display: grid; gap: .1rem 1rem; grid-template-columns: 5.5rem minmax(0, 1fr);
  padding: .75rem 0; border-bottom: 1px solid var(--line); align-items: baseline; }
.steps > li:last-child { border-bottom: 0; padding-bottom: 0; }
.steps ul { list-style: none; display: grid; gap: .5rem; grid-column: 2; }
.steps p { grid-column: 2; }
.steps small, .blocks small { display: block; color: var(--soft); font-size: .95rem; }
.steps > li.missing { color: var(--danger); }
.steps > li.missing small { color: inherit; }
.days { list-style: none; display: grid; gap: .5rem; }
.days > li { display: grid; gap: .35rem .9rem; grid-template-columns: 10rem minmax(0, 1fr); }
.days .day { padding-top: .45rem; font-weight: 600; }
.days > li > div { display: grid; gap: .35rem; min-width: 0; }
.blocks { list-style: none; display: flex; flex-wrap: wrap; gap: .35rem; }
.blocks > li { flex: 1 1 10rem; min-width: 0; background: var(--accent-soft);
  border-radius: .5rem; padding: .4rem .7rem; display: flex; flex-wrap: wrap; gap: 0 .6rem;
  justify-content: space-between; align-items: baseline; border-left: .3rem solid var(--accent); }
.blocks .who { font-weight: 600; }
.blocks .hours { color: var(--soft); font-variant-numeric: tabular-nums; }
.blocks > .gap { background: repeating-linear-gradient(-45deg, var(--danger-soft) 0 .6rem,
  var(--sheet) .6rem 1.2rem); border: 2px dashed var(--danger); }
.blocks > .gap .who, .blocks > .gap .hours { color: var(--danger); background: var(--sheet);
  padding: 0 .3rem; border-radius: .3rem; }
${widths}
@media (max-width: 44rem) {
  .days > li, .steps > li { grid-template-columns: minmax(0, 1fr); }
  .steps ul, .steps p { grid-column: 1; }
  .days .day { padding-top: 0; }
  .days { gap: .9rem; }
  .blocks { display: grid; }
}
.blocks > .own { border-left-width: .8rem; }
.blocks .gap a { display: block; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; }
.shifts { list-style: none; }
.shifts > li { display: flex; flex-wrap: wrap; gap: .3rem 1rem; align-items: center;
  justify-content: space-between; padding: .4rem 0; border-bottom: 1px solid var(--line); }
.shifts > li > span { flex: 1 1 14rem; }
.looked { border: 2px solid var(--accent); border-radius: .8rem; padding: 1rem; }
.card, .stack, .field { grid-template-columns: minmax(0, 1fr); }
.fields { display: grid; gap: .9rem; align-items: end;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; }
.legend li { display: inline-flex; gap: .45rem; align-items: center; }
.legend span { width: 1.3rem; height: 1.3rem; border-radius: .25rem; display: inline-block; }
.heat { table-layout: fixed; min-width: 64rem; font-size: .8rem; border-collapse: separate;
  border-spacing: 1px; }
.heat th, .heat td { padding: .35rem 0; border: 0; text-align: center; }
.heat th { font-size: .8rem; }
.heat thead th:first-child, .heat tbody th { width: 6.2rem; text-align: left; white-space: nowrap; }
.heat tbody th { position: sticky; left: 0; background: var(--sheet); color: var(--ink); }
.level-0 { background: var(--good-soft); color: var(--good); }
.level-1 { background: color-mix(in srgb, var(--good-soft), var(--warn-soft)); color: var(--ink); }
.level-2 { background: var(--warn-soft); color: var(--warn); }
.level-3 { background: var(--danger-soft); color: var(--danger); }
.level-4 { background: color-mix(in srgb, var(--danger-soft) 75%, var(--danger));
  color: var(--ink); }
.level-5 { background: var(--warn); color: var(--sheet); font-weight: 700; }
.level-6 { background: var(--danger); color: var(--danger-ink); font-weight: 700; }
.level-none { background: var(--paper); }
.legend span { border: 1px solid var(--line); }
.fields > button { justify-self: start; }
.cards td:empty { display: none; }
.below { display: block; }
`;
