import type { WorkloadReport } from './workload-report.service.js';

const columns = [
  ['hours', 'Hours'],
  ['nights', 'Nights'],
  ['weekendHours', 'Weekend hours'],
  ['holidays', 'Holidays'],
  ['pages', 'Pages'],
  ['nightPages', 'At night'],
] as const;

/** Who was on call for how long and paged how often, with what the figures mean. */
export function WorkloadView({ report }: { report: WorkloadReport }) {
  const { program, people, definitions, from, to } = report;
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Time on call, ${program}`}>
        <table>
          <caption>
            {program}: {from.slice(0, 10)} to {to.slice(0, 10)}
          </caption>
          <thead>
            <tr>
              <th scope="col">Person</th>
              {columns.map(([, head]) => (
                <th scope="col" class="number">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr>
                <th scope="row">{person.name}</th>
                {columns.map(([name]) => (
                  <td class="number">{person[name]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details>
        <summary>What these figures mean</summary>
        <dl class="meaning">
          {columns.map(([name, head]) => (
            <>
              <dt>{head}</dt>
              <dd>{definitions[name]}</dd>
            </>
          ))}
        </dl>
      </details>
    </>
  );
}
