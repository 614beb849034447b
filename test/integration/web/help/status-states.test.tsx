import { describe, expect, it } from '@jest/globals';
import type { RequestStatus } from '../../../../src/intake/rules/request-status.js';
import { ResourcesConfig } from '../../../../src/resources/resources.config.js';
import { Resources } from '../../../../src/resources/resources.service.js';
import { StatusPage } from '../../../../src/web/help/status/status.page.js';
import { Visits } from '../../../../src/web/help/visits.js';
import { renderPage } from '../../../../src/web/layout/document.js';
import { WordingConfig } from '../../../../src/wording/wording.config.js';
import { Wording } from '../../../../src/wording/wording.service.js';

const now = new Date('2026-01-05T07:25:00Z');
const later = new Date('2026-01-05T07:35:00Z');
const visits = new Visits(new Resources(new ResourcesConfig()), new Wording(new WordingConfig()));
const program = { country: 'US', region: 'NY', language: 'en' };
const path = '/help/status/AAAAAAAAAAAAAAAAAAAAAA';

const states: [RequestStatus, en: string, es: string][] = [
  [{ type: 'accepted' }, 'We are contacting your care team now.', 'Estamos avisando a tu equipo'],
  [
    { type: 'quiet', until: later },
    'your care team will see it at 2:35',
    'tu equipo lo verá a las 2:35',
  ],
  [
    { type: 'waiting', people: 2, minutes: 6, next: 'supervisor' },
    'We have tried 2 people in 6 minutes. Next: the supervisor.',
    'En 6 minutos buscamos a 2 personas. Sigue: la supervisión.',
  ],
  [
    { type: 'exhausted', backup: true },
    'We have not reached your team yet. That is on us.',
    'También llamamos a la línea de respaldo.',
  ],
  [
    { type: 'acknowledged', until: later },
    'If we see no call to you by 2:35',
    'Si no vemos una llamada antes de las 2:35',
  ],
  [
    { type: 'attempted', at: now, until: later },
    'tried to reach you at 2:25',
    'te buscó a las 2:25',
  ],
  [{ type: 'in_contact' }, 'You have been in touch', 'Ya hablaste con tu equipo.'],
  [{ type: 'over' }, 'it is no longer open', 'ya no está abierto'],
];

function pageOf(status: RequestStatus, lang: string): string {
  const visit = visits.of(path, new URLSearchParams({ lang }), undefined, { program });
  const moments = { receivedAt: now, askedAgainAt: null, withdrewAt: now, now };
  const ids = { flagId: 'f', programId: 'p', country: null, region: null, language: lang };
  const found = { ...ids, ...moments, hasPhone: false, toldAgain: false, minutes: 0, status };
  const said = { said: null, ticked: [], plan: null, once: 'once', zone: 'America/New_York' };
  return renderPage(<StatusPage {...{ visit, found, path, ...said }} />);
}

describe.each(states)('the status page of a request that is %j', (status, en, es) => {
  it.each([
    ['en', en, 'href="tel:988"', 'I am OK now', 'Someone will still check in with you'],
    ['es', es, 'y marca 2', 'Ya estoy bien', 'Alguien se comunicará contigo'],
  ])(
    'says so in %s below the numbers, and promises what is true',
    (lang, words, crisis, ok, still) => {
      const html = pageOf(status, lang);

      expect(html).toContain(words);
      expect(html.indexOf('href="tel:911"')).toBeGreaterThan(0);
      expect(html.indexOf('href="tel:911"')).toBeLessThan(html.indexOf(words));
      expect(html).toContain(crisis);
      const isOver = status.type === 'over';
      expect([html.includes(ok), html.includes(still)]).toEqual([!isOver, !isOver]);
    },
  );
});
