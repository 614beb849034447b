import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseToGoBack } from './refuse-to-go-back.js';

export class HelpLinks1700000009000 implements MigrationInterface {
  name = 'HelpLinks1700000009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table participants add column help_link_version integer not null default 1;
    `);
  }

  down = refuseToGoBack;
}
