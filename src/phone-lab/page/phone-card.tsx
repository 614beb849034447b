import type { CallView, PhoneView } from '../phones.js';
import type { TextMessage } from '../texts/messages.js';
import { CallPanel } from './call-panel.js';

export interface PhoneOnPage {
  phone: PhoneView;
  /** Received and sent, newest first. */
  conversation: TextMessage[];
  /** Whom this phone most likely writes to. */
  to: string;
}

const textsMax = 20;
const callsMax = 3;

/** The anchor of a phone on the page. */
export const anchorOf = (number: string): string => `phone-${number.replace(/\D/g, '')}`;

export function PhoneCard({ phone, conversation, to }: PhoneOnPage) {
  const path = `/lab/phones/${encodeURIComponent(phone.number)}`;
  const ringing = phone.calls.some(({ state }) => state === 'ringing');
  return (
    <article id={anchorOf(phone.number)} class={ringing ? 'ringing' : ''}>
      <h2>
        {phone.name ?? phone.number} <span>{phone.name !== null && phone.number}</span>
      </h2>
      <div class="screen" tabIndex={0}>
        <Screen calls={phone.calls} conversation={conversation} number={phone.number} path={path} />
      </div>
      <form class="write" method="post" action={`${path}/sms`}>
        <div class="row">
          <label>
            Text <input name="body" autocomplete="off" required />
          </label>
          <button class="main">Send</button>
        </div>
        <div class="row">
          <label>
            To <input name="to" value={to} list="lines" type="tel" required />
          </label>
          <button formAction={`${path}/call`} formNoValidate>
            Call
          </button>
        </div>
      </form>
    </article>
  );
}

interface ScreenProps {
  calls: CallView[];
  conversation: TextMessage[];
  number: string;
  path: string;
}

function Screen({ calls, conversation, number, path }: ScreenProps) {
  if (calls.length + conversation.length === 0) return <p class="empty">Nothing yet.</p>;
  return (
    <>
      {calls.slice(0, callsMax).map((call) => (
        <CallPanel call={call} path={path} />
      ))}
      <ul class="texts">
        {conversation.slice(0, textsMax).map((text) => (
          <li class={text.from === number ? 'sent' : 'received'}>
            <small>
              {text.from === number ? `to ${text.to}` : `from ${text.from}`} at{' '}
              {(text.arrivedAt ?? text.createdAt).toISOString().slice(11, 19)} UTC
            </small>
            <Linked text={text.body} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** As on a real phone, an address in a text can be opened. */
function Linked({ text }: { text: string }) {
  return (
    <>
      {text.split(/(https?:\/\/\S*[^\s.,;:!?)])/).map((part, at) =>
        at % 2 === 0 ? (
          part
        ) : (
          <a href={part} target="_blank" rel="noreferrer">
            {part}
          </a>
        ),
      )}
    </>
  );
}
