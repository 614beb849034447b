import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../platform/db/unit-of-work.js';
import { Metrics, type Reading } from '../platform/health/metrics.js';

interface Count {
  a: string;
  b: string;
  n: string;
}

/** What an operator watches from outside: how much waits, how late it is, how loud it is. */
@Injectable()
export class CaseFigures implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge('handrail_cases', 'Cases that are not closed', ['state', 'acuity'], () =>
      this.counts(
        ['state', 'acuity'],
        `select state as a, acuity as b, count(*) as n from cases
          where state <> 'closed' group by state, acuity`,
      ),
    );
    this.metrics.gauge('handrail_pages', 'Pages in delivery', ['state', 'purpose'], () =>
      this.counts(
        ['state', 'purpose'],
        `select state as a, purpose as b, count(*) as n from pages
          where state in ('queued', 'sending', 'sent') group by state, purpose`,
      ),
    );
    this.metrics.gauge('handrail_alarms_open', 'Alarms nobody took', ['kind'], () =>
      this.counts(
        ['kind'],
        `select kind as a, '' as b, count(*) as n from alarms
          where due_at is not null group by kind`,
      ),
    );
    this.metrics.gauge('handrail_overdue_seconds', 'How late the latest row is', ['what'], () =>
      this.counts(
        ['what'],
        `select 'case' as a, '' as b,
                coalesce(extract(epoch from handrail_now() - min(due_at)), 0) as n
           from cases where state <> 'closed' and due_at < (select handrail_now())
         union all
         select 'page', '', coalesce(extract(epoch from handrail_now() - min(due_at)), 0)
           from pages where state in ('queued', 'sending', 'sent')
                        and due_at < (select handrail_now())`,
      ),
    );
  }

  private async counts(names: string[], sql: string): Promise<Reading[]> {
    const rows = await this.unitOfWork.reader.query<Count[]>(sql);
    return rows.map(({ a, b, n }) => ({
      labels: Object.fromEntries(names.map((name, at) => [name, at === 0 ? a : b])),
      value: Number(n),
    }));
  }
}
