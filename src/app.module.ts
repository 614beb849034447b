import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AlarmRow } from './alarms/alarm.row.js';
import { AlarmsModule } from './alarms/alarms.module.js';
import { CaseRow } from './cases/case.row.js';
import { CasesModule } from './cases/cases.module.js';
import type { Config } from './config.js';
import { FollowUpModule } from './followup/follow-up.module.js';
import { FlagRow } from './intake/flag.row.js';
import { IntakeModule } from './intake/intake.module.js';
import { JobsModule } from './jobs.js';
import { migrationNames } from './migrations/migrations.js';
import { BusyCalendarRow } from './oncall/calendars/busy/busy-calendar.row.js';
import { BusyTimesModule } from './oncall/calendars/busy/busy-times.module.js';
import { CalendarFeedRow } from './oncall/calendars/feeds/calendar-feed.row.js';
import { CalendarFeedsModule } from './oncall/calendars/feeds/calendar-feeds.module.js';
import { OnCallModule } from './oncall/on-call.module.js';
import { OverrideRow } from './oncall/overrides/override.row.js';
import { ScheduleRow } from './oncall/schedules/schedule.row.js';
import { SwapRow } from './oncall/swaps/swap.row.js';
import { PageAttemptRow } from './paging/page-attempt.row.js';
import { PageRow } from './paging/page.row.js';
import { PagingModule } from './paging/paging.module.js';
import { ContactPointRow } from './participants/contact-point.row.js';
import { LocationStatementRow } from './participants/circumstances/location-statement.row.js';
import { ParticipantRow } from './participants/participant.row.js';
import { ParticipantsModule } from './participants/participants.module.js';
import { PhoneModule } from './phone/phone.module.js';
import { CryptoConfig } from './platform/crypto/crypto.config.js';
import { DatabaseModule } from './platform/db/database.module.js';
import { DatabaseConfig } from './platform/db/db.config.js';
import { KnownMigrations } from './platform/db/schema/schema-version.js';
import { HealthModule } from './platform/health/health.module.js';
import { MetricsConfig } from './platform/health/metrics.config.js';
import { PublicAddress } from './platform/http/public-address.js';
import { ReferenceModule } from './platform/http/reference/reference.module.js';
import { QueueConfig } from './platform/queue/queue.config.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { TelephonyConfig } from './platform/telephony/telephony.config.js';
import { IntegrationKeyRow } from './programs/integration-key.row.js';
import { ProgramRow } from './programs/program.row.js';
import { ProgramsModule } from './programs/programs.module.js';
import { ShiftLifeModule } from './readiness/shifts/shift-life.module.js';
import { ShiftWatchRow } from './readiness/shifts/shift-watch.row.js';
import { CoverageGapRow } from './readiness/coverage/coverage-gap.row.js';
import { CoverageModule } from './readiness/coverage/coverage.module.js';
import { FiguresModule } from './reporting/figures.module.js';
import { ResourcesModule } from './resources/resources.module.js';
import { AccessTokenRow } from './staff/access-token.row.js';
import { ContactMethodRow } from './staff/contact-method.row.js';
import { StaffModule } from './staff/staff.module.js';
import { StaffRow } from './staff/staff.row.js';
import { WebModule } from './web/web.module.js';
import { WordingModule } from './wording/wording.module.js';

const rows = [
  AccessTokenRow,
  AlarmRow,
  BusyCalendarRow,
  CalendarFeedRow,
  CaseRow,
  ContactMethodRow,
  ContactPointRow,
  CoverageGapRow,
  FlagRow,
  IntegrationKeyRow,
  LocationStatementRow,
  OverrideRow,
  PageAttemptRow,
  PageRow,
  ParticipantRow,
  ProgramRow,
  ScheduleRow,
  ShiftWatchRow,
  StaffRow,
  SwapRow,
];

const rooms = [
  ResourcesModule,
  WordingModule,
  ProgramsModule,
  StaffModule,
  ParticipantsModule,
  OnCallModule,
  CalendarFeedsModule,
  BusyTimesModule,
  PagingModule,
  AlarmsModule,
  ShiftLifeModule,
  CoverageModule,
  CasesModule,
  FollowUpModule,
  IntakeModule,
  PhoneModule,
  WebModule,
  FiguresModule,
];

/** Every room gets its own part of the configuration, and none of the rest. */
@Global()
@Module({})
class ConfigModule {
  static with(config: Config, publicBaseUrl: string): DynamicModule {
    const providers = [
      { provide: KnownMigrations, useValue: new KnownMigrations(migrationNames) },
      { provide: DatabaseConfig, useValue: config.database },
      { provide: QueueConfig, useValue: config.queue },
      { provide: CryptoConfig, useValue: config.crypto },
      { provide: MetricsConfig, useValue: config.metrics },
      { provide: TelephonyConfig, useValue: config.telephony },
      { provide: PublicAddress, useValue: new PublicAddress(publicBaseUrl) },
    ];
    return { module: ConfigModule, providers, exports: providers };
  }
}

@Module({})
export class AppModule {
  static with(config: Config, publicBaseUrl: string): DynamicModule {
    const platform = [
      ConfigModule.with(config, publicBaseUrl),
      DatabaseModule.with(rows),
      QueueModule,
      HealthModule,
      ReferenceModule,
      JobsModule,
    ];
    return { module: AppModule, imports: [...platform, ...rooms] };
  }
}
