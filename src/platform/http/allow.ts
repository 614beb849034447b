import { SetMetadata } from '@nestjs/common';

/** Who may call a handler. Nothing said means nobody: the guard of `staff` denies by default. */
export type Permission = 'anyone' | 'staff' | 'clinician' | 'supervisor' | 'admin';

export const ALLOW = 'handrail:allow';

/** `anyone` is for participants, signed callbacks and health; others need a signed-in person. */
export const Allow = (...permissions: Permission[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ALLOW, permissions);
