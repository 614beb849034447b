/** What one connection may cost us. */
export interface HttpLimits {
  /** Longer bodies are refused, or cut off where a route reads leniently. */
  bodyBytesMax: number;
  /** How much of a too long body is read and thrown away before the answer goes out. */
  discardBytesMax: number;
  headersTimeoutMs: number;
  bodyTimeoutMs: number;
  /** Longer than the idle timeout of usual load balancers, which is a minute. */
  keepAliveMs: number;
  /** How often Node looks for connections that are too slow. */
  timeoutCheckMs: number;
  /** How long a refused connection stays open so that the answer arrives. */
  lingerMs: number;
  pathParameterCharsMax: number;
  formFieldsMax: number;
}

export const httpLimits: HttpLimits = {
  bodyBytesMax: 64 * 1024,
  discardBytesMax: 1024 * 1024,
  headersTimeoutMs: 5_000,
  bodyTimeoutMs: 10_000,
  keepAliveMs: 65_000,
  timeoutCheckMs: 500,
  lingerMs: 1_000,
  pathParameterCharsMax: 200,
  formFieldsMax: 100,
};
