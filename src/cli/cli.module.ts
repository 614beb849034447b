import { type DynamicModule, Module } from '@nestjs/common';
import { AppModule } from '../app.module.js';
import { AuditModule } from '../audit/audit.module.js';
import type { Config } from '../config.js';
import { IntakeModule } from '../intake/intake.module.js';
import { OnCallModule } from '../oncall/on-call.module.js';
import { ParticipantsModule } from '../participants/participants.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { Apply } from './apply.service.js';
import { CoverageFindings } from './doctor/coverage-findings.service.js';
import { Doctor } from './doctor/doctor.service.js';
import { DemoCalendar } from './demo/demo-calendar.service.js';
import { DemoNotes } from './demo/demo-notes.service.js';
import { Demo } from './demo/demo.service.js';
import { Export } from './export.service.js';
import { OwnHelpPages } from './own-help-pages.service.js';

@Module({})
export class CliModule {
  static with(config: Config): DynamicModule {
    return {
      module: CliModule,
      imports: [
        AppModule.with(config, config.http.publicBaseUrl ?? `http://localhost:${config.http.port}`),
        IntakeModule,
        ProgramsModule,
        StaffModule,
        OnCallModule,
        ParticipantsModule,
        AuditModule,
        ResourcesModule,
      ],
      providers: [
        Apply,
        CoverageFindings,
        Demo,
        DemoCalendar,
        DemoNotes,
        Doctor,
        Export,
        OwnHelpPages,
      ],
    };
  }
}
