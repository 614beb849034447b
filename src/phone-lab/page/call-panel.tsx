import type { CallView } from '../phones.js';

const words: Readonly<Record<CallView['state'], string>> = {
  queued: 'Call coming',
  ringing: 'Ringing',
  'in-progress': 'In a call',
  completed: 'Call ended',
  busy: 'Call declined',
  'no-answer': 'Missed call',
  failed: 'Call failed',
  canceled: 'Call taken back',
};

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** One call as the phone shows it: what it says, and what can be done about it. */
export function CallPanel({ call, path }: { call: CallView; path: string }) {
  const other = call.direction === 'inbound' ? `to ${call.to}` : `from ${call.from}`;
  const live = call.state === 'ringing' || call.state === 'in-progress';
  return (
    <section class={`call ${call.state}`}>
      <h3>
        {words[call.state]} <small>{other}</small>
      </h3>
      {call.said.map((sentence) => (
        <blockquote>{sentence}</blockquote>
      ))}
      {call.gathering && (
        <form class="keys" method="post" action={`${path}/keys`}>
          {keys.map((key) => (
            <button name="digits" value={key}>
              {key}
            </button>
          ))}
        </form>
      )}
      <div class="row">
        {call.state === 'ringing' && (
          <form method="post" action={`${path}/answer`}>
            <button class="main">Answer</button>
          </form>
        )}{' '}
        {live && (
          <form method="post" action={`${path}/hang-up`}>
            <button class="end">{call.state === 'ringing' ? 'Decline' : 'Hang up'}</button>
          </form>
        )}
      </div>
    </section>
  );
}
