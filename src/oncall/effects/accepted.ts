import { z } from 'zod';

export const words = z.string().trim().min(3).max(500);

const acceptance = z.strictObject({ reason: words }).optional();

/** What a supervisor takes upon themselves, by name and with a reason. */
export const acceptances = {
  acceptGap: acceptance.describe('A supervisor accepts that nobody is on call'),
  acceptFatigue: acceptance.describe('A supervisor accepts that somebody is on call for too long'),
};
