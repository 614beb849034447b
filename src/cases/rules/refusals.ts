const texts: Readonly<Record<string, string>> = {
  already_closed: 'This case is closed.',
  already_acknowledged: 'Somebody else has this case.',
  already_yours: 'This person has the case already.',
  already_disposed: 'This case has its disposition already.',
  already_settled: 'This dispatch needs no confirmation any more.',
  dispatch_unconfirmed:
    'Say first whether those who were sent have reached the person; a supervisor can waive it.',
  hand_over_instead: 'You are in contact: hand the case over instead.',
  needs_acknowledgement: 'Take the case first.',
  needs_disposition: 'The case needs a disposition first.',
  needs_follow_up: 'The case needs a follow-up decision first.',
  needs_supervisor: 'Only a supervisor may close a case as unreachable.',
  not_acknowledged: 'Nobody has taken this case yet.',
  not_open: 'This case is no longer open for that.',
  not_owner: 'This case is not yours.',
  not_paged: 'Nobody has been paged yet.',
  only_clinician_lowers: 'Only a clinician may lower the acuity.',
  same_acuity: 'The case has this acuity already.',
  step_moved: 'The case has moved on to another step in the meantime.',
};

/** The rules' word for a refusal, in words for a person. */
export function refusalText(reason: string): string {
  return texts[reason] ?? 'The case does not take this now.';
}
