import type { Call } from '../calls/call.js';
import type { TextMessage } from '../texts/messages.js';

const day = (date: Date | null): string | null =>
  date === null ? null : date.toUTCString().replace('GMT', '+0000');

/** A text as the provider's REST address shows it. */
export function messageBody(accountSid: string, message: TextMessage): Record<string, unknown> {
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: day(message.createdAt),
    date_sent: day(message.arrivedAt),
    date_updated: day(message.arrivedAt ?? message.createdAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: null,
    from: message.from,
    messaging_service_sid: null,
    num_media: '0',
    num_segments: '1',
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: {},
    to: message.to,
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}.json`,
  };
}

/** A call as the provider's REST address shows it. */
export function callBody(accountSid: string, call: Call): Record<string, unknown> {
  return {
    account_sid: accountSid,
    answered_by: call.answeredBy,
    api_version: '2010-04-01',
    caller_name: null,
    date_created: day(call.createdAt),
    date_updated: day(call.endedAt ?? call.answeredAt ?? call.createdAt),
    direction: call.direction,
    duration: null,
    end_time: day(call.endedAt),
    forwarded_from: null,
    from: call.from,
    from_formatted: call.from,
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: null,
    price: null,
    price_unit: 'USD',
    queue_time: '0',
    sid: call.sid,
    start_time: day(call.answeredAt),
    status: call.state,
    subresource_uris: {},
    to: call.to,
    to_formatted: call.to,
    trunk_sid: null,
    uri: `/2010-04-01/Accounts/${accountSid}/Calls/${call.sid}.json`,
  };
}
