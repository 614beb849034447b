import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from '../refuse-to-go-back.js';

export class BlindKeys1700000012000 implements MigrationInterface {
  name = 'BlindKeys1700000012000';

  /** Senders' own keys were kept as text: what is known of those before is forgotten. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update flags set idempotency_key = null where idempotency_key is not null;
    `);
  }

  down = refuseToGoBack;
}
