import type { AddedDetails } from '../../../intake/help/flag-status.service.js';
import { textField } from '../form-fields.js';
import type { Visit } from '../visits.js';

export const safeWays = ['call', 'text', 'voicemail'] as const;
export type SafeWay = (typeof safeWays)[number];

export interface StatedDetails extends AddedDetails {
  /** Boxes that were ticked without a number they could belong to. */
  unplaced: SafeWay[];
}

/** What somebody added to their request, beside what the page showed them anyway. */
export function readDetails(
  fields: URLSearchParams,
  shown: Pick<Visit, 'country' | 'stated'>,
): StatedDetails {
  const phone = textField(fields, 'phone', 40);
  const ways = safeWays.filter((way) => fields.has(`safe_${way}`));
  return {
    callback: phone === null ? null : { phone, ...marksOf(ways) },
    location: readLocation(fields, shown),
    unplaced: phone === null ? ways : [],
  };
}

function readLocation(
  fields: URLSearchParams,
  shown: Pick<Visit, 'country' | 'stated'>,
): AddedDetails['location'] {
  const country = textField(fields, 'country', 60);
  const region = textField(fields, 'region', 60);
  const address = textField(fields, 'address', 500);
  const isNew =
    address !== null ||
    (country !== null && country !== shown.country) ||
    (region !== null && region !== shown.stated.region);
  return isNew ? { country, region, address } : null;
}

/** A box left empty was not said, which is not a yes and not a no. */
function marksOf(ways: readonly SafeWay[]) {
  const said = (way: SafeWay): true | null => (ways.includes(way) ? true : null);
  return { safeToCall: said('call'), safeToText: said('text'), safeToVoicemail: said('voicemail') };
}
