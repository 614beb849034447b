import { z } from 'zod';

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

export const databaseEnv = z.object({
  DATABASE_URL: postgresUrl,
  DATABASE_ADMIN_URL: postgresUrl.optional(),
});

export class DatabaseConfig {
  constructor(
    readonly url: string,
    /** Role that owns the tables; only migrations use it. */
    readonly adminUrl: string | undefined,
  ) {}

  static from(env: z.infer<typeof databaseEnv>): DatabaseConfig {
    return Object.freeze(new DatabaseConfig(env.DATABASE_URL, env.DATABASE_ADMIN_URL));
  }
}
