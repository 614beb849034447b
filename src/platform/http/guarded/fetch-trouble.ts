/** Why something was not fetched. None of the words repeat what a server or a name server said. */
export const fetchTroubles = {
  malformed: 'This is not an address.',
  not_https: 'The address must begin with https://.',
  has_credentials: 'The address must not hold a name or password.',
  other_port: 'The address must not name a port.',
  no_public_host: 'There is no public server of this name.',
  cannot_connect: 'The server cannot be reached.',
  not_trusted: 'The certificate of the server is not trusted.',
  too_slow: 'The server took too long.',
  too_large: 'What the server sent is too large.',
  too_many_redirects: 'The address leads on to too many others.',
  refused: 'The server refused: the address may be old, or need a sign-in.',
  server_failed: 'The server has trouble of its own.',
  unreadable: 'What the server sent cannot be read.',
} as const;

export type FetchTrouble = keyof typeof fetchTroubles;
