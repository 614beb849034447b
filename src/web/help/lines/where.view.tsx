import { audiences, type Visit } from '../visits.js';

/** The two questions that decide which lines are shown. */
export function WhereForm({ visit, action }: { visit: Visit; action: string }) {
  const { say, stated, country, countries, language } = visit;
  return (
    <form method="get" action={action}>
      <input type="hidden" name="lang" value={language} />
      <CountryFields visit={visit} selected={stated.country ?? country} countries={countries} />
      <fieldset>
        <legend>{say('help.show_also')}</legend>
        {audiences.map((one) => (
          <label class="check">
            <input
              type="checkbox"
              name="audience"
              value={one}
              checked={stated.audience.includes(one)}
            />
            {say(`help.${one}`)}
          </label>
        ))}
      </fieldset>
      <button class="quiet">{say('help.show')}</button>
    </form>
  );
}

interface CountryFieldsProps {
  visit: Pick<Visit, 'say' | 'stated'>;
  selected: string | null;
  countries: Visit['countries'];
}

export function CountryFields({ visit: { say, stated }, selected, countries }: CountryFieldsProps) {
  return (
    <>
      <label class="field">
        {say('help.country')}
        <select name="country" autocomplete="country">
          <option value="">–</option>
          {countries.map(({ code, name }) => (
            <option value={code} selected={code === selected}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        {say('help.region')}
        <input
          name="region"
          maxLength={60}
          autocomplete="address-level1"
          value={stated.region ?? ''}
        />
      </label>
    </>
  );
}
