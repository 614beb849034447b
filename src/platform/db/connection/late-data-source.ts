import { DataSource, type DataSourceOptions } from 'typeorm';

/** Knows its rows before it is connected, so that asking too early is an outage and no bug. */
export class LateDataSource extends DataSource {
  static async made(options: DataSourceOptions | undefined): Promise<DataSource> {
    if (options === undefined) throw new Error('a connection without an address');
    const dataSource = new LateDataSource(options);
    await dataSource.buildMetadatas();
    return dataSource;
  }
}
