import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Sweeper } from '../queue/sweeper.js';

const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Figures of this process for Prometheus: counts and times, never anybody's data. */
@Injectable()
export class Metrics implements OnModuleInit {
  private readonly registry = new Registry();

  constructor(
    private readonly host: HttpAdapterHost,
    sweeper: Sweeper,
  ) {
    collectDefaultMetrics({ register: this.registry });
    this.gauge('handrail_sweeper_silence_seconds', 'Time since the last sweep', ['loop'], () =>
      [...sweeper.silencesMs].map(([loop, ms]) => ({ labels: { loop }, value: ms / 1_000 })),
    );
  }

  onModuleInit(): void {
    const server = this.host.httpAdapter?.getInstance?.() as FastifyInstance | undefined;
    if (server?.addHook === undefined) return;
    const requests = new Histogram({
      name: 'handrail_http_request_seconds',
      help: 'Time to answer by route pattern',
      labelNames: ['method', 'route', 'status'],
      buckets: requestBuckets,
      registers: [this.registry],
    });
    server.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      const labels = { method: request.method, route, status: String(reply.statusCode) };
      requests.observe(labels, reply.elapsedTime / 1_000);
      done();
    });
  }

  /** Read anew at every scrape; what fails then is left out, and the scrape goes on. */
  gauge(
    name: string,
    help: string,
    labelNames: string[],
    read: () => Reading[] | Promise<Reading[]>,
  ): void {
    const gauge = new Gauge({
      name,
      help,
      labelNames,
      registers: [],
      async collect() {
        this.reset();
        // Safe: a figure that cannot be had is missing, which an alarm can watch for.
        const readings = await Promise.resolve()
          .then(read)
          .catch((): Reading[] => []);
        for (const { labels, value } of readings) this.set(labels ?? {}, value);
      },
    });
    this.registry.registerMetric(gauge);
  }

  /** Counts what happened in this process, by one label; each of its values stands there from 0. */
  counter<Value extends string>(
    name: string,
    help: string,
    label: string,
    values: readonly Value[],
  ): (value: Value) => void {
    const counter = new Counter({ name, help, labelNames: [label], registers: [this.registry] });
    for (const value of values) counter.inc({ [label]: value }, 0);
    return (value) => counter.inc({ [label]: value });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}

export interface Reading {
  labels?: Record<string, string>;
  value: number;
}
