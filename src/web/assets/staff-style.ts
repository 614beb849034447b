/** Pages for staff: dense enough to work with at night, one column on a phone. */
export const staffStyle = `
.staff { font-size: 1rem; }
.staff > header { background: var(--sheet); border-bottom: 1px solid var(--line); }
.staff > header > div { max-width: 76rem; margin: 0 auto; padding: .5rem 1rem; display: flex;
  flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem; min-height: 3.75rem; }
.staff .brand { font-size: 1.1rem; letter-spacing: .02em; }
.staff nav { display: flex; flex-wrap: wrap; gap: 0 1.25rem; flex: 1 1 auto; }
.staff nav a { min-height: 3rem; display: inline-flex; align-items: center; }
.staff > header form { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .9rem; }
.staff > header { overflow-wrap: anywhere; }
.staff > header button { min-height: 2.5rem; padding: .3rem .9rem; }
.staff main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; display: grid;
  grid-template-columns: minmax(0, 1fr); gap: 1.25rem; overflow-wrap: anywhere; }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: 1rem;
  padding: 1.25rem; display: grid; gap: .9rem; align-content: start; min-width: 0; }
.card.narrow { width: 100%; max-width: 28rem; margin: 1rem auto; gap: 1.1rem; }
.stack { display: grid; gap: .9rem; }
.alert { background: var(--danger-soft); border-left: .4rem solid var(--danger);
  border-radius: .6rem; padding: .8rem 1rem; }
.done { background: var(--good-soft); border-left: .4rem solid var(--good);
  border-radius: .6rem; padding: .8rem 1rem; }
.warned { background: var(--warn-soft); border-left: .4rem solid var(--warn);
  border-radius: .6rem; padding: .8rem 1rem; }
.own-help { border-top: 1px solid var(--line); padding-top: .9rem; font-size: .95rem;
  color: var(--soft); }
.own-help ul { list-style: none; display: grid; gap: .35rem; }
.own-help li a { display: inline-flex; min-height: 2.75rem; align-items: center; }
.acuity { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; font-weight: 650;
  font-size: .9rem; border: 1px solid currentColor; white-space: nowrap; }
.acuity.emergent { background: var(--danger); border-color: var(--danger);
  color: var(--danger-ink); }
.acuity.urgent { color: var(--danger); }
.acuity.priority { color: var(--warn); }
.acuity.routine { color: var(--soft); }
.mark { display: inline-block; padding: .05rem .5rem; border-radius: .4rem; font-size: .85rem;
  font-weight: 600; background: var(--warn-soft); color: var(--warn); }
.mark.late { background: var(--danger-soft); color: var(--danger); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums;
  overflow-wrap: normal; }
caption { text-align: left; font-weight: 650; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .6rem .75rem .6rem 0;
  border-bottom: 1px solid var(--line); }
th { font-size: .9rem; color: var(--soft); font-weight: 600; }
td strong { font-weight: 650; }
tr.late td:first-child { box-shadow: inset .3rem 0 0 var(--danger); padding-left: .8rem; }
td.number, th.number { text-align: right; white-space: nowrap; }
td small { display: block; color: var(--soft); }
table + p { padding-top: .5rem; }
.empty { color: var(--soft); }
@media (max-width: 44rem) {
  .cards { overflow-wrap: anywhere; }
  .cards thead { position: absolute; left: -999rem; }
  .cards tr { display: grid; gap: .2rem; border: 1px solid var(--line); border-radius: .9rem;
    padding: .9rem; margin-bottom: .9rem; }
  .cards td { border: 0; padding: .1rem 0; display: grid; gap: .5rem;
    grid-template-columns: 7rem minmax(0, 1fr); }
  .cards td::before { content: attr(data-label); color: var(--soft); }
  .cards td > * { justify-self: start; }
  tr.late td:first-child { box-shadow: none; padding-left: 0; }
  .cards tr.late { border-left: .4rem solid var(--danger); }
}
@media (max-width: 24rem) { .cards td { grid-template-columns: minmax(0, 1fr); gap: 0; } }
.case { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 60rem) {
  .case { grid-template-columns: minmax(0, 1fr) 24rem; grid-template-rows: auto 1fr;
    align-items: start; }
  .case > div:nth-child(2) { grid-row: span 2; }
}
.case > div { display: grid; gap: 1.25rem; min-width: 0; }
.case-head { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
.clocks { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: .6rem; }
.clocks div { background: var(--paper); border-radius: .7rem; padding: .6rem .8rem; }
.clocks dt { color: var(--soft); font-size: .9rem; }
.clocks dd { font-size: 1.25rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.reach { list-style: none; display: grid; gap: .75rem; }
.reach > li { border: 1px solid var(--line); border-radius: .8rem; padding: .8rem 1rem;
  display: grid; gap: .35rem; }
.reach .number { font-size: 1.35rem; font-weight: 650; min-height: 2.75rem; display: inline-flex;
  align-items: center; }
.ways { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; }
.way { justify-self: start; padding: .1rem .6rem; border-radius: .4rem; font-size: .9rem;
  font-weight: 600; }
.way.yes { background: var(--good-soft); color: var(--good); }
.way.no { background: var(--danger-soft); color: var(--danger); }
.way.unsaid { background: var(--paper); color: var(--soft); }
.said { list-style: none; display: grid; gap: .9rem; }
.said > li { border-left: .25rem solid var(--line); padding-left: .9rem; display: grid;
  gap: .25rem; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; }
.local { padding-left: 1.2rem; display: grid; gap: .25rem; }
.local strong { white-space: nowrap; }
.person { font-size: 1.25rem; }
.take { display: grid; gap: .75rem; }
.take button { min-height: 3.5rem; font-size: 1.15rem; }
.meaning { display: grid; grid-template-columns: auto 1fr; gap: .4rem 1rem; }
.meaning dt { font-weight: 650; }
.actions { display: grid; gap: .25rem; }
.actions > details { border-bottom: 1px solid var(--line); }
.actions > details[open] { padding-bottom: 1rem; }
.actions form { display: grid; gap: .8rem; }
.actions > form { margin-bottom: .75rem; }
.timeline { list-style: none; display: grid; gap: .5rem; font-size: .95rem; }
.timeline li { display: grid; gap: 0 .9rem; grid-template-columns: 11.5rem minmax(0, 1fr); }
.timeline time { color: var(--soft); font-variant-numeric: tabular-nums; }
@media (max-width: 44rem) { .timeline li { grid-template-columns: minmax(0, 1fr); } }
`;
