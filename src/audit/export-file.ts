export { verifyAuditFile } from './audit.export.js';
