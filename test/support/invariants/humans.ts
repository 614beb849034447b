import type { Evidence } from './evidence.js';

const taken = new Set(['acknowledged', 'in_contact']);

/** I12: only a human takes a case, and there is proof of it. */
export function trueTakes({ cases, acks, events }: Evidence): string[] {
  const takes = events.filter(({ action }) => action === 'case.acknowledged');
  const proven = acks.filter(
    ({ staffId, channel, proof }) => staffId && channel && Object.keys(proof).length > 0,
  );
  const unproven = takes.filter(({ stream, actorType, actorId, at }) => {
    const match = proven.some(
      (ack) =>
        stream === `case:${ack.caseId}` &&
        ack.kind === 'primary' &&
        ack.staffId === actorId &&
        ack.at.getTime() === at.getTime(),
    );
    return actorType !== 'staff' || !match;
  });
  const owned = cases.filter(({ id, state, ownerId }) => {
    const humans = proven.filter(({ caseId }) => caseId === id);
    return taken.has(state) && (ownerId === null || humans.length === 0);
  });
  return [
    ...unproven.map(({ stream, seq }) => `I12 event ${seq} of ${stream} has no human behind it`),
    ...owned.map(({ id, state }) => `I12 case ${id} is ${state} without a human who took it`),
  ];
}

/** I14: while somebody has a case nobody else becomes its owner by taking it. */
export function oneOwner({ cases, acks, events }: Evidence): string[] {
  return cases.flatMap(({ id }) => {
    const own = events.filter(({ stream }) => stream === `case:${id}`);
    let open = true;
    let double = false;
    for (const { action, body } of own) {
      if (action === 'case.acknowledged') {
        double ||= !open;
        open = false;
      } else if (body['to'] === 'paging') open = true;
    }
    const primaries = acks.filter(({ caseId, kind }) => caseId === id && kind === 'primary');
    const takes = own.filter(({ action }) => action === 'case.acknowledged');
    const right = !double && primaries.length === takes.length;
    return right ? [] : [`I14 case ${id} has two owners at once`];
  });
}
