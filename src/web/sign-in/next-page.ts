const home = '/cases';

/** One of our own pages to go to after signing in; anything else leads to the open cases. */
export function nextPage(stated: string | undefined): string {
  if (stated === undefined || !/^\/(?![/\\])[\x21-\x7e]{0,200}$/.test(stated)) return home;
  return /^\/(cases|supervise|on-call)([/?]|$)/.test(stated) ? stated : home;
}
