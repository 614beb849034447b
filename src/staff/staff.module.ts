import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.js';
import { CryptoModule } from '../platform/crypto/crypto.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { Denials } from './sessions/denials.service.js';
import { PersonGuard } from './person.guard.js';
import { Passwords } from './passwords.service.js';
import { Rights } from './rights.service.js';
import { SessionsStore } from './sessions/sessions.store.js';
import { Sessions } from './sessions/sessions.service.js';
import { SignInLimits } from './sessions/sign-in-limits.js';
import { SignIn } from './sign-in.service.js';
import { StaffApply } from './staff.apply.js';
import { Staff } from './staff.service.js';
import { StaffStore } from './staff.store.js';

@Module({
  imports: [ProgramsModule, AuditModule, CryptoModule],
  providers: [
    StaffStore,
    SessionsStore,
    Staff,
    Sessions,
    Passwords,
    SignInLimits,
    SignIn,
    Rights,
    Denials,
    StaffApply,
    { provide: APP_GUARD, useClass: PersonGuard },
  ],
  exports: [Staff, SignIn, Passwords, Rights, StaffApply],
})
export class StaffModule {}
