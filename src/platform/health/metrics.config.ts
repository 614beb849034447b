import { z } from 'zod';

const tokenLengthMin = 16;

export const metricsEnv = z.object({ METRICS_TOKEN: z.string().min(tokenLengthMin).optional() });

export class MetricsConfig {
  /** Null: nobody may read the metrics. */
  constructor(readonly token: string | null) {}

  static from(env: z.infer<typeof metricsEnv>): MetricsConfig {
    return Object.freeze(new MetricsConfig(env.METRICS_TOKEN ?? null));
  }
}
