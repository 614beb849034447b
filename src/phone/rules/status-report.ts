export type CallbackForm = Readonly<Record<string, string>>;

/**
 * What a status callback reports, each field by its exact name: signatures do not show where a name
 * ends and its value begins. Null when it reports nothing of a text or call.
 */
export function readStatusReport(
  form: CallbackForm,
): { sid: string; status: string; errorCode: number | null } | null {
  const sid = form['MessageSid'] ?? form['CallSid'];
  const status = form['MessageStatus'] ?? form['CallStatus'];
  if (!isSid(sid) || !status) return null;
  const errorCode = form['ErrorCode'] ?? '';
  return { sid, status, errorCode: /^\d{1,6}$/.test(errorCode) ? Number(errorCode) : null };
}

/** How the provider names a text or a call. */
export function isSid(text: string | undefined): text is string {
  return text !== undefined && /^(SM|MM|CA)[0-9a-f]{32}$/i.test(text);
}
