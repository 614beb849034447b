export interface PostgresOptions {
  /** Folder of the cluster (data, passwords, log); created when absent. */
  dataDir: string;
  /** TCP port on 127.0.0.1 when a server has to be started; any free one by default. */
  port?: number;
  /** Nothing is forced to disk: for data nobody will miss. */
  fast?: boolean;
}

export interface Postgres {
  /** Role `handrail_admin`, owner of database `handrail`: for migrations. */
  adminUrl: string;
  /** Role `handrail_app`, which owns nothing: for the running service. */
  appUrl: string;
  /** Role `postgres` in database `postgres`: for creating databases in tests. */
  superuserUrl: string;
  port: number;
  /** The server's main process. */
  pid: number;
  /** The server was running already. */
  reused: boolean;
  /** Resolves when the connection to the server ends, whether we asked for it or not. */
  lost: Promise<unknown>;
  /** Gives up the use of the server; the last one to do so stops it. Harmless when repeated. */
  stop(): Promise<void>;
  /** `kill -9` of the server, whoever else uses it. */
  kill(): Promise<void>;
  /** `pg_ctl stop -m immediate`, whoever else uses it: it recovers at its next start. */
  stopImmediately(): Promise<void>;
}

/**
 * Starts the PostgreSQL server of the cluster in `dataDir`, or joins the one that runs there.
 * Throws when it does not answer within 60 s, with the end of its log.
 */
export function startPostgres(options: PostgresOptions): Promise<Postgres>;

/** Ends the server of a cluster nobody will miss, if one runs, and deletes the cluster. */
export function discardCluster(dataDir: string): Promise<void>;
