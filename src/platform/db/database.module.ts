import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { dataSourceOptions, type Row } from './connection/data-source.js';
import { Database } from './database.js';
import { DatabaseConfig } from './db.config.js';
import { HighWater } from './high-water.js';
import { LateDataSource } from './connection/late-data-source.js';
import { SchemaVersion } from './schema/schema-version.js';
import { UnitOfWork } from './unit-of-work.js';

@Global()
@Module({
  providers: [Database, HighWater, SchemaVersion, UnitOfWork],
  exports: [Database, HighWater, SchemaVersion, UnitOfWork],
})
export class DatabaseModule {
  static with(rows: readonly Row[]): DynamicModule {
    const connection = TypeOrmModule.forRootAsync({
      inject: [DatabaseConfig],
      useFactory: (config: DatabaseConfig) => ({
        ...dataSourceOptions(config.url, rows),
        manualInitialization: true,
      }),
      // Made, not connected: a service without its database still answers people in distress.
      dataSourceFactory: (options) => LateDataSource.made(options),
    });
    return { module: DatabaseModule, imports: [connection], exports: [connection] };
  }
}
