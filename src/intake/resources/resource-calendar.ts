import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { databaseNow } from '../../platform/clock.js';
import { Database } from '../../platform/db/database.js';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Resources } from '../../resources/resources.service.js';

/** Tells the directory, which works without a database, what day it is by the database's clock. */
@Injectable()
export class ResourceCalendar implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly resources: Resources,
  ) {}

  onApplicationBootstrap(): void {
    this.database.whenConnected(async () =>
      this.resources.rememberTime(await databaseNow(this.unitOfWork.reader)),
    );
  }
}
