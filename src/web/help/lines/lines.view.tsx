import type { ShownChannel, ShownResource } from '../../../resources/rules/answer.js';
import type { Say } from '../../../wording/wording.service.js';
import type { Visit } from '../visits.js';
import { hasCrisisLine, moreLines, primaryLines, type PrimaryLine } from './lines.js';
import { WhereForm } from './where.view.js';

/** The danger numbers, before anything else; `compact` leaves room for what stands below. */
export function PrimaryLines({ visit, compact }: { visit: Visit; compact?: boolean }) {
  const { say, resources } = visit;
  return (
    <section>
      <AboutCountry visit={visit} />
      <ul class={compact ? 'lines compact' : 'lines'}>
        {primaryLines(resources).map((line) => (
          <OneLine line={line} say={say} />
        ))}
      </ul>
    </section>
  );
}

function AboutCountry({ visit }: { visit: Visit }) {
  const { say, isElsewhere, countryName: country, resources } = visit;
  if (country === null) return null;
  if (!hasCrisisLine(resources)) return <p>{say('help.no_line_known', { country })}</p>;
  return isElsewhere ? <p>{say('screen.other_country', { country })}</p> : null;
}

function OneLine({ line, say }: { line: PrimaryLine; say: Say }) {
  const { kind, channel, resource } = line;
  return (
    <li class={kind === 'emergency' ? 'danger' : ''}>
      <a href={channel.href}>
        {kind === 'text' ? <TextIcon /> : <PhoneIcon />}
        <span>
          <span class="say">
            <Sentence line={line} say={say} />
          </span>
          <span class="who">
            {resource.name} <span class="hours">{channel.hours}</span>
          </span>
          {channel.note && <span class="who">{channel.note}</span>}
        </span>
      </a>
    </li>
  );
}

/** The wording's sentence with its number set large: what is seen is what is dialed. */
function Sentence({ line: { kind, channel }, say }: { line: PrimaryLine; say: Say }) {
  const sentence = sentenceOf(kind, channel, say);
  const at = sentence.lastIndexOf(channel.display);
  return (
    <>
      {sentence.slice(0, at)}
      <span class="number">{channel.display}</span>
      {sentence.slice(at + channel.display.length)}
    </>
  );
}

function sentenceOf(kind: PrimaryLine['kind'], channel: ShownChannel, say: Say): string {
  const { display: number, menuKey: key, keyword } = channel;
  if (kind === 'emergency') return say('screen.call_emergency', { number });
  if (kind === 'text') return textSentence(number, keyword, say);
  return key === null
    ? say('screen.call_crisis', { number })
    : say('screen.call_crisis_key', { number, key });
}

const textSentence = (number: string, keyword: string | null, say: Say): string =>
  keyword === null
    ? say('screen.text_crisis', { number })
    : say('screen.text_crisis_keyword', { number, keyword });

/** All other lines, and the two questions that decide which are shown. */
export function MoreLines({ visit, action }: { visit: Visit; action: string }) {
  const { say, resources, country, countryName, stated } = visit;
  const more = moreLines(resources);
  const isWanted = stated.audience.length > 0 || !hasCrisisLine(resources);
  return (
    <>
      {more.length > 0 && (
        <details class="more" open={isWanted}>
          <summary>{say('screen.more')}</summary>
          <ul class="all">
            {more.map((resource) => (
              <OneResource resource={resource} say={say} />
            ))}
          </ul>
        </details>
      )}
      <details class="more" open={country === null}>
        <summary>
          {countryName === null ? (
            say('help.numbers_anywhere')
          ) : (
            <>
              <span class="soft">{say('help.numbers_for', { country: countryName })}</span>{' '}
              {say('help.change')}
            </>
          )}
        </summary>
        <WhereForm visit={visit} action={action} />
      </details>
    </>
  );
}

function OneResource({ resource, say }: { resource: ShownResource; say: Say }) {
  return (
    <li>
      <h2>{resource.name}</h2>
      {resource.notFor && <p class="soft">{resource.notFor}</p>}
      <ul>
        {resource.channels.map((channel) => (
          <li>
            <a href={channel.href} rel="noreferrer">
              {channelText(channel, say)}
            </a>
            {channel.note && <p class="soft">{channel.note}</p>}
          </li>
        ))}
      </ul>
    </li>
  );
}

function channelText(
  { type, display, instruction, keyword, hours }: ShownChannel,
  say: Say,
): string {
  const isWord = type === 'text' && keyword !== null;
  const line = isWord
    ? textSentence(display, keyword, say)
    : say(`help.by_${type}`, { line: display });
  const said = instruction && !isWord ? `${line} (${instruction})` : line;
  return hours ? `${said} · ${hours}` : said;
}

const handset =
  'M6 3h3l2 5-2.5 2a13 13 0 0 0 5.5 5.5L16 13l5 2v3a3 3 0 0 1-3 3A16 16 0 0 1 3 6a3 3 0 0 1 3-3z';

function PhoneIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
      <path d={handset} />
    </svg>
  );
}

function TextIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
      <path d="M4 5h16v11H10l-5 4v-4H4z" />
    </svg>
  );
}
