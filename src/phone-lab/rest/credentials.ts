import { LabConfig } from '../phone-lab.config.js';
import { RestError } from './rest-error.js';

/** Throws unless the request carries the account's token or its API key, for that very account. */
export function checkCredentials(
  config: LabConfig,
  accountSid: string,
  authorization: string | undefined,
): void {
  const [scheme, encoded = ''] = (authorization ?? '').split(' ');
  const [username = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const password = rest.join(':');
  const byToken = username === config.accountSid && config.authTokens.includes(password);
  const byKey = username === config.apiKey?.username && password === config.apiKey.password;
  if (scheme === 'Basic' && accountSid === config.accountSid && (byToken || byKey)) return;
  throw new RestError(401, 20_003, 'Authenticate', { 'www-authenticate': 'Basic realm="Lab API"' });
}
