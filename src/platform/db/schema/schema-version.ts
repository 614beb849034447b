import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** The migrations this build was made with, in order; also the token they are provided by. */
export class KnownMigrations {
  constructor(readonly names: readonly string[]) {}
}

/** Whether the database has the tables that this build expects. */
@Injectable()
export class SchemaVersion {
  constructor(
    private readonly dataSource: DataSource,
    private readonly known: KnownMigrations,
  ) {}

  /** Names of known migrations that the database has not run. Throws when it does not answer. */
  async pending(): Promise<string[]> {
    const rows = await this.dataSource.query<{ name: string }[]>(
      'select name from schema_migrations',
    );
    const applied = new Set(rows.map((row) => row.name));
    return this.known.names.filter((name) => !applied.has(name));
  }
}
