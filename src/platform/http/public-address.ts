/** What the outside calls us, without a slash at the end; also the token it is injected by. */
export class PublicAddress {
  constructor(readonly base: string) {}

  /** `path` begins with a slash. */
  of(path: string): string {
    return this.base + path;
  }
}
