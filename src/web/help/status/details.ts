import type { AddedDetails } from '../../../intake/help/flag-status.service.js';
import { textField } from '../form-fields.js';

/** What somebody added to their request; null when every part was left empty. */
export function readDetails(fields: URLSearchParams): AddedDetails | null {
  const phone = textField(fields, 'phone', 40);
  const country = textField(fields, 'country', 60);
  const region = textField(fields, 'region', 60);
  const address = textField(fields, 'address', 500);
  // A country alone is only what the form was shown with.
  const located = region !== null || address !== null;
  if (phone === null && !located) return null;
  return {
    callback: phone === null ? null : { phone, ...safeWays(fields) },
    location: located ? { country, region, address } : null,
  };
}

/** A box left empty was not said, which is not a yes and not a no. */
function safeWays(fields: URLSearchParams) {
  const said = (way: string): true | null => (fields.has(`safe_${way}`) ? true : null);
  return { safeToCall: said('call'), safeToText: said('text'), safeToVoicemail: said('voicemail') };
}
