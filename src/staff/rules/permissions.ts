export type Role = 'clinician' | 'supervisor' | 'admin' | 'backstop';

interface Membership {
  programId: string;
  role: Role;
}

/** Somebody who signed in, resolved once per request. */
export interface Person {
  staffId: string;
  memberships: readonly Membership[];
  via: 'token' | 'session';
}

type StaffPermission = 'staff' | 'clinician' | 'supervisor' | 'admin';

// A supervisor may do what a clinician may; an admin keeps the program, not the participants.
const roleGives: Record<Role, readonly StaffPermission[]> = {
  clinician: ['staff', 'clinician'],
  backstop: ['staff', 'clinician'],
  supervisor: ['staff', 'clinician', 'supervisor'],
  admin: ['staff', 'admin'],
};

/** Roles whose holders may be paged about cases, and take and see them. */
export const caseRoles = (Object.keys(roleGives) as Role[]).filter((role) =>
  roleGives[role].includes('clinician'),
);

/** Whether the person holds one of the permissions, in that program or, without one, in any. */
export function mayDo(person: Person, permissions: readonly string[], programId?: string): boolean {
  return person.memberships.some(
    (membership) =>
      (programId === undefined || membership.programId === programId) &&
      roleGives[membership.role].some((given) => permissions.includes(given)),
  );
}

export function programsOf(person: Person, permission: StaffPermission): string[] {
  const granted = person.memberships.filter(({ role }) => roleGives[role].includes(permission));
  return [...new Set(granted.map(({ programId }) => programId))];
}
