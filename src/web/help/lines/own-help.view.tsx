import { primaryLines } from './lines.js';
import type { Visit } from '../visits.js';

/** On pages for staff that anybody can reach: help for whoever came there looking for it. */
export function OwnHelp({ visit }: { visit: Visit }) {
  return (
    <aside class="own-help">
      <p>Looking for help for yourself? You can get it right now:</p>
      <ul>
        {primaryLines(visit.resources).map(({ resource, channel }) => (
          <li>
            <a href={channel.href}>
              {resource.name}: {channel.type === 'text' ? 'text' : 'call'} {channel.display}
            </a>
          </li>
        ))}
      </ul>
    </aside>
  );
}
