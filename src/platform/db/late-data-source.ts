import { DataSource, type DataSourceOptions } from 'typeorm';

/** Knows its rows before it is connected, so that asking too early is an outage and no bug. */
export class LateDataSource extends DataSource {
  static async made(options: DataSourceOptions): Promise<DataSource> {
    const dataSource = new LateDataSource(options);
    await dataSource.buildMetadatas();
    return dataSource;
  }
}
