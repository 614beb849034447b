import { Module } from '@nestjs/common';
import { CryptoModule } from '../platform/crypto/crypto.module.js';
import { Audit } from './audit.service.js';
import { AuditEventsStore } from './audit-events.store.js';
import { AuditVerification } from './audit-verification.service.js';

@Module({
  imports: [CryptoModule],
  providers: [Audit, AuditEventsStore, AuditVerification],
  exports: [Audit, AuditVerification],
})
export class AuditModule {}
