import type { FormFields } from '../layout/form-body.js';

interface FieldProps {
  /** What was typed before. */
  fields: FormFields;
  name: string;
  label: string;
  required?: boolean;
}

export type Option = readonly [value: string, words: string];

export function Choice(props: FieldProps & { options: readonly Option[]; none?: string }) {
  const { fields, name, label, required, options, none = 'Choose' } = props;
  return (
    <label class="field">
      {label}
      <select name={name} required={required}>
        <option value="">{none}</option>
        {options.map(([value, words]) => (
          <option value={value} selected={value === fields[name]}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A day and a time of day on the wall; the label says in which zone. */
export function LocalTime({ fields, name, label, required }: FieldProps) {
  return (
    <label class="field">
      {label}
      <input
        type="datetime-local"
        name={name}
        value={fields[name] ?? ''}
        required={required}
        maxLength={40}
      />
    </label>
  );
}

export function Line({ fields, name, label, required }: FieldProps) {
  return (
    <label class="field">
      {label}
      <input
        name={name}
        value={fields[name] ?? ''}
        required={required}
        maxLength={500}
        autocomplete="off"
      />
    </label>
  );
}
