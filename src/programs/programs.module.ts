import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { IntegrationKeys } from './integration-keys.service.js';
import { ProgramsApply } from './programs.apply.js';
import { Programs } from './programs.service.js';
import { ProgramsStore } from './programs.store.js';

@Module({
  imports: [AuditModule],
  providers: [ProgramsStore, Programs, IntegrationKeys, ProgramsApply],
  exports: [Programs, IntegrationKeys, ProgramsApply],
})
export class ProgramsModule {}
