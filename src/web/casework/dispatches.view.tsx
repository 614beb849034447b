import { dayAndTime } from '../layout/moments.js';
import { ActionForm, Choice, type FormContext, TextArea, TextField } from './action-form.js';
import type { CaseFile } from './case-file.service.js';

interface DispatchesProps {
  file: CaseFile;
  context: FormContext;
  isSupervisor: boolean;
}

/** Those who were sent and of whom nobody knows yet whether they reached the person. */
export function Unconfirmed({ file, context, isSupervisor }: DispatchesProps) {
  const waiting = file.history.dispatches.filter(({ settledAt }) => settledAt === null);
  return (
    <>
      {waiting.map(({ id, details: { agency }, dispatchedAt }) => (
        <div class="warned">
          <p>
            {agency}, sent {dayAndTime(dispatchedAt, file.program.zone)}: have they reached the
            person?
          </p>
          <form method="post" action={`/cases/${context.caseId}/dispatch-arrived`}>
            <input type="hidden" name="csrf" value={context.csrf} />
            <input type="hidden" name="dispatch" value={id} />
            <button>Yes, they have arrived</button>
          </form>
          {isSupervisor && <Waive context={context} dispatchId={id} />}
        </div>
      ))}
    </>
  );
}

function Waive({ context, dispatchId }: { context: FormContext; dispatchId: string }) {
  const field = { context, action: 'dispatch-waived' } as const;
  return (
    <ActionForm {...field} title="Stop asking" button="Stop asking">
      <input type="hidden" name="dispatch" value={dispatchId} />
      <TextArea {...field} name="reason" label="Why nobody can confirm it" required />
    </ActionForm>
  );
}

export function RecordDispatch({ context }: { context: FormContext }) {
  const field = { context, action: 'dispatch' } as const;
  return (
    <ActionForm {...field} title="Record a dispatch" button="Record the dispatch">
      <p class="soft">This records what you arranged. It calls nobody.</p>
      <TextField {...field} name="agency" label="Agency" required />
      <TextField {...field} name="number" label="Number you dialed" maxLength={30} required />
      <Choice {...field} name="consent" label="Consent" options={consents} required />
      <TextArea {...field} name="alternativesTried" label="Less invasive options tried" />
      <label class="check">
        <input type="checkbox" name="attemptInProgress" value="yes" />
        An attempt is in progress
      </label>
      <TextField {...field} name="locationGiven" label="Location given" />
      <TextField {...field} name="spokenTo" label="Spoken to" />
    </ActionForm>
  );
}

const consents = [
  ['yes', 'Yes'],
  ['no', 'No'],
  ['unable', 'Unable to consent'],
] as const;
