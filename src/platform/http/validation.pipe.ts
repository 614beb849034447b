import { StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { Rejection } from './rejection.js';

const errorCharsMax = 4_000;

/** Refuses what does not match the `schema` of a body, query or path, naming every field. */
export class ValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ maxErrorMessagesLength: errorCharsMax });
  }

  override async transform<T = unknown>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const { schema, type } = metadata;
    if (schema === undefined || !this.toValidate(metadata)) return value;
    this.stripProtoKeys(value);
    const result = await this.validate<T>(value, schema);
    if (result.issues === undefined) return result.value;
    throw new Rejection('bad_request', 'Some fields are not right.', `invalid_${type}`, {
      errors: this.formatIssueMessages(result.issues),
    });
  }
}
