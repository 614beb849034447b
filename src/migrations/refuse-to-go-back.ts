/** Data about people in distress is never migrated away: a mistake is mended by the next migration. */
export function refuseToGoBack(): Promise<void> {
  return Promise.reject(new Error('Migrations only go forward.'));
}
