import { Module } from '@nestjs/common';
import { IntakeModule } from '../intake/intake.module.js';
import { PagingModule } from '../paging/paging.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { WordingModule } from '../wording/wording.module.js';
import { AssetsController } from './assets/assets.controller.js';
import { ProblemPages } from './failures/problem-pages.js';
import { HelpController } from './help/help.controller.js';
import { HelpPrograms } from './help/help-programs.js';
import { StatusController } from './help/status.controller.js';
import { Visits } from './help/visits.js';
import { RespondController } from './respond/respond.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';

@Module({
  imports: [
    IntakeModule,
    PagingModule,
    ProgramsModule,
    ResourcesModule,
    StaffModule,
    WordingModule,
  ],
  controllers: [
    AssetsController,
    HelpController,
    StatusController,
    RespondController,
    SignInController,
  ],
  providers: [HelpPrograms, Visits, ProblemPages],
})
export class WebModule {}
