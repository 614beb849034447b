import type { ComponentChildren } from 'preact';
import type { FormFields } from '../layout/form-body.js';
import type { ActionName } from './case-actions.js';

/** What was tried on this page and refused, with what was typed, so that nothing is typed twice. */
export interface Attempt {
  action: ActionName;
  message: string;
  fields: FormFields;
}

export interface FormContext {
  caseId: string;
  csrf: string;
  attempt: Attempt | null;
}

interface ActionFormProps {
  context: FormContext;
  action: ActionName;
  title: string;
  button: string;
  open?: boolean;
  children?: ComponentChildren;
}

/** One action as a plain form, folded unless it is the next thing to do or was just refused. */
export function ActionForm({ context, action, title, button, open, children }: ActionFormProps) {
  const { caseId, csrf, attempt } = context;
  const isRefused = attempt?.action === action;
  return (
    <details open={open === true || isRefused}>
      <summary>{title}</summary>
      <form method="post" action={`/cases/${caseId}/${action}`}>
        {isRefused && <p class="alert">{attempt.message}</p>}
        <input type="hidden" name="csrf" value={csrf} />
        {children}
        <button>{button}</button>
      </form>
    </details>
  );
}

interface FieldProps {
  context: FormContext;
  action: ActionName;
  name: string;
  label: string;
  required?: boolean;
}

const typed = ({ context: { attempt }, action, name }: FieldProps): string =>
  (attempt?.action === action && attempt.fields[name]) || '';

export function TextArea(props: FieldProps) {
  return (
    <label class="field">
      {props.label}
      <textarea name={props.name} maxLength={4_000} required={props.required}>
        {typed(props)}
      </textarea>
    </label>
  );
}

export function TextField(props: FieldProps & { maxLength?: number }) {
  const { label, name, required, maxLength = 200 } = props;
  return (
    <label class="field">
      {label}
      <input
        name={name}
        maxLength={maxLength}
        required={required}
        value={typed(props)}
        autocomplete="off"
      />
    </label>
  );
}

/** A day and a time of day on the wall. */
export function WallClockField(props: FieldProps) {
  return (
    <label class="field">
      {props.label}
      <input type="datetime-local" name={props.name} value={typed(props)} />
    </label>
  );
}

export function Choice(props: FieldProps & { options: readonly (readonly [string, string])[] }) {
  const { label, name, required, options } = props;
  return (
    <label class="field">
      {label}
      <select name={name} required={required}>
        <option value="">Choose</option>
        {options.map(([value, text]) => (
          <option value={value} selected={value === typed(props)}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
