import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EngineHealth } from '../../platform/health/engine-health.js';
import { Metrics } from '../../platform/health/metrics.js';
import { type CheckFigures, CoverageChecksStore } from './coverage-checks.store.js';

const overdueMs = 2 * 3_600_000;

type Figure = (figures: CheckFigures) => number | null;

/** What the last check of every program found, for whoever watches from outside. */
@Injectable()
export class CoverageFigures implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly engineHealth: EngineHealth,
    private readonly store: CoverageChecksStore,
  ) {}

  onModuleInit(): void {
    this.engineHealth.watch('coverage_check_overdue', () => this.store.isOverdue(overdueMs));
    this.gauge(
      'handrail_coverage_gap_minutes',
      'Minutes of the next 30 days in which nobody on call can answer, accepted by nobody',
      ({ gapMinutes }) => gapMinutes,
    );
    this.gauge(
      'handrail_coverage_accepted_gap_minutes',
      'The same, accepted by name',
      ({ acceptedGapMinutes }) => acceptedGapMinutes,
    );
    this.gauge(
      'handrail_coverage_thin_minutes',
      'Minutes of the next 30 days with fewer than two people who can answer',
      ({ thinMinutes }) => thinMinutes,
    );
    this.gauge(
      'handrail_coverage_check_age_seconds',
      'Time since the coverage was last checked',
      ({ secondsSince }) => secondsSince,
    );
  }

  /** By program, by key. */
  all(): Promise<CheckFigures[]> {
    return this.store.figures();
  }

  private gauge(name: string, help: string, figure: Figure): void {
    this.metrics.gauge(name, help, ['program'], async () => {
      const all = await this.store.figures();
      return all.flatMap((one) => {
        const value = figure(one);
        return value === null ? [] : [{ labels: { program: one.programKey }, value }];
      });
    });
  }
}
