import type { ShownChannel } from '../../../resources/rules/answer.js';
import type { Visit } from '../visits.js';
import { directories, hasCrisisLine, primaryLines } from './lines.js';

/** On pages for staff that anybody can reach: help for whoever came there looking for it. */
export function OwnHelp({ visit: { resources } }: { visit: Visit }) {
  const lines = hasCrisisLine(resources)
    ? primaryLines(resources)
    : [...everyEmergencyNumber(resources), ...everyChannel(directories(resources))];
  return (
    <aside class="own-help">
      <p>Looking for help for yourself? You can get it right now:</p>
      <ul>
        {lines.map(({ resource, channel }) => (
          <li>
            <a href={channel.href} rel="noreferrer">
              {resource.name}: {verbs[channel.type]} {channel.display}
            </a>
          </li>
        ))}
      </ul>
    </aside>
  );
}

type Listed = Visit['resources'];

const everyChannel = (resources: Listed) =>
  resources.flatMap((resource) => resource.channels.map((channel) => ({ resource, channel })));

const everyEmergencyNumber = (resources: Listed) =>
  everyChannel(resources.filter(({ category }) => category === 'emergency')).filter(
    ({ channel }) => channel.type === 'call',
  );

const verbs: Readonly<Record<ShownChannel['type'], string>> = {
  call: 'call',
  text: 'text',
  videophone: 'video call',
  relay: 'relay call',
  chat: 'chat at',
  web: 'go to',
};
