import type { ShownChannel, ShownResource } from '../../../resources/rules/answer.js';
import type { Say } from '../../../wording/wording.service.js';
import { moreLines, primaryLines, type PrimaryLine } from './lines.js';
import { audiences, type Visit } from '../visits.js';

/** The danger numbers, before anything else; `compact` leaves room for what stands below. */
export function PrimaryLines({ visit, compact }: { visit: Visit; compact?: boolean }) {
  const { say, isElsewhere, countryName, resources } = visit;
  return (
    <section>
      {isElsewhere && countryName && <p>{say('screen.other_country', { country: countryName })}</p>}
      <ul class={compact ? 'lines compact' : 'lines'}>
        {primaryLines(resources).map((line) => (
          <OneLine line={line} say={say} />
        ))}
      </ul>
    </section>
  );
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
  const values = { number: channel.display };
  const key = { emergency: 'call_emergency', call: 'call_crisis', text: 'text_crisis' } as const;
  const sentence = say(`screen.${key[kind]}`, values);
  const at = sentence.lastIndexOf(channel.display);
  return (
    <>
      {sentence.slice(0, at)}
      <span class="number">{channel.display}</span>
      {sentence.slice(at + channel.display.length)}
      {channel.instruction &&
        (kind === 'text' ? ` (${channel.instruction})` : ` ${channel.instruction}`)}
    </>
  );
}

/** All other lines, and the two questions that decide which are shown. */
export function MoreLines({ visit, action }: { visit: Visit; action: string }) {
  const { say, resources, country, countryName } = visit;
  const more = moreLines(resources);
  return (
    <>
      {more.length > 0 && (
        <details class="more" open={country === null}>
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

function channelText({ type, display, instruction, hours }: ShownChannel, say: Say): string {
  const line = say(`help.by_${type}`, { line: display });
  const said = instruction ? `${line} (${instruction})` : line;
  return hours ? `${said} · ${hours}` : said;
}

function WhereForm({ visit, action }: { visit: Visit; action: string }) {
  const { say, stated, country, countries, language } = visit;
  return (
    <form method="get" action={action}>
      <input type="hidden" name="lang" value={language} />
      <CountryFields visit={visit} selected={stated.country ?? country} countries={countries} />
      <fieldset>
        <legend>{say('help.show_also')}</legend>
        {audiences.map((one) => (
          <label class="check">
            <input
              type="checkbox"
              name="audience"
              value={one}
              checked={stated.audience.includes(one)}
            />
            {say(`help.${one}`)}
          </label>
        ))}
      </fieldset>
      <button class="quiet">{say('help.show')}</button>
    </form>
  );
}

interface CountryFieldsProps {
  visit: Pick<Visit, 'say' | 'stated'>;
  selected: string | null;
  countries: Visit['countries'];
}

export function CountryFields({ visit: { say, stated }, selected, countries }: CountryFieldsProps) {
  return (
    <>
      <label class="field">
        {say('help.country')}
        <select name="country" autocomplete="country">
          <option value="">–</option>
          {countries.map(({ code, name }) => (
            <option value={code} selected={code === selected}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        {say('help.region')}
        <input
          name="region"
          maxLength={60}
          autocomplete="address-level1"
          value={stated.region ?? ''}
        />
      </label>
    </>
  );
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
