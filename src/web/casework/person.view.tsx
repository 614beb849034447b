import type { ComponentChildren } from 'preact';
import { primaryLines } from '../help/lines/lines.js';
import { dayAndTime, duration } from '../layout/moments.js';
import { inWords } from '../layout/words.js';
import type { CaseFile } from './case-file.service.js';

/** Whom to call, and how that is safe for them. */
export function WhomToCall({ file: { program, flags, file } }: { file: CaseFile }) {
  const { participant, contactPoints, safetySaid } = file;
  const said = flags.find(({ raisedBy }) => raisedBy)?.raisedBy;
  return (
    <section class="card" aria-labelledby="whom">
      <h2 id="whom">Whom to call</h2>
      <p class="person">
        <strong>{participant?.name ?? 'Name not known'}</strong>{' '}
        {participant === null && <span class="mark">Not identified</span>}
        {participant && !participant.verified && <span class="mark">Not verified</span>}{' '}
        {participant?.minor && <span class="mark late">Minor</span>}
      </p>
      <dl class="facts">
        <dt>Language</dt>
        <dd>{languageName(participant?.language ?? flags[0]?.language ?? null)}</dd>
        {participant?.birthYear && <Fact name="Born">{participant.birthYear}</Fact>}
        {participant?.externalId && <Fact name="Number in program">{participant.externalId}</Fact>}
        <dt>Program</dt>
        <dd>{program.name}</dd>
      </dl>
      {said && (
        <p class="warned">
          Raised by somebody else: {[said.role, said.name, said.phone].filter(Boolean).join(', ')}
        </p>
      )}
      {safetySaid && <SafetySaid said={safetySaid} zone={program.zone} />}
      {contactPoints.length === 0 && <p class="empty">No phone number is known.</p>}
      <ul class="reach">
        {contactPoints.map((point) => (
          <ContactPoint point={point} zone={program.zone} />
        ))}
      </ul>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

interface ContactPointProps {
  point: CaseFile['file']['contactPoints'][number];
  zone: string;
}

function ContactPoint({ point, zone }: ContactPointProps) {
  const { phone, onFile, at, safeToCall, safeToText, safeToVoicemail, wrongNumberAt } = point;
  return (
    <li>
      <a class="number" href={`tel:${phone.replaceAll(/[^\d+*#]/g, '')}`}>
        {phone}
      </a>
      <span class="soft">
        {onFile ? 'On file' : `Typed with a flag, ${dayAndTime(at, zone)}. Not verified.`}
      </span>
      {wrongNumberAt && (
        <span class="mark late">Wrong number, said {dayAndTime(wrongNumberAt, zone)}</span>
      )}
      <ul class="ways">
        <Way way="call" safe={safeToCall} />
        <Way way="text" safe={safeToText} />
        <Way way="voicemail" safe={safeToVoicemail} />
      </ul>
    </li>
  );
}

interface SafetySaidProps {
  said: NonNullable<CaseFile['file']['safetySaid']>;
  zone: string;
}

/** What was said with the flags, without a number: newer than the marks on file. */
function SafetySaid({ said, zone }: SafetySaidProps) {
  return (
    <div class="warned">
      Said with the flag, {dayAndTime(said.at, zone)}, of the number on file:
      <ul class="ways">
        {said.safeToCall !== null && <Way way="call" safe={said.safeToCall} />}
        {said.safeToText !== null && <Way way="text" safe={said.safeToText} />}
        {said.safeToVoicemail !== null && <Way way="voicemail" safe={said.safeToVoicemail} />}
      </ul>
    </div>
  );
}

function Way({ way, safe }: { way: string; safe: boolean | null }) {
  if (safe === null) return <li class="way unsaid">{inWords(way)}: not said</li>;
  return (
    <li class={`way ${safe ? 'yes' : 'no'}`}>
      {inWords(way)}: {safe ? 'safe' : 'not safe'}
    </li>
  );
}

/** Where they said they are, how long ago, and whom to dial there. */
export function WhereTheyAre({ file: { now, program, file, local } }: { file: CaseFile }) {
  const [latest] = file.locations;
  const isElsewhere = local.country !== program.country;
  return (
    <section class="card" aria-labelledby="where">
      <h2 id="where">Where they are</h2>
      {latest ? (
        <p>
          <strong>{placeText(latest)}</strong>{' '}
          <span class="soft">
            said {duration(now.getTime() - latest.statedAt.getTime())} ago (
            {dayAndTime(latest.statedAt, program.zone)})
          </span>
        </p>
      ) : (
        <p class="empty">They have not said. The program is in {placeText(program)}.</p>
      )}
      {isElsewhere && (
        <p class="warned">
          Not the program's country: the emergency number may differ, and so may the rules for your
          license.
        </p>
      )}
      <ul class="local">
        {primaryLines(local.resources).map(({ resource, channel }) => (
          <li>
            {resource.name}: {channel.type} <strong>{channel.display}</strong>
            {channel.instruction ? `, ${channel.instruction}` : ''}
          </li>
        ))}
      </ul>
      <p class="soft">
        From elsewhere an emergency number reaches your own area. Ask for the answering point of
        their place by its ten-digit number.
      </p>
    </section>
  );
}

function placeText(place: {
  country: string | null;
  region: string | null;
  address?: string | null;
}): string {
  return [place.address, place.region, place.country].filter(Boolean).join(', ');
}

export function SafetyPlan({ file }: { file: CaseFile['file'] }) {
  return (
    <section class="card" aria-labelledby="plan">
      <h2 id="plan">Safety plan</h2>
      {file.safetyPlan ? (
        <p class="words">{file.safetyPlan}</p>
      ) : (
        <p class="empty">No safety plan is on file.</p>
      )}
      <h2>Support contacts</h2>
      {file.supportContacts.length === 0 && <p class="empty">No support contact is on file.</p>}
      <ul class="reach">
        {file.supportContacts.map(({ relation, name, phone, consentScope }) => (
          <li>
            <span>
              <strong>{name}</strong>, {relation}
              {phone && `, ${phone}`}
            </span>
            <span class={`way ${consentScope === 'none' ? 'no' : 'yes'}`}>
              {consentWords[consentScope]}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const consentWords = {
  none: 'No consent: do not contact',
  emergency: 'Consent for emergencies only',
  full: 'Full consent',
} as const;

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

function languageName(tag: string | null): string {
  if (tag === null) return 'Not said';
  try {
    return languages.of(tag) ?? tag;
  } catch {
    // Safe: somebody sent what is no language tag, and it is shown as it came.
    return tag;
  }
}
