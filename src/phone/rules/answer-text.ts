/** What a staff member is told after answering a page; one GSM-7 segment, nobody's name. */
export function answerText(
  outcome: 'taken' | 'already_yours' | 'taken_by_other' | 'declined' | 'over',
  ref: string,
): string {
  switch (outcome) {
    case 'taken':
      return `ONCALL you have taken case ${ref}. Sign in to see whom to call, and log the contact.`;
    case 'already_yours':
      return `ONCALL case ${ref} is already yours. Sign in to see whom to call.`;
    case 'taken_by_other':
      return `ONCALL case ${ref} was taken by another clinician. No action needed.`;
    case 'declined':
      return `ONCALL you passed on case ${ref}. The next person is being paged.`;
    case 'over':
      return `ONCALL case ${ref} no longer waits for an answer. No action needed.`;
  }
}
