/** Pages for somebody in distress: one column, few choices, large targets. */
export const participantStyle = `
.calm { padding-bottom: 3rem; }
.calm .bar { position: sticky; top: 0; z-index: 2; background: var(--paper);
  border-bottom: 1px solid var(--line); }
.calm .bar > div { max-width: 38rem; margin: 0 auto; padding: .5rem 1rem; display: flex;
  justify-content: space-between; align-items: center; gap: .75rem; }
.calm .bar a:first-child { flex: none; }
.calm .bar a { min-height: 3rem; display: inline-flex; align-items: center; }
.calm .bar .exit { background: var(--ink); color: var(--paper); border-radius: .75rem;
  padding: .4rem 1rem; text-decoration: none; font-weight: 600; line-height: 1.25; }
.calm main { max-width: 38rem; margin: 0 auto; padding: 1.25rem 1rem 0; display: grid;
  gap: 1.5rem; }
.calm section { display: grid; gap: .9rem; }
.lines { list-style: none; display: grid; gap: .75rem; }
.lines a { display: grid; grid-template-columns: auto 1fr; column-gap: 1rem; align-items: center;
  min-height: 4.5rem; padding: .8rem 1.1rem; border-radius: 1rem; text-decoration: none;
  background: var(--sheet); border: 2px solid var(--accent); color: var(--ink); }
.lines a:hover { background: var(--accent-soft); }
.lines svg { width: 2rem; height: 2rem; color: var(--accent); }
.lines .say { display: block; font-weight: 600; }
.lines .who { display: block; color: var(--soft); font-size: .95rem; }
.lines .hours { white-space: nowrap; }
.lines.compact a { min-height: 3.5rem; padding: .4rem 1rem; }
.lines.compact .who { display: none; }
.lines.compact { gap: .5rem; }
.lines .number { font-size: 1.5rem; font-weight: 700; letter-spacing: .01em; white-space: nowrap; }
.lines .danger a { border-color: var(--danger); background: var(--danger);
  color: var(--danger-ink); }
.lines .danger a:hover { filter: brightness(1.08); }
.lines .danger svg, .lines .danger .who { color: inherit; }
.ask { background: var(--accent-soft); border-radius: 1.1rem; padding: 1.25rem; }
.ask button { width: 100%; min-height: 4.5rem; font-size: 1.35rem; border-radius: 1rem; }
.ask form, .acts form { display: grid; gap: .6rem; }
.more { border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.more + .more { border-top: 0; margin-top: -1.5rem; }
.more[open] { padding-bottom: 1.25rem; }
.more .all h2 { font-size: 1.0625rem; }
.more .all { list-style: none; display: grid; gap: 1.25rem; }
.more .all ul { list-style: none; display: grid; gap: .35rem; margin-top: .3rem; }
.more .all ul a { display: inline-flex; min-height: 3rem; align-items: center; font-weight: 600; }
.more form { display: grid; gap: 1rem; }
.state { background: var(--sheet); border: 1px solid var(--line);
  border-left: .5rem solid var(--accent); border-radius: .9rem;
  padding: 1.1rem 1.2rem; display: grid; gap: .6rem; }
.state strong { font-size: 1.15rem; font-weight: 600; line-height: 1.45; }
.state.late { border-left-color: var(--warn); }
.note { background: var(--good-soft); border-radius: .75rem; padding: .9rem 1.1rem; }
.note.warn { background: var(--warn-soft); }
.acts { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); }
.acts form { align-content: start; }
.details { background: var(--sheet); border: 1px solid var(--line); border-radius: 1rem;
  padding: 1.25rem; }
.details form { display: grid; gap: 1.25rem; }
.stay ul { padding-left: 1.2rem; display: grid; gap: .4rem; }
.stay .plan { padding-left: 1.4rem; display: grid; gap: .75rem; }
.stay .plan p { white-space: pre-wrap; overflow-wrap: anywhere; }
.more summary .soft { font-weight: 400; }
.calm footer { display: grid; gap: .5rem; max-width: 38rem; margin: 2rem auto 0;
  padding: 0 1rem; font-size: .95rem; color: var(--soft); }
.answer { display: grid; gap: .75rem; }
.answer button { min-height: 4rem; font-size: 1.2rem; }
.facts { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; }
.facts dt { color: var(--soft); }
.facts dd { font-weight: 600; overflow-wrap: anywhere; }
`;
