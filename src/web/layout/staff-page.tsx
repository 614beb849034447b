import type { ComponentChildren } from 'preact';
import { Document } from './document.js';

/** Who looks at the page, and what their forms must carry. */
export interface Viewer {
  name: string;
  csrf: string;
  isSupervisor: boolean;
}

interface StaffPageProps {
  title: string;
  /** Null: nobody has signed in. */
  viewer: Viewer | null;
  refreshSeconds?: number;
  children: ComponentChildren;
}

export function StaffPage({ title, viewer, refreshSeconds, children }: StaffPageProps) {
  return (
    <Document
      title={`${title} · Handrail`}
      language="en"
      class="staff"
      {...(refreshSeconds === undefined ? {} : { refreshSeconds })}
    >
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <header>
        <div>
          <strong class="brand">Handrail</strong>
          {viewer && <Navigation viewer={viewer} />}
        </div>
      </header>
      <main id="content">{children}</main>
    </Document>
  );
}

function Navigation({ viewer }: { viewer: Viewer }) {
  return (
    <>
      <nav aria-label="Main">
        <a href="/cases">Open cases</a>
        <a href="/on-call">On call</a>
        {viewer.isSupervisor && <a href="/supervise">Supervise</a>}
        {viewer.isSupervisor && <a href="/supervise/unverified">Unverified</a>}
      </nav>
      <form method="post" action="/sign-out">
        <span>{viewer.name}</span>
        <input type="hidden" name="csrf" value={viewer.csrf} />
        <button class="quiet">Sign out</button>
      </form>
    </>
  );
}
