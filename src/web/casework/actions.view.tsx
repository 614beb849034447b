import { acuityWords, contactWords, dispositionWords, outcomeWords } from '../layout/words.js';
import { ActionForm, Choice, type FormContext, TextArea, WallClockField } from './action-form.js';
import type { CaseFile } from './case-file.service.js';
import { RecordDispatch, Unconfirmed } from './dispatches.view.js';

interface OwnProps {
  file: CaseFile;
  context: FormContext;
  /** The id of whoever looks. */
  staffId: string;
}

type OpenProps = Omit<OwnProps, 'staffId'> & { open: boolean };
type ActionsProps = OwnProps & { isSupervisor: boolean };

/** Everything a human can do with a case, as plain forms; the next thing to do stands open. */
export function Actions({ file, context, staffId, isSupervisor }: ActionsProps) {
  const { state } = file.current;
  if (state === 'closed') return null;
  const isDone = state === 'disposed' || state === 'follow_up';
  return (
    <section class="card actions" aria-labelledby="actions">
      <h2 id="actions">What to do</h2>
      <Unconfirmed file={file} context={context} isSupervisor={isSupervisor} />
      <Decline file={file} context={context} staffId={staffId} />
      <LogContact
        file={file}
        context={context}
        open={state === 'acknowledged' || state === 'in_contact'}
      />
      {!isDone && <ChangeAcuity context={context} />}
      {!isDone && <HandOver file={file} context={context} />}
      {!isDone && <Escalate file={file} context={context} />}
      <RecordDispatch context={context} />
      {!isDone && <Disposition context={context} />}
      {isDone && <FollowUp file={file} context={context} open={state === 'disposed'} />}
      {state === 'follow_up' && (
        <ActionForm context={context} action="close" title="Close" button="Close the case" open />
      )}
    </section>
  );
}

/** The first thing to do with a case that waits for somebody, or is offered to whoever looks. */
export function TakeForm({ file: { current, names }, context, staffId }: OwnProps) {
  const { state, handOverTo } = current;
  const isOffered = handOverTo === staffId;
  const { csrf, caseId } = context;
  return (
    <>
      {handOverTo && !isOffered && (
        <p class="warned">Offered to {names.get(handOverTo)}, who has not accepted yet.</p>
      )}
      {(state === 'paging' || isOffered) && (
        <form method="post" action={`/cases/${caseId}/take`} class="take">
          <input type="hidden" name="csrf" value={csrf} />
          <button>{isOffered ? 'Accept the hand-over' : 'Take this case'}</button>
        </form>
      )}
    </>
  );
}

function Decline({ file: { current }, context, staffId }: OwnProps) {
  const { state, ownerId, handOverTo } = current;
  const isMine = ownerId === staffId && state === 'acknowledged';
  if (state !== 'paging' && handOverTo !== staffId && !isMine) return null;
  return (
    <ActionForm context={context} action="decline" title="Decline" button="Decline">
      <TextArea context={context} action="decline" name="reason" label="Reason" required />
    </ActionForm>
  );
}

function LogContact({ file, context, open }: OpenProps) {
  const field = { context, action: 'contacts' } as const;
  const numbers = file.file.contactPoints.map(({ id, phone }) => [id, phone] as const);
  return (
    <ActionForm {...field} title="Log a contact" button="Log the contact" open={open}>
      <Choice {...field} name="kind" label="How" options={choices(contactWords)} required />
      <Choice
        {...field}
        name="outcome"
        label="What came of it"
        options={choices(outcomeWords)}
        required
      />
      {numbers.length > 0 && (
        <Choice {...field} name="contactPoint" label="Which number" options={numbers} />
      )}
      <TextArea {...field} name="note" label="Note" />
    </ActionForm>
  );
}

function ChangeAcuity({ context }: { context: FormContext }) {
  const field = { context, action: 'acuity' } as const;
  return (
    <ActionForm {...field} title="Change the acuity" button="Change the acuity">
      <Choice {...field} name="acuity" label="Acuity" options={choices(acuityWords)} required />
      <TextArea {...field} name="reason" label="Reason" required />
    </ActionForm>
  );
}

function HandOver({ file, context }: Omit<OwnProps, 'staffId'>) {
  const field = { context, action: 'hand-over' } as const;
  const options = file.colleagues.map(({ id, name }) => [id, name] as const);
  return (
    <ActionForm {...field} title="Hand over" button="Offer the hand-over">
      <Choice {...field} name="to" label="To" options={options} required />
      <TextArea {...field} name="reason" label="What they need to know" />
    </ActionForm>
  );
}

function Escalate({ file, context }: Omit<OwnProps, 'staffId'>) {
  const field = { context, action: 'escalate' } as const;
  const { step } = file.current;
  return (
    <ActionForm {...field} title="Page the next step now" button="Page the next step">
      {step !== null && <input type="hidden" name="expectedStep" value={String(step)} />}
      <TextArea {...field} name="reason" label="Reason" />
    </ActionForm>
  );
}

function Disposition({ context }: { context: FormContext }) {
  const field = { context, action: 'disposition' } as const;
  return (
    <ActionForm {...field} title="Disposition" button="Record the disposition">
      <Choice
        {...field}
        name="code"
        label="How it ended"
        options={choices(dispositionWords)}
        required
      />
      <TextArea {...field} name="note" label="Note" />
    </ActionForm>
  );
}

function FollowUp({ file, context, open }: OpenProps) {
  const field = { context, action: 'follow-up' } as const;
  const { zone } = file.program;
  return (
    <ActionForm {...field} title="Follow-up" button="Set the follow-up" open={open}>
      <input type="hidden" name="zone" value={zone} />
      <WallClockField {...field} name="when" label={`When, in ${zone}`} />
      <TextArea {...field} name="reason" label="Or why there is none" />
    </ActionForm>
  );
}

const choices = (words: Readonly<Record<string, string>>) => Object.entries(words);
