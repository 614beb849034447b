import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.js';
import { CryptoModule } from '../platform/crypto/crypto.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { Denials } from './sessions/denials.service.js';
import { PersonGuard } from './person.guard.js';
import { Passwords } from './passwords.service.js';
import { Rights } from './rights.service.js';
import { Members } from './profiles/members.service.js';
import { MembersStore } from './profiles/members.store.js';
import { Profiles } from './profiles/profiles.service.js';
import { ProfilesApply } from './profiles/profiles.apply.js';
import { ProfilesStore } from './profiles/profiles.store.js';
import { StaffExport } from './profiles/staff.export.js';
import { Ties } from './profiles/ties.service.js';
import { TiesStore } from './profiles/ties.store.js';
import { SessionsStore } from './sessions/sessions.store.js';
import { Sessions } from './sessions/sessions.service.js';
import { SignInLimits } from './sessions/sign-in-limits.js';
import { SignIn } from './sign-in.service.js';
import { StaffApply } from './staff.apply.js';
import { StaffChanges } from './profiles/staff-changes.js';
import { Staff } from './staff.service.js';
import { StaffStore } from './staff.store.js';

@Module({
  imports: [ProgramsModule, AuditModule, CryptoModule],
  providers: [
    StaffStore,
    SessionsStore,
    MembersStore,
    ProfilesStore,
    TiesStore,
    Members,
    Profiles,
    ProfilesApply,
    Ties,
    StaffChanges,
    Staff,
    Sessions,
    Passwords,
    SignInLimits,
    SignIn,
    Rights,
    Denials,
    StaffApply,
    StaffExport,
    { provide: APP_GUARD, useClass: PersonGuard },
  ],
  exports: [
    Staff,
    StaffChanges,
    Members,
    Profiles,
    Ties,
    SignIn,
    Passwords,
    Rights,
    StaffApply,
    StaffExport,
  ],
})
export class StaffModule {}
