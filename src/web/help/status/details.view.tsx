import { CountryFields } from '../lines/where.view.js';
import { safeWays } from './details.js';
import type { StatusPageProps } from './status.page.js';

/** How to be reached, where they are: asked after the request, and never in its way. */
export function DetailsForm({ visit, found, path, ticked }: StatusPageProps) {
  const { say, countries, country } = visit;
  return (
    <section class="details">
      <form method="post" action={visit.to(path)}>
        <h2>{say('status.reach_heading')}</h2>
        <p class="soft">{say('status.optional')}</p>
        {found.hasPhone && <p>{say('status.has_phone')}</p>}
        <label class="field">
          {say('status.phone')}
          <input type="tel" name="phone" maxLength={40} autocomplete="tel" inputMode="tel" />
        </label>
        <fieldset>
          <legend>{say('status.safe')}</legend>
          {safeWays.map((way) => (
            <label class="check">
              <input
                type="checkbox"
                name={`safe_${way}`}
                value="yes"
                checked={ticked.includes(way)}
              />
              {say(`status.safe_${way}`)}
            </label>
          ))}
        </fieldset>
        <h2>{say('status.where_heading')}</h2>
        <CountryFields visit={visit} selected={country} countries={countries} />
        <label class="field">
          {say('status.address')}
          <textarea name="address" maxLength={500} autocomplete="street-address" />
        </label>
        <button name="do" value="details">
          {say('status.send')}
        </button>
      </form>
    </section>
  );
}
