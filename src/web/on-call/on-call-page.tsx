import type { ComponentChildren } from 'preact';
import { StaffPage } from '../layout/staff-page.js';
import type { Place } from './places.service.js';

const tabs = [
  ['', 'Who is on call'],
  ['/overrides', 'Overrides'],
  ['/swaps', 'Swaps'],
  ['/coverage', 'Coverage'],
  ['/simulation', 'Simulation'],
  ['/check-ins', 'Check-ins'],
  ['/calendar', 'My calendar'],
] as const;

export type Tab = (typeof tabs)[number][0];

interface OnCallPageProps {
  place: Place;
  tab: Tab;
  title: string;
  children: ComponentChildren;
}

/** A page about on call in one program, with the way to the others. */
export function OnCallPage({ place, tab, title, children }: OnCallPageProps) {
  const { viewer, program, programs, isSupervisor } = place;
  const shown = tabs.filter(([path]) => isSupervisor || path !== '/check-ins');
  return (
    <StaffPage title={title} viewer={viewer}>
      <div class="place">
        <p class="soft">{program.name}</p>
        <h1>{title}</h1>
        <nav aria-label="On call" class="tabs">
          {shown.map(([path, words]) => (
            <a href={address(path, program.key)} {...(path === tab && { 'aria-current': 'page' })}>
              {words}
            </a>
          ))}
        </nav>
        {programs.length > 1 && (
          <nav aria-label="Programs" class="programs">
            {programs
              .filter(({ id }) => id !== program.id)
              .map(({ key, name }) => (
                <a href={address(tab, key)}>{name}</a>
              ))}
          </nav>
        )}
      </div>
      {children}
    </StaffPage>
  );
}

/** Of a page about on call in a program. */
export const address = (tab: Tab, program: string): string =>
  `/on-call${tab}?program=${encodeURIComponent(program)}`;
