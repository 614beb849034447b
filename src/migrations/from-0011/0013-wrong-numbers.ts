import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from '../refuse-to-go-back.js';

export class WrongNumbers1700000013000 implements MigrationInterface {
  name = 'WrongNumbers1700000013000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table contact_points add column wrong_number_at timestamptz(3);
    `);
  }

  down = refuseToGoBack;
}
