/** Data about people in distress is never migrated away: the next migration mends a mistake. */
export function refuseToGoBack(): Promise<void> {
  return Promise.reject(new Error('Migrations only go forward.'));
}
