/** Whether a way to reach somebody is safe for them; null was not said, which is not a yes. */
export interface SafetyMarks {
  safeToCall: boolean | null;
  safeToText: boolean | null;
  safeToVoicemail: boolean | null;
}

export type SafetySaid = SafetyMarks & { at: Date };

/** Of several statements the newest word on each way, and when the last of them was said. */
export function newestSafety(statements: readonly SafetySaid[]): SafetySaid | null {
  const newestFirst = statements.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  const [newest] = newestFirst;
  if (newest === undefined) return null;
  const word = (way: keyof SafetyMarks): boolean | null =>
    newestFirst.find((said) => said[way] !== null)?.[way] ?? null;
  return {
    safeToCall: word('safeToCall'),
    safeToText: word('safeToText'),
    safeToVoicemail: word('safeToVoicemail'),
    at: newest.at,
  };
}
