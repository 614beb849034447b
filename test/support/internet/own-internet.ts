import https from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Internet, pinnedTo, type Way } from '../../../src/platform/http/guarded/internet.js';
import { makeCertificate } from './certificate.js';

/** What anybody might be given; nobody is there. */
export const publicAddress = '93.184.215.14';

/** Names that lead where a test says, and one real server behind every address. */
export class OwnInternet extends Internet {
  /** The addresses of each host. */
  readonly names = new Map<string, string[]>();
  /** Hosts whose addresses were asked for, in order. */
  readonly asked: string[] = [];
  /** Addresses to which a connection was made, of each request. */
  readonly connected: (readonly string[])[] = [];
  private server: https.Server;
  private readonly certificate;

  constructor(...hosts: string[]) {
    super();
    for (const host of hosts) this.names.set(host, [publicAddress]);
    this.certificate = makeCertificate(...hosts);
  }

  async open(answer: RequestListener): Promise<void> {
    this.server = https.createServer(this.certificate, answer);
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  override addressesOf(host: string): Promise<string[]> {
    this.asked.push(host);
    return Promise.resolve(this.names.get(host) ?? []);
  }

  override wayTo(addresses: readonly string[]): Way {
    this.connected.push(addresses);
    return { port: this.port, lookup: pinnedTo(['127.0.0.1']), ca: this.certificate.cert };
  }
}
